"""Drafts of every sort are planted; every public door answers as before, to the byte."""

import re

import pytest
from django.conf import settings
from django.test import Client

from alliances.models import DataVersion, Event, Proposal
from alliances.proposals.keeping import keep
from alliances.proposals.nouns import BY_NAME, published_form
from tests.addresses import patterns

pytestmark = pytest.mark.django_db
MARK = "Zyzzyva"
AGREEMENT = "rus-tgo-military-cooperation-2025"
ARGUMENTS = {
    "state": "togo",
    "agreement": AGREEMENT,
    "event": "ind-1971-10-treaty-consultations",
    "claim": "c3-blr",
    "source": "csto-charter-odkb-en",
}
# One address of every pattern that takes arguments; {} stands for the pattern's own record.
WITH_ARGUMENTS = {
    "pair": "/pairs/russia/togo/",
    "social": f"/social/agreement/{AGREEMENT}.png",
    "correction": "/corrections/K7M3-9QXD/",
    "release": "/data/military-commitments-2026-11-29.1.zip",
}
FORMATS = ("csv", "json")
SEARCHES = (f"/commitments/?q={MARK}", f"/agreements/?q={MARK}", f"/states/?q={MARK}")


def public_addresses():
    """An address of every pattern outside the desk."""
    addresses = []
    for name, pattern in patterns():
        if pattern.startswith(settings.ADMIN_PATH):
            continue
        kind = (name or "").removesuffix("-changes")
        if name in WITH_ARGUMENTS:
            addresses.append(WITH_ARGUMENTS[name])
        elif kind in ARGUMENTS:
            addresses.append("/" + re.sub(r"<[^>]+>", ARGUMENTS[kind], pattern))
        elif pattern.startswith("api/") and "(?" not in pattern:
            addresses.append("/" + re.sub(r"<[^>]+>", AGREEMENT, pattern))
        elif pattern.startswith("api/"):
            addresses.append("/api/nothing/")
        else:
            assert "<" not in pattern, f"{pattern} has no address in this test"
            addresses.append("/" + pattern)
    return addresses


@pytest.fixture
def drafts(author):
    """A change, a new record, a withdrawal and a set-aside one, all with a word of their own."""

    def plant():
        agreement, event = BY_NAME["agreement"], BY_NAME["event"]
        base = published_form(agreement, AGREEMENT)
        words = {"author": author, "reason": MARK, "title": MARK}
        clause = base["provisions"][0] | {"id": f"{AGREEMENT}/o99", "note": MARK}
        changed = base | {"title": MARK, "provisions": [*base["provisions"], clause]}
        keep(agreement, base, changed, **words)
        keep(BY_NAME["source"], None, {"id": "zyzzyva-2026", "title": MARK}, **words)
        gone = published_form(event, Event.objects.first().ref)
        for stage in ("in_review", "set_aside"):
            proposal = keep(event, gone, None, **words)
            Proposal.objects.filter(pk=proposal.pk).update(stage=stage)

    return plant


def answers(addresses):
    """Everything that the doors say: status, and body without what each request has of its own."""
    client, found = Client(), {}
    for address in addresses:
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        found[address] = response.status_code, body
    return found


def test_no_public_door_shows_a_draft(drafts):
    pages = public_addresses()
    assert len(pages) > 40
    before, version = answers(pages), DataVersion.objects.current().label
    drafts()
    after = answers(pages)
    assert [address for address in pages if before[address] != after[address]] == []
    assert DataVersion.objects.current().label == version
    tables = [f"{page}?format={kind}" for page in pages for kind in FORMATS if "." not in page]
    doors = after | answers([*tables, *SEARCHES, "/sources/zyzzyva-2026/"])
    # A search repeats what was asked for.
    told = [address for address, (_status, body) in doors.items() if MARK.encode() in body]
    assert told == [*SEARCHES]
    assert doors["/sources/zyzzyva-2026/"][0] == 404
