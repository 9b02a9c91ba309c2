"""Room 3: a PostgreSQL database written down by pg_dump at one moment, and put back by psql.

Only this project's tables: others may live in the same database. What is put back is one
transaction, with its own proof at its end.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _
from psycopg import sql

from alliances.backups.archive import BackupRefused, Contents
from alliances.models import DataVersion

# How rows are written as text must not depend on the session.
AS_TEXT = "SET timezone = 'UTC'; SET datestyle = ISO; SET bytea_output = hex;"
# Rows in any order, by the first 64 bits of their MD5: against damage, not against a forger.
ROWS_AND_CHECKSUM = (
    "SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 16))::bit(64)::bigint), 0)::text"
    " FROM {table} AS t"
)
# Taken one by one, the locks of a restore and of a reader's query could wait for each other.
LOCK_ALL = """
DO $$ BEGIN
  FOR attempt IN 1..600 LOOP
    BEGIN
      LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE NOWAIT;
      RETURN;
    EXCEPTION WHEN lock_not_available THEN
      PERFORM pg_sleep(0.05);
    END;
  END LOOP;
  RAISE EXCEPTION 'the tables are in use';
END $$;
SELECT set_config('backup.version', (SELECT max(number)::text FROM {version}), true);
DROP TABLE {tables};
"""
PROOF = """
DO $$ BEGIN
  IF NOT EXISTS (
    SELECT FROM ({contents}) AS found (rows, checksum) WHERE rows = {rows} AND checksum = {checksum}
  ) THEN
    RAISE EXCEPTION 'the table % does not hold the rows that it names', {name};
  END IF;
END $$;
"""
MOVE_VERSION = """
UPDATE {version} SET moved_at = clock_timestamp(), number = 1 + greatest(
  number, coalesce(nullif(current_setting('backup.version', true), ''), '0')::bigint
);
"""


def save(copy: Path) -> Mapping[str, Contents]:
    """Have pg_dump write the site's tables into a new file; what was in them at that moment."""
    parameters = connection.get_connection_params()
    with psycopg.connect(**parameters) as moment:
        moment.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        moment.execute(AS_TEXT)
        snapshot = _one(moment, "SELECT pg_export_snapshot()")[0]
        found = {name: _table(moment, name) for name in _tables()}
        _run(
            "pg_dump",
            *("--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={copy}"),
            *(f'--table="{name}"' for name in found),
        )
    return found


def put_back(copy: Path, expected: Mapping[str, Contents]) -> None:
    """Replace the site's tables by those of a copy, one version further than both."""
    present = _tables()
    version = DataVersion._meta.db_table
    script = copy.with_name("restore.sql")
    with script.open("w", encoding="utf-8") as file:
        if version in present:
            file.write(_composed(LOCK_ALL, tables=_named(present), version=_named([version])))
        with copy.open(encoding="utf-8") as dump:
            file.writelines(dump)
        # pg_dump leaves the session without a path to any table.
        file.write(f"\nRESET search_path; {AS_TEXT}\n")
        for name, table in expected.items():
            proof = _composed(
                PROOF,
                contents=sql.SQL(ROWS_AND_CHECKSUM).format(table=_named([name])),
                rows=sql.Literal(table.rows),
                checksum=sql.Literal(table.checksum),
                name=sql.Literal(name),
            )
            file.write(proof)
        file.write(_composed(MOVE_VERSION, version=_named([version])))
    options = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
    _run("psql", *options, "--output=/dev/null", f"--file={script}")


def _tables() -> list[str]:
    """Those of this project that the database has."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    history = MigrationRecorder.Migration._meta.db_table
    present = connection.introspection.table_names()
    return sorted({*names, *({history} & set(present))})


def _table(moment: psycopg.Connection[Any], name: str) -> Contents:
    rows, checksum = _one(moment, _composed(ROWS_AND_CHECKSUM, table=_named([name])))
    return Contents(rows, checksum)


def _one(moment: psycopg.Connection[Any], query: str) -> Any:
    return moment.execute(query.encode()).fetchone()


def _named(tables: list[str]) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, tables))


def _composed(template: str, **parts: sql.Composable) -> str:
    return sql.SQL(template).format(**parts).as_string()


def _run(program: str, *options: str) -> None:
    """Run one of PostgreSQL's own programs against the site's database."""
    (_psql, *where), secrets = DatabaseClient.settings_to_cmd_args_env(
        connection.settings_dict, list(options)
    )
    try:
        done = subprocess.run(  # noqa: S603
            [program, *where],
            env={**os.environ, **(secrets or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        refused = _("%(program)s is not installed here: it comes with PostgreSQL's client.")
        raise BackupRefused(refused % {"program": program}) from None
    if done.returncode:
        refused = _("%(program)s refused, and nothing changed: %(reason)s")
        reason = " ".join(done.stderr.split())
        raise BackupRefused(refused % {"program": program, "reason": reason})
