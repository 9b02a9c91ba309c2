"""The shipped image and compose file at work: built, prepared, served by two, stopped, no Docker.

Needs root (it becomes the image's user, and listens on 443 of addresses of its own), PostgreSQL's
programs, caddy, and a Python 3 with venv that everyone may run: on Debian postgresql, caddy,
python3-venv.
"""

import json
import re
import secrets
import socket
import ssl
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from time import monotonic
from typing import Any

import pytest

from tests.deployment.image import PROJECT
from tests.deployment.services import Deployment, Service

HOST = "localhost"
APPS = ("app-1", "app-2")
SECONDS = 20


@pytest.fixture(scope="module")
def built() -> Iterator[Deployment]:
    """The Dockerfile carried out."""
    folder = Path(mkdtemp(prefix="deployment-"))
    folder.chmod(0o755)
    own = {"SITE_HOST": HOST}
    site = Deployment(
        folder, own | {name: secrets.token_hex(32) for name in ("SECRET_KEY", "POSTGRES_PASSWORD")}
    )
    try:
        site.image.build((PROJECT / "Dockerfile").read_text())
        yield site
    finally:
        site.kill()
        rmtree(folder)


@pytest.fixture(scope="module")
def site(built: Deployment) -> Deployment:
    """The compose file carried out on it."""
    built.start()
    return built


