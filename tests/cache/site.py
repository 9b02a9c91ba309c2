"""Real processes on one database: a server with two workers, and a process that writes."""

import json
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from tests.config.running import environment

WRITER = Path(__file__).with_name("writer.py")
# Two workers share the port: this many requests reach both, nearly always.
REQUESTS = 6


@pytest.fixture(scope="module")
def database(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A copy of the tests' database that other processes can open: its address."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            path = tmp_path_factory.mktemp("site") / "db.sqlite3"
            connection.ensure_connection()
            copy = sqlite3.connect(path)
            connection.connection.backup(copy)
            copy.close()
            yield f"sqlite:///{path}"
            return
        own = connection.settings_dict
        name = f"{own['NAME']}_copy"
        connections.close_all()
        with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{own["NAME"]}"')
        place = f"{own['HOST'] or '127.0.0.1'}:{own['PORT'] or 5432}"
        yield f"postgres://{own['USER']}:{own['PASSWORD']}@{place}/{name}"
        with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


class Site:
    """A server with two workers, and a process that writes."""

    def __init__(self, folder: Path, database: str, **variables: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        # With the plain static files of development, so that none need be collected.
        own = {"DATABASE_URL": database, "DEBUG": "1", "RESPONSE_CACHE_MB": "8"}
        self.environment = environment(folder) | own | variables
        self.log = (folder / "log").open("w")
        self.server = self._start("manage.py", "serve", f"--port={self.port}")
        self.writer: subprocess.Popen[str] | None = None

    def _start(self, *command: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )

    def wait_until_it_answers(self) -> None:
        """The server says its address before it listens, so the first requests may be refused."""
        assert self.server.stdout
        assert self.server.stdout.readline().startswith("Serving on")
        while not self._ends_within(0.05):
            try:
                self.ask("/about/")
            except ConnectionRefusedError:
                continue
            return
        raise AssertionError(Path(self.log.name).read_text())

    def _ends_within(self, seconds: float) -> bool:
        """Whether the server is at its end: to ask without a pause takes the processor from it."""
        try:
            self.server.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def ask(self, address: str, known: str = "") -> tuple[int, str, str]:
        """Status, ETag and page, over a connection of its own, so that any worker may answer."""
        server = HTTPConnection("127.0.0.1", self.port, timeout=20)
        server.request("GET", address, headers={"If-None-Match": known} if known else {})
        answer = server.getresponse()
        page = answer.read().decode()
        server.close()
        return answer.status, answer.headers["ETag"], page

    def pages(self, address: str) -> set[str]:
        """What the workers answer."""
        answers = [self.ask(address) for _request in range(REQUESTS)]
        assert {status for status, _etag, _page in answers} == {200}
        return {page for _status, _etag, page in answers}

    def write(self, model: str, ref: str, field: str, value: str, undone: bool = False) -> None:
        """Have the other process write, and wait until it has committed or taken it back."""
        self.writer = self.writer or self._start(str(WRITER))
        edit = {"model": model, "ref": ref, "field": field, "value": value, "undone": undone}
        assert self.writer.stdin
        assert self.writer.stdout
        print(json.dumps(edit), file=self.writer.stdin, flush=True)
        assert self.writer.stdout.readline() == "done\n"

    def stop(self) -> None:
        for process in filter(None, (self.writer, self.server)):
            process.terminate()
            process.communicate(timeout=20)
        self.log.close()


@pytest.fixture(scope="module")
def site(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server with two workers on that copy."""
    site = Site(tmp_path_factory.mktemp("site"), database)
    try:
        site.wait_until_it_answers()
        yield site
    finally:
        site.stop()
