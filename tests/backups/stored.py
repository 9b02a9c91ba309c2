"""What is stored in a database, read past the site, by its address."""

import sqlite3
from contextlib import closing
from typing import Any

import psycopg

TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgres": "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'",
}
# Who signed in when is no record.
NO_RECORDS = ("django_session", "axes_")


def execute(database: str, statement: str) -> list[tuple[Any, ...]]:
    """Run one statement and commit it; its rows, if it has any."""
    if database.startswith("sqlite"):
        with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as file, file:
            return file.execute(statement).fetchall()
    with psycopg.connect(database) as server:
        done = server.execute(statement)
        return done.fetchall() if done.description else []


def tables(database: str) -> list[str]:
    """The names of all tables."""
    return [name for (name,) in execute(database, TABLES[database.partition(":")[0]])]


def stored(database: str) -> dict[str, list[Any]]:
    """Every row of every table but the sessions."""
    return {
        name: sorted(execute(database, f'SELECT * FROM "{name}"'), key=repr)  # noqa: S608
        for name in tables(database)
        if not name.startswith(NO_RECORDS)
    }
