"""What is kept and what never is: by whom it is asked, how, under which name and parameters."""

from typing import Any

import pytest
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError
from django.http import HttpResponse
from django.test import override_settings

from alliances.cache import SharedResponse
from alliances.views import about
from tests.cache.asking import Answer, Front, ask

pytestmark = pytest.mark.django_db

PAGE = "/claims/c15-irn/"
ON_A_DAY = "/compare/?on=2012-06-27"
SECURITY = {
    "Content-Security-Policy",
    "X-Frame-Options",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
}


def test_security_headers_come_with_every_answer(front: Front) -> None:
    first, second = front.ask(PAGE), front.ask(PAGE)
    unchanged = front.ask(PAGE, if_none_match="*")
    for name in SECURITY:
        assert first[name]
        assert first[name] == second[name] == unchanged[name]


def test_a_page_that_is_known_is_not_sent(front: Front) -> None:
    page = front.ask(PAGE, accept_encoding="br")
    assert page["Cache-Control"] == "no-cache"
    unchanged = front.ask(PAGE, accept_encoding="br", if_none_match=page["ETag"] or "")
    assert (unchanged.status, unchanged.body) == ("304 Not Modified", b"")
    gone = {"Content-Type", "Content-Length", "Content-Encoding"}
    assert unchanged.headers == [pair for pair in page.headers if pair[0] not in gone]
    assert {"ETag", "Cache-Control", "Vary"} < {name for name, _value in unchanged.headers}


def test_a_page_that_is_known_is_not_sent_when_it_is_made_anew_and_the_same(front: Front) -> None:
    known = front.ask(PAGE)["ETag"] or ""
    assert Front().ask(PAGE, if_none_match=known).status == "304 Not Modified"


def test_head_is_the_page_without_its_body(front: Front) -> None:
    assert front.ask(PAGE, "HEAD")["ETag"] is None
    page = front.ask(PAGE)
    head = front.ask(PAGE, "HEAD")
    assert (head.status, head.headers, head.body) == ("200 OK", page.headers, b"")
    assert len(front.made) == 2


def test_another_method_reaches_the_site(front: Front) -> None:
    front.ask(PAGE)
    assert front.ask(PAGE, "POST").status == "403 Forbidden"
    assert len(front.made) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "sessionid=abc"},
        {"cookie": "messages=abc"},
        {"authorization": "Basic YTpi"},
    ],
    ids=str,
)
def test_a_visitor_who_may_be_known_goes_past_the_cache(
    front: Front, headers: dict[str, str]
) -> None:
    assert not front.is_kept(PAGE, **headers)
    assert len(front.cache.store) == 0
    front.ask(PAGE)
    assert not front.is_kept(PAGE, **headers)


def test_who_opened_a_form_gets_pages_from_memory_as_before(front: Front) -> None:
    form = "/corrections/new/?record=claim/c15-irn"
    front.ask(PAGE)
    opened = front.ask(form)
    assert opened["Set-Cookie"]
    assert opened["Cache-Control"] == "no-store"
    assert not front.is_kept(form)
    cookie = (opened["Set-Cookie"] or "").strip().partition(";")[0]
    assert cookie.startswith("csrftoken=")
    assert front.is_kept(PAGE, cookie=cookie)
    assert front.ask(PAGE, cookie=cookie).headers == front.ask(PAGE).headers
    assert len(front.cache.store) == 1


def test_a_cookie_of_no_meaning_here_changes_nothing(front: Front) -> None:
    front.ask(PAGE)
    front.ask(PAGE, cookie="theme=dark")
    assert len(front.made) == 1


@pytest.mark.parametrize(
    "address",
    [
        PAGE + "?colour=red",
        PAGE + "?utm_source=letter",
        ON_A_DAY + "&utm_source=letter",
        "/about/?on=2012-06-27",
        "/commitments/?a%00b=1",
        "/events/?utm_campaign=1",
        "/social/site/reference.png?colour=red",
        PAGE + "?format=json",
        "/commitments/?q=" + "%F0%9F%98%80" * 200,
    ],
)
def test_what_is_asked_in_vain_is_answered_and_not_kept(front: Front, address: str) -> None:
    assert front.ask(address).status == "200 OK"
    assert not front.is_kept(address)
    assert len(front.cache.store) == 0


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/compare/?on=soon", "400 Bad Request"),
        ("/social/site/reference.png?on=soon", "400 Bad Request"),
        ("/commitments/?page=999", "404 Not Found"),
        ("/nowhere/", "404 Not Found"),
        ("/states/TGO/", "301 Moved Permanently"),
        ("/timeline/?year=2012", "302 Found"),
    ],
)
def test_only_pages_are_kept(front: Front, address: str, status: str) -> None:
    assert front.ask(address).status == status
    assert not front.is_kept(address)
    assert len(front.cache.store) == 0


