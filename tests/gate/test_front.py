"""Who is let in, under which id, and what is written of it."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings

from alliances.gate import Gate
from alliances.request_id import current_request_id
from alliances.views import about
from tests.cache.asking import Answer, ask
from tests.views.reading import words

Gates = Callable[..., Gate]
ID = re.compile("[0-9a-f]{20}")
SECURITY = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "Server",
    "X-Content-Type-Options",
    "X-Frame-Options",
}


def test_each_request_has_an_id_of_its_own(gate: Gates) -> None:
    seen: list[str] = []

    def site(environ: dict[str, Any], begin: Callable[..., Any]) -> list[bytes]:
        seen.append(current_request_id())
        begin("200 OK", [])
        return [b""]

    front = gate(site)
    named = [ask(front, "/")["X-Request-ID"] for _request in range(3)]
    assert named == seen
    assert len(set(named)) == 3
    assert all(ID.fullmatch(name or "") for name in named)
    assert current_request_id() == ""


GIVEN = "4bf92f35-77b3.4da6_A"


@pytest.mark.parametrize(
    ("proxies", "given", "is_taken"),
    [
        (1, GIVEN, True),
        (0, GIVEN, False),
        (1, "short", False),
        (1, "x" * 65, False),
        (1, "a b c d e f", False),
        (1, "<script>alert", False),
        (1, "идентификатор", False),
    ],
)
def test_an_id_is_taken_from_our_own_proxy_if_it_is_one(
    gate: Gates, settings: Any, proxies: int, given: str, is_taken: bool
) -> None:
    settings.TRUSTED_PROXIES = proxies
    named = ask(gate(), "/", x_request_id=given)["X-Request-ID"]
    assert (named == given) is is_taken
    assert is_taken or ID.fullmatch(named or "")


def test_headers_that_are_kept_are_not_written_to(gate: Gates) -> None:
    kept = [("Content-Type", "text/plain")]

    def site(environ: dict[str, Any], begin: Callable[..., Any]) -> list[bytes]:
        begin("200 OK", kept)
        return [b""]

    front = gate(site)
    assert ask(front, "/")["X-Request-ID"] != ask(front, "/")["X-Request-ID"]
    assert kept == [("Content-Type", "text/plain")]


@pytest.mark.parametrize("path", ["/", "/" + "a" * 99])
def test_an_address_of_eight_thousand_characters_is_the_longest(gate: Gates, path: str) -> None:
    front = gate()
    longest = f"{path}?q=" + "a" * (8_000 - len(path) - 2)
    assert ask(front, longest).body == b"let in"
    refused = ask(front, longest + "a")
    assert refused.status == "414 Request-URI Too Long"
    assert (
        "The address you asked for has more than 8,000 characters, the most that is read here."
        in words(refused.body.decode())
    )


def test_a_megabyte_is_the_most_that_can_be_sent(gate: Gates) -> None:
    front = gate()

    def sent(size: int) -> Answer:
        begun: list[Any] = []
        environ = RequestFactory().generic("POST", "/").environ | {"CONTENT_LENGTH": str(size)}
        body = b"".join(front(environ, lambda *begins: begun.extend(begins)))
        return Answer(*begun, body)

    assert sent(2**20).body == b"let in"
    refused = sent(2**20 + 1)
    assert refused.status == "413 Request Entity Too Large"
    assert "What you sent is larger than 1 MB" in words(refused.body.decode())


@pytest.mark.parametrize("kind", ["", "text/plain; charset=utf-8"])
def test_a_thousand_parameters_are_the_most(gate: Gates, db: None, kind: str) -> None:
    """Django itself falls over one more of them, if a charset is named."""
    front, plain = gate(get_wsgi_application()), RequestFactory().get("/about/").environ
    named = plain | {"HTTP_HOST": "localhost", "CONTENT_TYPE": kind}

    def asked(parameters: int) -> tuple[str, str]:
        begun: list[Any] = []
        environ = named | {"QUERY_STRING": "&".join(["a="] * parameters)}
        body = b"".join(front(environ, lambda *begins: begun.extend(begins)))
        return begun[0], words(body.decode())

    assert asked(1_000)[0] == "200 OK"
    status, page = asked(1_001)
    assert status == "400 Bad Request"
    assert "The address you asked for names more than 1,000 parameters" in page


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("\xb2", "400 Bad Request"),
        ("5, 5", "400 Bad Request"),
        ("-1", "400 Bad Request"),
        ("0x10", "400 Bad Request"),
        (" ", "400 Bad Request"),
        ("9" * 5_000, "413 Request Entity Too Large"),
        ("5", "200 OK"),
        ("", "200 OK"),
    ],
)
def test_a_length_that_is_no_number_is_refused(gate: Gates, said: str, status: str) -> None:
    environ = RequestFactory().generic("POST", "/").environ | {"CONTENT_LENGTH": said}
    begun: list[Any] = []
    gate()(environ, lambda *begins: begun.extend(begins))
    assert begun[0] == status


def test_who_asks_too_often_is_told_when_to_ask_again(gate: Gates, settings: Any) -> None:
    settings.RATE_LIMIT, settings.RATE_BURST = 1, 3
    front = gate()
    answers = [ask(front, "/") for _request in range(4)]
    assert [answer.status for answer in answers[:3]] == ["200 OK"] * 3
    refused = answers[3]
    assert (refused.status, refused["Retry-After"]) == ("429 Too Many Requests", "1")
    assert refused["Cache-Control"] == "no-store"
    assert "Please wait a few seconds and try again." in words(refused.body.decode())
    assert refused["Content-Length"] == str(len(refused.body))
    assert ID.fullmatch(refused["X-Request-ID"] or "")
    assert ask(front, "/", "HEAD").body == b""


def test_addresses_behind_our_proxy_are_counted_apart(gate: Gates, settings: Any) -> None:
    settings.RATE_LIMIT, settings.RATE_BURST, settings.TRUSTED_PROXIES = 1, 1, 1
    front = gate()

    def status(forwarded: str) -> str:
        return ask(front, "/", x_forwarded_for=forwarded).status[:3]

    assert status("198.51.100.1") == "200"
    assert status("10.1.1.1, 198.51.100.1") == "429"
    assert status("198.51.100.2") == "200"


def test_no_rate_is_no_limit(gate: Gates, settings: Any) -> None:
    settings.RATE_LIMIT = 0
    front = gate()
    assert {ask(front, "/").status for _request in range(500)} == {"200 OK"}


def test_readers_reports_are_counted_more_strictly(gate: Gates) -> None:
    front = gate()
    form = "/corrections/new/?record=state/ARM"
    assert [ask(front, form, "POST").status[:3] for _report in range(10)] == ["200"] * 10
    refused = ask(front, form, "POST")
    assert refused.status == "429 Too Many Requests"
    assert 170 < int(refused["Retry-After"] or 0) <= 180
    said = words(refused.body.decode())
    assert "Too many reports at once" in said
    assert "This one was not stored. Go back, where your words still stand" in said
    # Who reads is not counted with those who write, nor who writes elsewhere.
    assert ask(front, form).body == b"let in"
    assert ask(front, "/admin/login/", "POST").body == b"let in"


def test_no_rate_is_no_limit_to_reports_either(gate: Gates, settings: Any) -> None:
    settings.RATE_LIMIT = 0
    front = gate()
    found = {ask(front, "/corrections/new/", "POST").status for _report in range(50)}
    assert found == {"200 OK"}


@pytest.mark.parametrize("address", ["/api/v1/states/", "/commitments/?format=csv"])
def test_programs_are_refused_in_their_own_format(gate: Gates, settings: Any, address: str) -> None:
    settings.RATE_LIMIT, settings.RATE_BURST = 1, 1
    front = gate()
    ask(front, address)
    refused = ask(front, address)
    assert (refused["Content-Type"], refused["Retry-After"]) == ("application/problem+json", "1")
    assert (refused["Access-Control-Allow-Origin"], refused["Access-Control-Expose-Headers"]) == (
        "*",
        "Retry-After",
    )
    assert json.loads(refused.body) == {
        "type": "about:blank",
        "title": "Too Many Requests",
        "status": 429,
        "detail": "More requests came from your network address than one reader or program needs."
        " Please wait a few seconds and try again. To have all the data at once, take a release.",
    }


def test_a_refusal_carries_the_headers_of_every_page(gate: Gates, db: None) -> None:
    page = ask(gate(get_wsgi_application()), "/about/")
    refused = ask(gate(), "/?" + "a" * 9_000)
    assert {name: refused[name] for name in SECURITY} == {name: page[name] for name in SECURITY}
    assert all(page[name] for name in SECURITY)


def test_over_https_a_refusal_says_so_too(gate: Gates) -> None:
    behind = {"SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https")}
    with override_settings(SECURE_HSTS_SECONDS=60, **behind):
        refused = ask(gate(), "/?" + "b" * 9_000, x_forwarded_proto="https")
    assert refused["Strict-Transport-Security"] == "max-age=60"


def lines(errors: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in errors.splitlines()]


def test_each_request_is_a_line_without_its_query(
    gate: Gates, settings: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    settings.ACCESS_LOG, settings.LOG_FORMAT = True, "json"
    answer = ask(gate(), "/states/тоголез/?q=secret", authorization="Basic secret")
    (line,) = lines(capfd.readouterr().err)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", line.pop("time"))
    assert 0 <= line.pop("ms") < 10_000
    path = RequestFactory().get("/states/тоголез/").environ["PATH_INFO"]
    assert line == {
        "level": "INFO",
        "logger": "alliances.access",
        "message": f"GET {path} 200",
        "request": answer["X-Request-ID"],
        "method": "GET",
        "path": path,
        "status": 200,
    }


def test_for_people_a_request_is_one_line_whatever_is_in_it(
    gate: Gates, settings: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    settings.ACCESS_LOG = True
    answer = ask(gate(), "/a%0A2026-11-25%20ERROR%20django:%20planted/")
    (line,) = capfd.readouterr().err.splitlines()
    said = r"'GET /a\n2026-11-25 ERROR django: planted/ 200'"
    end = rf" in [\d.]+ ms \[{answer['X-Request-ID']}\]"
    assert re.fullmatch(rf"\S+ INFO alliances\.access: {re.escape(said)}{end}", line)


def test_without_the_setting_nothing_is_written(
    gate: Gates, capfd: pytest.CaptureFixture[str]
) -> None:
    ask(gate(), "/")
    assert capfd.readouterr().err == ""


def test_an_answer_in_pieces_is_written_when_it_ends(
    gate: Gates, settings: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    settings.ACCESS_LOG, settings.LOG_FORMAT = True, "json"
    closed = []

    class Pieces:
        def __iter__(self) -> Iterator[bytes]:
            return iter([b"one", b"two"])

        def close(self) -> None:
            closed.append(current_request_id())

    def site(environ: dict[str, Any], begin: Callable[..., Any]) -> Pieces:
        begin("404 Not Found", [])
        return Pieces()

    environ = RequestFactory().get("/").environ
    made = gate(site)(environ, lambda *_begins: None)
    assert b"".join(made) == b"onetwo"
    assert (capfd.readouterr().err, closed) == ("", [])
    made.close()  # type: ignore[attr-defined]
    (line,) = lines(capfd.readouterr().err)
    assert (line["status"], [line["request"]]) == (404, closed)
    assert current_request_id() == ""


def fail(*_arguments: Any) -> None:
    raise ValueError("planted")


def test_a_fault_names_the_id_that_the_log_has(
    gate: Gates, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(
        "logging.Handler.handle", lambda *_record: seen.append(current_request_id())
    )
    monkeypatch.setattr(about, "shared_page", fail)
    answer = ask(gate(get_wsgi_application()), "/about/")
    assert (answer.status, answer["Cache-Control"]) == ("500 Internal Server Error", "no-store")
    named = answer["X-Request-ID"]
    assert answer.body.decode() == render_to_string("500.html", {"request_id": named})
    assert f"please quote {named}" in words(answer.body.decode())
    assert set(seen) == {named}
    assert "Django" not in answer.body.decode()
    assert "Traceback" not in answer.body.decode()


def test_a_fault_of_the_api_names_it_too(
    gate: Gates, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alliances.api.front.refuse_unless_valid", fail)
    answer = ask(gate(get_wsgi_application()), "/api/v1/")
    assert json.loads(answer.body) == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "The fault is ours. It is logged.",
        "request_id": answer["X-Request-ID"],
    }
