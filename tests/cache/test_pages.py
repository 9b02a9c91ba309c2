"""Each kind of page from memory is the page that Django makes, headers and all, until the data or
the day changes.
"""

from datetime import date
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from django.urls import get_resolver

from alliances.models import Agreement, Claim, Event, ObligationLevel, Source, State
from tests.cache.asking import Front, ask

pytestmark = pytest.mark.django_db

TREATY = "csto-collective-security-treaty-1992"
KEPT = {
    "home": "/?on=2012-06-27",
    "partners": "/states/",
    "state": "/states/armenia/",
    "commitments": "/commitments/?level=consultation&sort=-date",
    "agreements": "/agreements/?q=treaty",
    "agreement": f"/agreements/{TREATY}/",
    "matrix": "/matrix/",
    "compare": "/compare/?state=PRK&state=IRN",
    "timeline": "/timeline/?from=1990&to=2000",
    "map": "/map/",
    "obligations": "/obligations/",
    "events": "/events/",
    "event": "/events/arm-2022-09-csto-appeal/",
    "claims": "/claims/",
    "claim": "/claims/c15-irn/",
    "pair": "/pairs/armenia/russia/",
    "social": "/social/state/armenia.png",
    "dictionary": "/data/dictionary/",
    "about": "/about/",
    "sources": "/sources/?kind=treaty-text",
    "source": "/sources/csto-treaty-gibler/",
}
# Made from files that no data version counts, or answered without a page.
NEVER_KEPT = {
    "data",
    "release",
    "changes",
    "changes-feed",
    *(f"{record}-changes" for record in ("agreement", "state", "event", "claim", "source")),
    "robots",
    "sitemap",
    "security",
    *("corrections", "correction-form", "correction"),
    None,  # the icon
}


def test_every_kind_of_page_is_tried() -> None:
    names = {pattern.name for pattern in get_resolver().url_patterns if hasattr(pattern, "name")}
    assert names == KEPT.keys() | NEVER_KEPT


@pytest.mark.parametrize("address", KEPT.values(), ids=KEPT)
def test_a_kept_page_is_the_page(front: Front, address: str) -> None:
    made = ask(get_wsgi_application(), address)
    assert made.status == "200 OK"
    first, second = front.ask(address), front.ask(address)
    assert len(front.made) == 1
    etag = [("ETag", second["ETag"])]
    assert (second.headers, second.body) == (made.headers + etag, made.body)
    assert (first.status, first.headers, first.body) == ("200 OK", second.headers, second.body)
    for encoding in ("br", "gzip"):
        packed = front.ask(address, accept_encoding=encoding)
        assert packed.page == made.body
        assert packed["Content-Length"] == str(len(packed.body))
    assert len(front.made) == 1


@pytest.mark.parametrize(
    "address", ["/data/", "/changes/", "/robots.txt", "/favicon.ico", "/admin/login/"]
)
def test_other_pages_are_not_kept(front: Front, address: str) -> None:
    assert not front.is_kept(address)
    assert front.ask(address).status in ("200 OK", "302 Found")
    assert len(front.cache.store) == 0


EDITS: list[tuple[Any, str, str, tuple[str, ...]]] = [
    (State, "TGO", "name", ("/map/", "/timeline/", "/compare/?state=TGO&state=IRN", "/about/")),
    (Agreement, TREATY, "short_title", (f"/agreements/{TREATY}/", "/states/armenia/", "/claims/")),
    (Event, "arm-2022-09-csto-appeal", "title", ("/events/", "/events/arm-2022-09-csto-appeal/")),
    (Claim, "c15-irn", "claim", ("/claims/?state=IRN", "/claims/c15-irn/")),
    (Source, "csto-treaty-gibler", "title", ("/sources/csto-treaty-gibler/",)),
    (ObligationLevel, "consultation", "label", ("/obligations/", "/?on=2012-06-27")),
]


@pytest.mark.parametrize(
    ("model", "ref", "field", "addresses"), EDITS, ids=[edit[0].__name__ for edit in EDITS]
)
def test_an_edit_shows_at_once_on_every_page_it_is_on(
    front: Front, model: Any, ref: str, field: str, addresses: tuple[str, ...]
) -> None:
    for address in addresses:
        assert front.is_kept(address), address
        assert b"Quagmirian" not in front.ask(address).page
    record = model.objects.get(ref=ref)
    setattr(record, field, "Quagmirian")
    record.save()
    for address in addresses:
        assert b"Quagmirian" in front.ask(address).page, address


def test_a_write_that_is_rolled_back_changes_nothing(front: Front) -> None:
    before = front.ask("/states/togo/")
    with transaction.atomic():
        togo = State.objects.get(ref="TGO")
        togo.name = "Quagmiria"
        togo.save()
        assert b"Quagmiria" in front.ask("/states/togo/").page
        transaction.set_rollback(True)
    after = front.ask("/states/togo/")
    assert (after.headers, after.body) == (before.headers, before.body)


def test_a_new_day_is_a_new_page(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(date):
        today_is = date(2026, 11, 25)

        @classmethod
        def today(cls) -> date:
            return cls.today_is

    for room in ("cache.front", "filtersets.parameters", "filtersets.lists", "views.timeline"):
        monkeypatch.setattr(f"alliances.{room}.date", Clock)
    assert front.is_kept("/states/togo/")
    before = front.ask("/states/togo/").page
    Clock.today_is = date(2012, 6, 27)
    assert b"27 June 2012" not in before
    assert b"2012-06-27" in front.ask("/states/togo/").page
    assert len(front.made) == 2