def answering(monkeypatch: pytest.MonkeyPatch, response: HttpResponse | Exception) -> None:
    """Let one page answer this."""

    def view(*_args: Any) -> HttpResponse:
        if isinstance(response, Exception):
            raise response
        return response

    monkeypatch.setattr(about, "shared_page", view)


@pytest.mark.filterwarnings("ignore")
def test_a_fault_is_not_kept(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        answering(patch, ValueError("a fault"))
        assert front.ask("/about/").status == "500 Internal Server Error"
    assert front.ask("/about/").status == "200 OK"


PLANTED = {
    "Set-Cookie": "theme=dark",
    "Vary": "Cookie",
    "Content-Encoding": "x-made-up",
    "Content-Security-Policy": "script-src 'nonce-abc'",
}


@pytest.mark.parametrize("name", [*PLANTED, "nothing"])
def test_what_is_for_one_visitor_is_not_kept(
    front: Front, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    response = SharedResponse("planted")
    if name == "Set-Cookie":
        response.set_cookie("theme", "dark")
    elif name in PLANTED:
        response[name] = PLANTED[name]
    answering(monkeypatch, response)
    assert front.is_kept("/about/") is (name == "nothing")
    assert front.ask("/about/").body == b"planted"


def test_a_host_of_another_name_is_refused_with_the_page_kept(front: Front) -> None:
    assert front.is_kept(PAGE)
    assert front.ask(PAGE, host="evil.example").status == "400 Bad Request"
    assert len(front.cache.store) == 1


def test_each_host_has_its_own_addresses(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["localhost", "127.0.0.1"])
    assert front.is_kept(PAGE)
    assert b"http://localhost/social/" in front.ask(PAGE).page
    assert b"http://127.0.0.1/social/" in front.ask(PAGE, host="127.0.0.1").page


def test_what_the_proxy_says_of_https_is_asked_each_time(front: Front) -> None:
    behind = {"SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https")}
    with override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=60, **behind):
        front = Front()
        secure = front.ask(PAGE, x_forwarded_proto="https")
        assert (secure.status, secure["Strict-Transport-Security"]) == ("200 OK", "max-age=60")
        assert b"https://localhost/social/" in secure.page
        for said in ("http", ""):
            plain = front.ask(PAGE, x_forwarded_proto=said)
            assert (plain.status, plain["Location"]) == (
                "301 Moved Permanently",
                f"https://localhost{PAGE}",
            )


def test_without_a_cache_pages_are_compressed_as_all_others(front: Front) -> None:
    plain = ask(get_wsgi_application(), PAGE, accept_encoding="br, gzip")
    assert plain["Content-Encoding"] == "gzip"
    assert plain.page == front.ask(PAGE).page
    assert plain["Cache-Control"] == "no-cache"


def test_static_files_are_not_asked_of_the_cache(front: Front) -> None:
    assert not front.is_kept("/static/css/tokens.css")
    assert front.cache.store.moment is None


class Database:
    """A version that tests move, and a database that tests take away."""

    version = 1
    is_gone = False

    def __call__(self) -> object:
        if self.is_gone:
            raise OperationalError("gone")
        return self.version


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr("alliances.cache.version.monotonic", lambda: now[0])
    return now


def answers_without_database(front: Front, monkeypatch: pytest.MonkeyPatch) -> Answer:
    with monkeypatch.context() as patch:
        answering(patch, OperationalError("connection refused"))
        return front.ask("/about/")


def test_without_a_database_kept_pages_keep_coming(
    db: None, monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["localhost"])
    database = Database()
    front = Front(version=database)
    page = front.ask(PAGE)
    database.is_gone = True
    assert front.ask(PAGE) == page
    assert front.made == [PAGE]
    refused = answers_without_database(front, monkeypatch)
    assert (refused.status, refused["Retry-After"]) == ("503 Service Unavailable", "10")
    # Nothing is kept whose moment is not known.
    assert not front.is_kept("/obligations/")

    database.is_gone = False
    clock[0] += 1
    assert front.ask(PAGE) == page
    assert front.is_kept("/about/")
    database.version = 2
    before = len(front.made)
    front.ask(PAGE)
    assert len(front.made) == before + 1


def test_a_database_that_is_gone_is_not_asked_at_once_again(
    front: Front, clock: list[float]
) -> None:
    asked = []

    def slow() -> object:
        asked.append(clock[0])
        clock[0] += 3
        raise OperationalError("no answer")

    front = Front(version=slow)
    for _request in range(10):
        front.ask("/nowhere/")
        clock[0] += 1
    assert asked == [100, 106, 112, 118]
