"""A server as it is run: what it refuses itself, what it writes, how it ends; two at once prepare a
database.
"""

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from alliances.dossier.schema import NOUNS
from tests.cache.site import Site, database  # noqa: F401
from tests.config.running import environment

# Without it no database is made where these tests run alone.
pytestmark = pytest.mark.django_db

SECONDS = 20
TOKEN = "a" * 32
FORM = f"csrfmiddlewaretoken={TOKEN}&username=ed&password=wrong".encode()
SIGN_IN = (
    "POST /admin/login/ HTTP/1.1",
    "Host: localhost",
    "Connection: close",
    f"Cookie: csrftoken={TOKEN}",
    "Content-Type: application/x-www-form-urlencoded",
    f"Content-Length: {len(FORM)}",
    "Expect: 100-continue",
)


class Line:
    """One connection to a site, byte by byte."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)

    def say(self, *lines: str) -> None:
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())

    def hear(self, end: bytes = b"") -> str:
        """Until the end, or until the other side has nothing more to say."""
        heard = b""
        while not (end and heard.endswith(end)) and (more := self.socket.recv(65_536)):
            heard += more
        return heard.decode()

    def close(self) -> None:
        self.socket.close()


def asked(port: int, *lines: str) -> str:
    line = Line(port)
    line.say(*lines)
    heard = line.hear()
    line.close()
    return heard


def is_closed(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=SECONDS).close()
    except OSError:
        return True
    return False


def test_a_servers_life(database: str, tmp_path: Path) -> None:  # noqa: F811
    site = Site(tmp_path, database, LOG_FORMAT="json", RATE_LIMIT="20", TRUSTED_PROXIES="1")
    try:
        site.wait_until_it_answers()

        # The tests' tables are not made by migrations, and a real process finds that out.
        ready = asked(site.port, "GET /readyz HTTP/1.1", "Host: 10.0.0.7", "Connection: close")
        first, *_headers, said = ready.splitlines()
        assert (first, said) == (
            "HTTP/1.1 503 Service Unavailable",
            "Migrations are not applied.",
        )

        # More headers than any browser sends are the server's own affair, and it says no name.
        refused = asked(site.port, "GET / HTTP/1.1", "Host: localhost", f"Cookie: {'a' * 200_000}")
        assert refused.splitlines()[0] == "HTTP/1.1 431 Request Header Fields Too Large"
        told = asked(
            site.port,
            "GET /about/?q=secret HTTP/1.1",
            "Host: localhost",
            "Connection: close",
            "X-Request-ID: from-our-proxy",
        )
        head, _blank, _page = told.partition("\r\n\r\n")
        assert "x-request-id: from-our-proxy" in head.lower()
        assert re.findall("(?im)^server: (.*)$", head.replace("\r", "")) == ["site"]
        assert "granian" not in (told + refused).lower()

        busy, idle = Line(site.port), Line(site.port)
        busy.say(*SIGN_IN)
        # The server asks for the form when the site reads it: the request is in flight.
        assert busy.hear(b"\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n"
        site.server.terminate()
        deadline = monotonic() + SECONDS
        while not is_closed(site.port):
            assert monotonic() < deadline, "it still takes connections"
        assert site.server.poll() is None
        busy.socket.sendall(FORM)
        answer = busy.hear()
        assert answer.startswith("HTTP/1.1 200 OK\r\n")
        assert "Please enter the correct username and password" in answer
        assert site.server.wait(SECONDS) == 0
        busy.close()
        idle.close()
    finally:
        site.stop()
    lines = [json.loads(line) for line in Path(site.log.name).read_text().splitlines()]
    assert "secret" not in Path(site.log.name).read_text()
    (about,) = [line for line in lines if line.get("request") == "from-our-proxy"]
    assert (about["path"], about["status"]) == ("/about/", 200)
    posted = [line["status"] for line in lines if line.get("method") == "POST"]
    assert posted == [200]


@pytest.fixture
def empty_database(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[str]:
    """The address of a database in which nothing is."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/db.sqlite3"
        return
    with django_db_blocker.unblock():
        own = connection.settings_dict
        name = f"{own['NAME']}_empty"
        connections.close_all()
        with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}"')
        place = f"{own['HOST'] or '127.0.0.1'}:{own['PORT'] or 5432}"
        yield f"postgres://{own['USER']}:{own['PASSWORD']}@{place}/{name}"
        with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_two_instances_prepare_one_database_at_once(empty_database: str, tmp_path: Path) -> None:
    dossier = tmp_path / "dossier"
    dossier.mkdir()
    for noun in NOUNS:
        (dossier / noun.file).write_text("[]\n")
    states = (settings.BASE_DIR / "fixtures" / "dossier" / "states.yaml").read_text()
    first_state = "- id:" + states.split("- id:")[1]
    (dossier / "states.yaml").write_text(first_state)
    data = tmp_path / "data"
    preparing = [
        subprocess.Popen(
            [sys.executable, "manage.py", "prepare", str(dossier)],
            cwd=settings.BASE_DIR,
            env=environment(data) | {"DATABASE_URL": empty_database},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _instance in range(2)
    ]
    ended = [(*process.communicate(timeout=60), process.returncode) for process in preparing]
    assert sorted(ended) == [
        ("Dossier: 0 created, 0 updated, 1 unchanged.\n", "", 0),
        ("Dossier: 1 created, 0 updated, 0 unchanged.\n", "", 0),
    ]
