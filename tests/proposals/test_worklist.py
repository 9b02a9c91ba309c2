"""The desk's first page: what waits for whom, each entry leading to its field."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.utils import timezone

from alliances.models import Event, Proposal
from alliances.proposals.keeping import keep
from alliances.proposals.nouns import BY_NAME, published_form
from alliances.proposals.worklist import piles
from alliances.queries.belonging import stored
from tests.admin.desk import Desk
from tests.proposals.conftest import signed_in

pytestmark = pytest.mark.django_db


def found(user: User) -> dict[str, list[str]]:
    request = RequestFactory().get("/")
    request.user = user
    return {str(pile.heading): [item.where for item in pile.items] for pile in piles(request)}


def test_the_records_lack_what_the_report_says(author):
    counts = {heading: len(items) for heading, items in found(author).items()}
    assert counts == {
        "Facts without a source": 2,
        "Recalled sources and article numbers that were not seen": 13,
        "Unknown or blank": 154,
        "Low confidence": 34,
    }


def test_each_entry_leads_to_its_field(author):
    """One entry of each place on the desk: a page that has an element of that name."""
    client = signed_in(author)
    request = RequestFactory().get("/")
    request.user = author
    places = {}
    for pile in piles(request):
        for item in pile.items:
            page, _hash, anchor = item.address.partition("#")
            places.setdefault((page.split("/")[3], anchor), page)
    assert {anchor for _noun, anchor in places} >= {"id_confidence", "citations-group"}
    for (_noun, anchor), page in places.items():
        assert f'id="{anchor}"' in client.get(page).content.decode(), (page, anchor)


def test_drafts_wait_for_their_author_and_reviews_for_reviewers(author, reviewer, stranger):
    event, noun = Event.objects.first(), BY_NAME["event"]
    base = published_form(noun, event.ref)
    for title in ("one", "two"):
        keep(noun, base, None, author=author, reason="", title=title)
    Proposal.objects.filter(title="two").update(stage="in_review")
    assert found(author)["Your drafts"] == ["one"]
    assert "Waiting for a review" not in found(author)
    assert found(reviewer)["Waiting for a review"] == ["two"]
    assert "Your drafts" not in found(reviewer)
    assert found(stranger) == {}


def test_a_record_that_nobody_looked_at_for_a_year_comes_back_until_somebody_does(author):
    event = Event.objects.order_by("title").first()
    long_ago = timezone.now() - timedelta(days=400)
    stored(Event).filter(id=event.pk).update(history_date=long_ago)
    for part in (event.citations, event.agreement_links):
        pks = part.values("pk")
        stored(part.model).filter(id__in=pks).update(history_date=long_ago)
    assert found(author)["Not looked at for a year"] == [str(event)]
    Desk(signed_in(author), event).save("Read the sources again", "_looked")
    proposal = Proposal.objects.get()
    assert (proposal.stage, proposal.base) == ("set_aside", proposal.form)
    assert "Not looked at for a year" not in found(author)


def test_the_page_shows_them(author):
    client: Client = signed_in(author)
    html = client.get("/admin/").content.decode()
    assert "Facts without a source: 2" in html
