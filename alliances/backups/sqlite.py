"""Room 3: a SQLite database copied page by page while others read and write it, and put back.

https://www.sqlite.org/backup.html: the copy is of one moment, and what is put back is one
transaction: whoever reads meanwhile sees the old pages, whoever dies in it has changed nothing.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.backups.archive import BackupRefused, Contents
from alliances.models import DataVersion
from alliances.models.data_version import THE_ROW


def save(copy: Path) -> Mapping[str, Contents]:
    """Copy the site's database into a new file; what is in the copy."""
    connection.ensure_connection()
    with closing(sqlite3.connect(copy)) as target:
        with connection.wrap_database_errors:
            connection.connection.backup(target)
        # A copy is one file: without a log beside it.
        target.execute("PRAGMA journal_mode = DELETE")
        return contents(target)


def put_back(copy: Path, expected: Mapping[str, Contents]) -> None:
    """Make the site's database equal to a copy, one version further than both."""
    with closing(sqlite3.connect(copy)) as source:
        if contents(source) != expected:
            raise BackupRefused(_("The backup does not hold the rows that it names."))
        connection.ensure_connection()
        number = DataVersion.objects.current().number if _has_versions() else 0
        with source:
            source.execute(
                f"UPDATE {DataVersion._meta.db_table} SET number = max(number, ?) + 1, moved_at = ?"  # noqa: S608
                " WHERE id = ?",
                (number, connection.ops.adapt_datetimefield_value(timezone.now()), THE_ROW),
            )
        with connection.wrap_database_errors:
            source.backup(connection.connection)


def contents(database: sqlite3.Connection) -> Mapping[str, Contents]:
    """What each table holds. A damaged database is refused."""
    if problem := damage(database):
        raise BackupRefused(_("The database is damaged: %(problem)s") % {"problem": problem})
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    names = sorted(name for (name,) in database.execute(named))
    return {name: _table(database, name) for name in names}


def damage(database: sqlite3.Connection) -> str:
    """What SQLite finds wrong with the pages of a database; empty where nothing is."""
    try:
        (found,) = database.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as problem:
        return str(problem)
    return "" if found == "ok" else " ".join(found.split())


def _table(database: sqlite3.Connection, name: str) -> Contents:
    digest, rows = hashlib.sha256(), 0
    for row in database.execute(f'SELECT * FROM "{name}" ORDER BY rowid'):  # noqa: S608
        digest.update(repr(row).encode())
        rows += 1
    return Contents(rows, digest.hexdigest())


def _has_versions() -> bool:
    return DataVersion._meta.db_table in connection.introspection.table_names()
