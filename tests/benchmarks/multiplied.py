"""The dossier's own distribution many times over, in a SQLite file of its own, for measurements.

Run as `python -m tests.benchmarks.multiplied DATABASE TIMES`: the file holds a loaded dossier and
afterwards TIMES as many agreements, clauses, commitments, sources and events; the states stay.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing

APP = "alliances_"
# Each table with the columns that must differ from copy to copy; ids and references to ids of these
# tables are moved by a copy's share.
COPIED = {
    "source": ("ref",),
    "agreement": ("ref",),
    "participation": ("ref",),
    "obligation": ("ref",),
    "obligationside": (),
    "commitment": (),
    "commitmentspan": (),
    "agreementspan": (),
    "event": ("ref",),
    "eventagreement": (),
    "citation": ("ref",),
    "searchtext": (),
}
# References that keep their name where the table's does not tell them.
ALSO_MOVED = {"succeeded_by_id": "agreement"}
NOUN_TABLES = {"agreement", "obligation", "event", "source"}
MOVE = 10_000


def multiply(path: str, times: int) -> None:
    """Copy every row of the tables above until there are `times` of it."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for table, different in COPIED.items():
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({APP}{table})")]
            values = ", ".join(_copied(name, different) for name in names)
            columns = ", ".join(f'"{name}"' for name in names)
            statement = (
                f"INSERT INTO {APP}{table} ({columns}) SELECT {values} FROM {APP}{table}"
                f" WHERE id < {MOVE}"
            )
            for copy in range(1, times):
                connection.execute(statement, {"copy": copy, "move": copy * MOVE})
        connection.execute(f"UPDATE {APP}dataversion SET number = number + 1")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ANALYZE")


def _copied(name: str, different: tuple[str, ...]) -> str:
    moved = {"id", "record", *(f"{table}_id" for table in COPIED), *ALSO_MOVED}
    if name in moved:
        return f'"{name}" + :move'
    if name in different:
        # An obligation's id goes on from its agreement's, so the copy's number comes first.
        return f"'x' || :copy || '-' || \"{name}\""
    return f'"{name}"'


if __name__ == "__main__":
    multiply(sys.argv[1], int(sys.argv[2]))
