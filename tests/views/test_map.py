"""The map: its states are the partners' rows; exact states; a constant number of queries."""

import gzip
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliances.models import State
from tests.views.reading import get, table_rows, words

pytestmark = pytest.mark.django_db
COVERAGE_DATE = "2026-04-30"

ASKED = st.fixed_dictionaries(
    {
        "on": st.dates(date(1950, 1, 1), date(2027, 1, 1)).map(str),
        "promisor": st.sampled_from(["RUS", "ARM", "SUN", "PRK"]),
    },
    optional={
        "direction": st.sampled_from(["made", "received"]),
        "family": st.sampled_from(["defence", "restraint", "cooperation", "unranked"]),
        "status": st.sampled_from(["in_force", "unknown", "ended", "signed"]),
        "region": st.sampled_from(["Europe", "Asia", "Africa"]),
        "q": st.just("treaty"),
    },
)
DRAWN = re.compile(
    r'<a href="/states/([a-z-]+)/[^"]*" class="(r\d \w+[^"]*)">\s*<title>(.*?)</title>'
)


def drawn(page: str) -> dict[str, tuple[str, str]]:
    """The states on the map by their slug: class and words."""
    return {slug: (style, words(title)) for slug, style, title in DRAWN.findall(page)}


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=ASKED)
def test_the_map_has_the_partners_of_the_table_with_the_same_promise(
    client: Client, asked: dict[str, str]
) -> None:
    rows = client.get("/states/", asked).context["rows"]
    response = client.get("/map/", asked)
    figure, page = response.context["map"], response.content.decode()
    shown = {place.code: place.subject for place in figure.places if place.subject}
    shown |= {row.other.ref: row for row in figure.without_shape}
    assert {ref: row.shown for ref, row in shown.items()} == {
        row.other.ref: row.shown for row in rows
    }
    with_shape = {row.other.slug: row for row in rows if row not in figure.without_shape}
    if not rows:
        assert drawn(page) == {}
        return
    below = table_rows(page.split('class="records on-map"')[1])
    assert [row[0] for row in below] == [row.other.name for row in rows]
    for slug, (style, _words) in drawn(page).items():
        span = with_shape.pop(slug).shown
        rank = span.commitment.level.rank or 0 if span else 0
        assert style.split()[:2] == [f"r{rank}", span.status if span else "none"]
    assert {row.other.ref for row in with_shape.values()} <= {
        row.other.ref for row in figure.without_shape
    }


def test_exact_states_on_the_coverage_date(client: Client) -> None:
    found = drawn(get(client, f"/map/?on={COVERAGE_DATE}"))
    assert len(found) == 24
    assert found["togo"] == ("r6 signed", "Togo: Won't attack each other, only signed")
    assert found["north-korea"] == (
        "r1 in_force",
        "North Korea: Must help militarily, in force",
    )
    assert found["uzbekistan"][0] == "r1 in_force"
    assert found["libya"][0] == "r9 in_force suspended reported"
    assert found["zimbabwe"] == ("r7 unknown reported", found["zimbabwe"][1])


def test_uzbekistan_before_and_after_it_left(client: Client) -> None:
    before = drawn(get(client, "/map/?on=2012-06-29"))["uzbekistan"]
    after = drawn(get(client, "/map/?on=2012-12-19"))["uzbekistan"]
    assert before == (
        "r1 in_force suspended",
        "Uzbekistan: Must help militarily, in force, participation suspended",
    )
    assert after == ("r1 unknown", "Uzbekistan: Must help militarily, not established")


def test_a_partner_without_a_shape_is_named_and_in_the_table(client: Client) -> None:
    page = get(client, "/map/?promisor=PRK&on=1985-01-01")
    assert "Soviet Union no longer exists and has no shape here; it is in the table." in words(page)
    assert "Soviet Union" in [row[0] for row in table_rows(page)]


def test_the_other_direction_has_its_own_states(client: Client) -> None:
    page = get(client, f"/map/?promisor=ARM&direction=received&on={COVERAGE_DATE}")
    assert "Who promises Armenia what" in page
    assert drawn(page)["russia"] == ("r1 in_force", "Russia: Must help militarily, in force")


def test_the_line_on_borders_stands_under_the_map(client: Client) -> None:
    said = "(resolution 68/262: Crimea is drawn in Ukraine) and are today’s under any day."
    assert said in words(get(client, "/map/?on=1985-01-01&promisor=SUN"))


@pytest.mark.parametrize("partners", [1, 3])
def test_the_map_makes_as_many_queries_for_any_number_of_partners(
    client: Client,
    promisor_with: Callable[[int], State],
    django_assert_num_queries: Callable[[int], Any],
    partners: int,
) -> None:
    promisor = promisor_with(partners)
    with django_assert_num_queries(11):
        page = get(client, f"/map/?promisor={promisor.ref}&on=2020-01-01")
    assert len(table_rows(page)) == partners


def test_the_map_stays_light(client: Client) -> None:
    page = get(client, "/map/").encode()
    assert len(gzip.compress(page)) < 40_000
    assert len(page) < 160_000


def test_a_wrong_day_shows_the_form_and_no_map(client: Client) -> None:
    response = client.get("/map/?on=2012-13-01")
    assert response.status_code == 400
    page = response.content.decode()
    assert "Write the day as YYYY-MM-DD" in page
    assert 'class="map"' not in page
