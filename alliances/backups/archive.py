"""Room 3: the file of a backup: a zip of the database's copy and of what must be found in it."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson
from django.utils.translation import gettext as _

MANIFEST, COPY = "manifest.json", "database"
FORMAT = 1
BLOCK = 2**20
# What reading a zip of damaged bytes may raise, and what a manifest that `pack` did not write.
UNREADABLE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError)
UNKNOWN = (KeyError, TypeError, ValueError, AttributeError)


class BackupRefused(Exception):
    """A backup that cannot be made or taken back, in words for whoever asked. Nothing changed."""


@dataclass(frozen=True)
class Contents:
    """What a table holds: how many rows, and a checksum of all that stands in them."""

    rows: int
    checksum: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. `engine`: as Django calls the kind of database."""

    engine: str
    made_at: str
    migrations: tuple[str, ...]
    tables: Mapping[str, Contents]
    size: int
    sha256: str

    @property
    def rows(self) -> int:
        """In all tables."""
        return sum(table.rows for table in self.tables.values())


def sha256(path: Path) -> str:
    """Of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(path: Path, copy: Path, manifest: Manifest) -> None:
    """Write the backup beside `path` and let it appear whole; never over another file."""
    draft = copy.with_name("draft")
    described = orjson.dumps({"format": FORMAT, **asdict(manifest)}, option=orjson.OPT_INDENT_2)
    # Accounts are in it: nobody else may read it, from the first byte on.
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, described)
            archive.write(copy, COPY)
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        raise BackupRefused(_("%(path)s exists and stays as it is.") % {"path": path}) from None
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def unpack(path: Path, copy: Path) -> Manifest:
    """Write the database's copy of a backup to `copy`, proved equal to what was packed."""
    damaged = BackupRefused(
        _("%(path)s is damaged or no backup of this site. The database is as it was.")
        % {"path": path}
    )
    try:
        with zipfile.ZipFile(path) as archive:
            # No other way of packing is read: each fails at damage in a manner of its own.
            if any(each.compress_type != zipfile.ZIP_DEFLATED for each in archive.infolist()):
                raise damaged
            manifest = _read(orjson.loads(archive.read(MANIFEST)))
            with archive.open(COPY) as packed, copy.open("xb") as file:
                shutil.copyfileobj(packed, file, BLOCK)
    except (*UNREADABLE, *UNKNOWN) as problem:
        raise damaged from problem
    except OSError as problem:
        # A damaged directory of a zip may point before its beginning.
        if problem.errno != errno.EINVAL:
            raise
        raise damaged from problem
    if (copy.stat().st_size, sha256(copy)) != (manifest.size, manifest.sha256):
        raise damaged
    return manifest


def _read(described: dict[str, Any]) -> Manifest:
    """Raises ValueError and its like where it is not what `pack` wrote."""
    if described.pop("format") != FORMAT:
        raise ValueError(described)
    tables = {
        name: Contents(int(table["rows"]), str(table["checksum"]))
        for name, table in described.pop("tables").items()
    }
    migrations = tuple(described.pop("migrations"))
    return Manifest(**described, migrations=migrations, tables=tables)
