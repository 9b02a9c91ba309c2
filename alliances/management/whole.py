"""Room 4: no site is opened over a damaged database file."""

from __future__ import annotations

from pathlib import Path

from django.db import DatabaseError, OperationalError, connection
from django.utils.translation import gettext as _

from alliances.backups.sqlite import damage


def refuse_damaged() -> None:
    """Raise DatabaseError where a SQLite file is not whole. PostgreSQL looks after its own files.

    A truncated file opens like any other and fails at the first page that is gone, perhaps days
    later; one that was emptied would be taken for a new one and filled from the files.
    """
    if connection.vendor != "sqlite":
        return
    if problem := _problem(Path(connection.settings_dict["NAME"])):
        damaged = _(
            "the file is damaged (%(problem)s): move it and its -wal away and restore a backup"
        )
        raise DatabaseError(damaged % {"problem": problem})


def _problem(file: Path) -> str:
    if file.exists() and not file.stat().st_size:
        return _("it is empty")
    try:
        connection.ensure_connection()
    except OperationalError:
        # It cannot be reached, which says nothing about what is in it.
        raise
    except DatabaseError as problem:
        return str(problem)
    return damage(connection.connection)
