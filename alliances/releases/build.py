"""Room 3: makes a release: one zip with everything, written whole or not at all, never again."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import orjson
from django.conf import settings
from django.db import connection, transaction

from alliances.columns import PlainRow
from alliances.dossier.exporter import export_dossier
from alliances.exports import csv
from alliances.models import DataVersion
from alliances.releases.description import codes, data_package, dictionary
from alliances.releases.readme import licence, readme
from alliances.releases.rows import released_tables, rows_of
from alliances.releases.shelf import Release, file_of, released

READ_AT_ONCE = 1024 * 1024


class AlreadyReleased(Exception):
    """There is a release of this version; it stays as it is."""


def build_release(day: date, quotations: bool) -> Release:
    """Put the release of this day on the shelf. `quotations`: with what is not ours, or without.

    Raises AlreadyReleased where there is one of this day, OSError where it cannot be written.
    """
    version = f"{day:%Y.%m.%d}"
    if any(release.version == version for release in released()):
        raise AlreadyReleased(version)
    target = file_of(version)
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, suffix=".part") as part:
        rows, data_version = _write(Path(part.name), version, day, quotations)
        release = Release(
            version=version,
            day=day,
            data_version=data_version,
            quotations=quotations,
            rows=rows,
            size=Path(part.name).stat().st_size,
            sha256=_checksum(Path(part.name)),
        )
        try:
            # A link, unlike a rename, fails where another run has been faster.
            os.link(part.name, target)
        except FileExistsError as error:
            raise AlreadyReleased(version) from error
    release.describe()
    return release


def _write(path: Path, version: str, day: date, quotations: bool) -> tuple[dict[str, int], str]:
    """Write the zip; how many rows each table has, and of which version of the data."""
    tables = released_tables(quotations)
    counts: dict[str, int] = {}

    def counted(name: str, rows: Iterable[PlainRow]) -> Iterator[PlainRow]:
        counts[name] = 0
        for row in rows:
            counts[name] += 1
            yield row

    with ZipFile(path, "w") as archive, _one_moment():
        files = _Files(archive, day)
        data_version = DataVersion.objects.current().label
        for table in tables:
            rows = counted(table.name, rows_of(table, day))
            files.add(f"data/{table.name}.csv", csv.pieces(table, rows))
        package = orjson.dumps(data_package(version, day, tables), option=orjson.OPT_INDENT_2)
        files.add_text("datapackage.json", package.decode())
        files.add_text("dictionary.csv", dictionary(tables))
        files.add_text("codes.csv", codes(tables))
        files.add_text("README.md", readme(version, day, data_version, tables, quotations))
        files.add_text("LICENSE.md", licence())
        changelog = settings.BASE_DIR / "CHANGELOG.md"
        files.add_text("CHANGELOG.md", changelog.read_text(encoding="utf-8"))
        if quotations:
            with TemporaryDirectory() as folder:
                for name in export_dossier(Path(folder)):
                    files.add(f"dossier/{name}", iter([(Path(folder) / name).read_bytes()]))
        files.add_text("SHA256SUMS", "".join(files.sums))
    return counts, data_version


class _Files:
    """The files of the zip: all of one time stamp, so that equal data give equal bytes."""

    def __init__(self, archive: ZipFile, day: date) -> None:
        self.archive = archive
        self.stamp = (day.year, day.month, day.day, 0, 0, 0)
        self.sums: list[str] = []

    def add_text(self, name: str, text: str) -> None:
        self.add(name, iter([text.encode()]))

    def add(self, name: str, pieces: Iterator[bytes]) -> None:
        digest = hashlib.sha256()
        info = ZipInfo(name, self.stamp)
        info.compress_type = ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        with self.archive.open(info, "w") as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
        self.sums.append(f"{digest.hexdigest()}  {name}\n")


@contextmanager
def _one_moment() -> Iterator[None]:
    """All that is read inside is of one moment, whatever editors write meanwhile."""
    with transaction.atomic():
        if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def _checksum(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(READ_AT_ONCE):
            digest.update(piece)
    return digest.hexdigest()