class Visitor:
    """Asks through the proxy, each request over a connection of its own."""

    def __init__(self, site: Deployment) -> None:
        self.address = site.services["proxy"].address
        # The proxy made itself an authority for a host that no public one would vouch for.
        root = site.services["proxy"].folder / "caddy/pki/authorities/local/root.crt"
        deadline = monotonic() + SECONDS
        while not root.exists() or not root.read_text():
            assert monotonic() < deadline, site.services["proxy"].log.read_text()
        self.trust = ssl.create_default_context(cafile=root)

    def connection(self) -> HTTPConnection:
        made = HTTPConnection(HOST)
        line = socket.create_connection((self.address, 443), timeout=SECONDS)
        made.sock = self.trust.wrap_socket(line, server_hostname=HOST)
        return made

    def ask(self, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
        connection = self.connection()
        connection.request(
            "GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body


@pytest.fixture(scope="module")
def visitor(site: Deployment) -> Visitor:
    made = Visitor(site)
    deadline = monotonic() + SECONDS
    while True:
        try:
            made.ask("/")
        except OSError:
            assert monotonic() < deadline, site.services["proxy"].log.read_text()
            continue
        return made


def lines(service: Service) -> list[dict[str, Any]]:
    """What an instance logged as JSON."""
    said = service.log.read_text().splitlines()
    return [json.loads(line) for line in said if line.startswith("{")]


def plain(service: Service, path: str) -> tuple[int, bytes]:
    """What one instance answers to whoever asks it past the proxy."""
    connection = HTTPConnection(service.address, 8000, timeout=SECONDS)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def test_the_image_holds_no_secret_and_nothing_its_user_may_change(built: Deployment) -> None:
    folder, (uid, gid) = built.folder / "srv", map(int, built.image.user.split(":"))
    assert (uid, gid) == (10001, 10001)
    owned = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.lstat().st_uid == uid
    }
    assert owned == {"data", "data/mail", "data/releases"}
    assert sorted(path.name for path in (folder / "data").iterdir()) == [
        "mail",
        "releases",
        "static",
    ]
    assert (folder / "data/static/staticfiles.json").exists()
    assert not {"tests", "docs", ".git", "var"} & {
        path.name for path in (folder / "site").iterdir()
    }


def test_two_instances_that_started_at_once_prepared_one_database(site: Deployment) -> None:
    said = [
        re.findall(
            r"Dossier: (\d+) created, 0 updated, (\d+) unchanged",
            site.services[name].log.read_text(),
        )
        for name in APPS
    ]
    (first,), (second,) = sorted(said)
    assert first[0] == second[1] == "0"
    assert int(first[1]) == int(second[0]) > 1_000


def test_every_process_of_an_instance_is_the_images_user(site: Deployment) -> None:
    for name in APPS:
        process = site.services[name].process
        assert process
        ids = [
            process.pid,
            *map(int, Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()),
        ]
        assert len(ids) == 3, "the server and its two workers"
        for pid in ids:
            status = Path(f"/proc/{pid}/status").read_text()
            assert re.findall(r"(?m)^(?:Uid|Gid):\s(\d+)", status) == ["10001", "10001"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_each_instance_answers_the_probes(site: Deployment, path: str) -> None:
    assert [plain(site.services[name], path) for name in APPS] == [(200, b"Yes.\n")] * 2


def test_the_images_own_check_says_that_it_lives(site: Deployment) -> None:
    assert all(site.services[name].passes(site.image.healthcheck) for name in APPS)


def test_the_proxy_leads_to_https_and_the_site_insists(site: Deployment, visitor: Visitor) -> None:
    connection = HTTPConnection(visitor.address, 80, timeout=SECONDS)
    connection.request("GET", "/states/", headers={"Host": HOST})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (308, f"https://{HOST}/states/")
    connection.close()


def test_a_page_through_the_proxy(site: Deployment, visitor: Visitor) -> None:
    answer, body = visitor.ask(
        "/agreements/csto-collective-security-treaty-1992/", Accept_Encoding="identity"
    )
    assert answer.status == 200
    assert b"Collective Security Treaty" in body
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"].split("; ")
    assert answer.headers["Server"] is None
    style = re.search(rb'href="(/static/css/base\.[0-9a-f]+\.css)"', body)
    assert style, "the style sheet by its hashed name"
    answer, _sheet = visitor.ask(style[1].decode(), Accept_Encoding="br")
    assert (answer.status, answer.headers["Content-Encoding"]) == (200, "br")
    assert "immutable" in answer.headers["Cache-Control"]


def test_both_instances_answer_and_believe_the_proxy_alone(
    site: Deployment, visitor: Visitor
) -> None:
    forged = "forged-by-a-visitor"
    named = {
        visitor.ask("/about/", X_Request_ID=forged)[0].headers["X-Request-ID"]
        for _request in range(4)
    }
    assert len(named) == 4
    assert all(re.fullmatch("[0-9a-f-]{36}", name) for name in named)
    logged = [
        {line["request"] for line in lines(site.services[name]) if "request" in line} & named
        for name in APPS
    ]
    assert [len(each) for each in logged] == [2, 2]


def test_another_host_is_refused(site: Deployment) -> None:
    status, body = plain(site.services["app-1"], "/")
    assert status == 400
    assert b"Traceback" not in body


def test_an_instance_stops_while_readers_read_and_none_notices(
    site: Deployment, visitor: Visitor
) -> None:
    statuses: list[int] = []
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            statuses.append(visitor.ask("/about/")[0].status)
            over.wait(0.1)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        deadline = monotonic() + SECONDS
        while len(statuses) < 4:
            assert monotonic() < deadline
        assert site.services["app-1"].stop() == 0
        assert not site.services["app-1"].passes(site.image.healthcheck)
        seen = len(statuses)
        while len(statuses) < seen + 6:
            assert monotonic() < deadline + SECONDS
    finally:
        over.set()
        reader.join(SECONDS)
    assert set(statuses) == {200}


def test_all_of_it_stops_without_a_complaint(site: Deployment, visitor: Visitor) -> None:
    assert site.services["proxy"].stop() == 0
    assert site.services["app-2"].stop() == 0
    assert site.services["database"].stop() == 0
    for name in APPS:
        complaints = [line for line in lines(site.services[name]) if line["level"] != "INFO"]
        assert complaints == []
        assert "Traceback" not in site.services[name].log.read_text()
