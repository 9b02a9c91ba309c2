"""A few of the 20,000 hostile requests (`make hostile`), the same on every run; and that the judge
of their answers would notice.
"""

from itertools import islice
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.wsgi import get_wsgi_application
from django_otp.plugins.otp_totp.models import TOTPDevice

from alliances.cache import ResponseCache
from alliances.gate import Gate
from tests.cache.conftest import one_connection  # noqa: F401
from tests.hostile.asked import HOST, Hostile, Request, raw
from tests.hostile.in_process import asked_of
from tests.hostile.judged import ALWAYS, OF_PAGES, faults
from tests.hostile.site import all_data, site
from tests.hostile.words import MARK

SEED, NUMBER = 20_000, 80


@pytest.mark.django_db
def test_no_hostile_request_finds_a_fault_or_changes_anything(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ALLOWED_HOSTS, settings.RATE_LIMIT = [HOST], 0
    # The tests' tables are made without migrations, and their transaction lives with its connection:
    # /readyz would say 503, and rightly.
    monkeypatch.setattr("alliances.gate.probes._is_migrated", lambda: True)
    monkeypatch.setattr("alliances.gate.probes.close_old_connections", lambda: None)
    application = Gate(ResponseCache(get_wsgi_application(), 2**20))
    row, before = Hostile(site(), SEED), all_data()
    answers = {str(asked): asked_of(application, asked) for asked in islice(row, NUMBER)}
    assert {asked: found for asked, (_status, found) in answers.items() if found} == {}
    assert {200, 302, 400, 404} <= {status for status, _found in answers.values()}
    assert all_data() == before


def test_a_second_factor_counts_once_it_is_confirmed(db: None) -> None:
    owner = User.objects.create_user("owner")
    before = all_data()
    begun = TOTPDevice.objects.create(user=owner, confirmed=False)
    assert all_data() == before
    begun.confirmed = True
    begun.save()
    assert all_data() != before


def test_a_row_is_asked_again_by_its_seed(db: None) -> None:
    there = site()
    first, again, other = (list(islice(Hostile(there, seed), 50)) for seed in (1, 1, 2))
    assert first == again != other


def test_headers_are_not_all_text() -> None:
    assert (raw("\xff"), raw("е")) == (b"\xff", "е".encode())


FINE = {
    **{name: value or "set" for name, value in (ALWAYS | OF_PAGES).items()},
    "Content-Type": "text/html",
}


@pytest.mark.parametrize(
    ("changed", "body", "status", "expected"),
    [
        ({}, b"all is well", 200, []),
        ({}, b"", 500, ["status 500"]),
        ({}, b"", 503, ["status 503"]),
        ({"Server": "granian"}, b"", 200, ["Server: 'granian'"]),
        ({"Content-Security-Policy": ""}, b"", 200, ["Content-Security-Policy: ''"]),
        ({"Content-Type": "text/css", "Content-Security-Policy": ""}, b"", 200, []),
        ({"Content-Length": "3"}, b"four", 200, ["4 bytes, said to be 3"]),
        ({"X-Named": "a\r\nb"}, b"", 200, ["a header of two lines"]),
        ({"Set-Cookie": "hostile=1"}, b"", 200, ["a cookie of the visitor's making"]),
        ({"Location": "//example.org/"}, b"", 302, ["leads away: //example.org/"]),
        ({}, b"a body", 304, ["a body where none belongs"]),
        ({}, MARK.encode(), 200, ["a script of the visitor's making"]),
        ({}, b'at File "/srv', 200, ["tells b'at File \"/srv'"]),
    ],
)
def test_the_judge_notices(
    changed: dict[str, str], body: bytes, status: int, expected: list[str]
) -> None:
    assert faults("/", "GET", status, FINE | changed, body) == expected


def test_a_request_says_what_it_is() -> None:
    assert str(Request("GET", "/a", {"Host": HOST})) == "GET '/a' {'Host': 'localhost'}"
