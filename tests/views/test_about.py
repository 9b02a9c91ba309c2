"""About: every word of doubt explained where its link leads, coverage pair by pair, licence."""

import re

import pytest
from django.test import Client

from alliances.vocabulary import Blank, Caution, Confidence, DayReason, DayStatus
from tests.rules.records import records
from tests.views.reading import get, table_rows, words

pytestmark = pytest.mark.django_db


def terms(page: str, section: str) -> list[tuple[str, str]]:
    part = page.split(f'id="{section}">')[1].split("</section>")[0]
    pairs = re.findall(r"<dt[^>]*>(.*?)</dt><dd>(.*?)</dd>", part, re.DOTALL)
    return [(words(term), words(meaning)) for term, meaning in pairs]


def test_six_blanks_are_told_apart(client: Client) -> None:
    found = terms(get(client, "/about/"), "blanks")
    assert found == [(str(blank.label), str(blank.meaning)) for blank in Blank]
    assert len({meaning for _term, meaning in found}) == 6


def test_confidence_and_cautions_are_explained_where_their_links_lead(client: Client) -> None:
    page = get(client, "/about/")
    cautions = [word for word in Caution if word != Caution.LOW_CONFIDENCE]
    expected = [(str(w.label), str(w.meaning)) for w in [*Confidence, *cautions]]
    assert terms(page, "trust") == expected
    for kind, codes in (("confidence", Confidence), ("caution", cautions)):
        assert all(page.count(f'id="{kind}-{code}"') == 1 for code in codes)
    link = re.findall(r'class="caution" href="/about/#([^"]+)"', get(client, "/claims/c3-arm/"))
    assert link == ["confidence-high"]


def test_every_word_for_a_status_has_its_shape_and_its_meaning(client: Client) -> None:
    page = get(client, "/about/")
    found = terms(page, "status")
    assert found[: len(DayStatus)] == [(str(s.label), str(s.meaning)) for s in DayStatus]
    assert found[len(DayStatus) :][0][0] == "In force, participation suspended"
    assert found[-len(DayReason) :] == [(str(r.label), str(r.meaning)) for r in DayReason]
    shapes = re.findall(r'class="mark shape ([^"]+)"', page)
    assert len(shapes) == len(set(shapes)) == len(DayStatus) + 2


def test_what_was_researched_is_listed_pair_by_pair(client: Client) -> None:
    rows = table_rows(get(client, "/about/"))
    assert len(rows) == len(records("coverage")) == 25
    assert [
        "Russia",
        "Armenia",
        "Researched to: Jun 2026",
        "Looked for: bilateral and multilateral",
    ] in rows
    assert "25 pairs of states." in words(get(client, "/about/"))


def test_licence_and_citation_are_given(client: Client) -> None:
    page = words(get(client, "/about/"))
    assert "Our data are under CC BY 4.0" in page
    assert (
        "http://testserver/agreements/csto-collective-security-treaty-1992/?on=2026-04-30#o1"
        in page
    )
    assert get(client, "/agreements/csto-collective-security-treaty-1992/").count('id="o1"') == 1


def test_the_page_makes_two_queries(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        get(client, "/about/")
