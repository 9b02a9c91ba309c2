"""Room 3: making a backup and taking it back, the same for both kinds of database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from alliances.backups import postgresql, sqlite
from alliances.backups.archive import COPY, BackupRefused, Manifest, pack, sha256, unpack
from alliances.models import DataVersion

ENGINES = {"sqlite": sqlite, "postgresql": postgresql}


@dataclass(frozen=True)
class Restored:
    """What was put back. `is_behind`: this version of the site has migrations that it lacks."""

    manifest: Manifest
    is_behind: bool


def back_up(path: Path) -> tuple[Path, Manifest]:
    """Write the database as it is now into a new file, or into a folder under today's name.

    Others read and write meanwhile. Raises BackupRefused.
    """
    made_at = datetime.now(UTC)
    if path.is_dir():
        path /= f"backup-{made_at:%Y%m%dT%H%M%SZ}.zip"
    if path.exists():
        raise BackupRefused(_("%(path)s exists and stays as it is.") % {"path": path})
    try:
        with TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
            copy = Path(folder) / COPY
            manifest = _saved(copy, made_at)
            pack(path, copy, manifest)
    except OSError as problem:
        raise BackupRefused(f"{problem.filename}: {problem.strerror}") from problem
    return path, manifest


def _saved(copy: Path, made_at: datetime) -> Manifest:
    migrations = MigrationRecorder(connection).applied_migrations()
    tables = ENGINES[connection.vendor].save(copy)
    if DataVersion._meta.db_table not in tables:
        raise BackupRefused(_("There is nothing to keep: the database has no records' tables."))
    return Manifest(
        engine=connection.vendor,
        made_at=made_at.isoformat(timespec="seconds"),
        migrations=tuple(sorted(f"{app}.{name}" for app, name in migrations)),
        tables=tables,
        size=copy.stat().st_size,
        sha256=sha256(copy),
    )


def restore(path: Path) -> Restored:
    """Put a backup in the place of all that the database holds, proved whole first.

    Every process that serves the site sees it at once. Raises BackupRefused, nothing changed.
    """
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    with TemporaryDirectory(prefix="restore-") as folder:
        copy = Path(folder) / COPY
        try:
            manifest = unpack(path, copy)
        except OSError as problem:
            raise BackupRefused(f"{problem.filename or folder}: {problem.strerror}") from problem
        if manifest.engine != connection.vendor:
            refused = _("%(path)s is of %(its)s, and this site keeps its records in %(ours)s.")
            kinds = {"its": manifest.engine, "ours": connection.vendor}
            raise BackupRefused(refused % {"path": path, **kinds})
        if newer := sorted(set(manifest.migrations) - known):
            refused = _("%(path)s was made by a newer version of this site: %(migrations)s.")
            raise BackupRefused(refused % {"path": path, "migrations": ", ".join(newer)})
        ENGINES[connection.vendor].put_back(copy, manifest.tables)
    return Restored(manifest, bool(known - set(manifest.migrations)))
