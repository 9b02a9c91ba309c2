"""Databases of both kinds, prepared once for the whole run, and copies of them for each test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings

from tests.config.running import environment

SERVER = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
SQLITE, POSTGRES = KINDS = ("sqlite", "postgres")
NAME, PASSWORD = "ed", "a horse that no battery staples"
# What is prepared, in this order, each from the one before it.
EMPTY, LOADED = "empty", "loaded"
STEPS = {
    EMPTY: [["migrate", "-v0"], ["createsuperuser", "--noinput", f"--username={NAME}"]],
    LOADED: [["load_dossier"]],
}


@dataclass(frozen=True)
class Place:
    """Where the databases of one run are kept."""

    folder: Path

    def address(self, kind: str, name: str) -> str:
        """Of the database with this name."""
        if kind == SQLITE:
            return f"sqlite:///{self.folder}/{name}.sqlite3"
        return urlunsplit(urlsplit(SERVER)._replace(path=f"/{self._named(name)}"))

    def copy(self, kind: str, old: str | None, new: str) -> str:
        """Make a database, equal to another or with nothing in it; its address."""
        if kind == POSTGRES:
            template = f' TEMPLATE "{self._named(old)}"' if old else ""
            self._run(f'CREATE DATABASE "{self._named(new)}"{template}')
        elif old:
            shutil.copy(self._file(old), self._file(new))
        return self.address(kind, new)

    def drop(self, kind: str, name: str) -> None:
        if kind == POSTGRES:
            self._run(f'DROP DATABASE IF EXISTS "{self._named(name)}" WITH (FORCE)')
        else:
            self._file(name).unlink(missing_ok=True)

    def prepare(self) -> None:
        """Make what the tests copy, both kinds at once. A kind that fails says why."""
        before = None
        for name, commands in STEPS.items():
            addresses = [self.copy(kind, before, name) for kind in KINDS]
            for command in commands:
                self._all(command, addresses)
            before = name

    def _all(self, command: list[str], addresses: list[str]) -> None:
        ours = environment(self.folder) | {
            "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
            "DJANGO_SUPERUSER_EMAIL": "ed@alliances.example",
        }
        running = [
            subprocess.Popen(
                [sys.executable, "manage.py", *command],
                cwd=settings.BASE_DIR,
                env=ours | {"DATABASE_URL": address},
                stdout=subprocess.DEVNULL,
            )
            for address in addresses
        ]
        ended = [process.wait() for process in running]
        if any(ended):
            raise RuntimeError(f"not prepared: {command}")

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"

    def _named(self, name: str) -> str:
        # Several runs may share one server.
        return f"{self.folder.name}_{name}"

    @staticmethod
    def _run(statement: str) -> None:
        with psycopg.connect(SERVER, autocommit=True) as server:
            server.execute(statement)
