"""The front page: the answer, the ladder and every partner at a glance, on the coverage date."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliances.filtersets import CommitmentFilters
from alliances.models import State
from tests.views.reading import get, table_rows, words

pytestmark = pytest.mark.django_db
ADDRESS = "/?on=2026-04-30"


def part(page: str, name: str) -> str:
    """The section under the heading with this id."""
    return page.split(f'id="{name}"')[1].split("</section>")[0]


def test_the_answer_comes_first_in_words(client: Client) -> None:
    page = get(client, ADDRESS)
    assert words(page.split('class="answer">')[1].split("</p>")[0]) == (
        "On 30 Apr 2026: military help, as a duty, to 7 of 24 partners. To the others: help that may "
        "be given, talks, restraint, or cooperation and no more. With 9 of them no promise is known "
        "to be in force."
    )


def test_each_partner_stands_on_its_strongest_rung(client: Client) -> None:
    steps = re.findall(r'<li class="step .*?</li>', part(get(client, ADDRESS), "ladder"), re.DOTALL)
    here = [words(step.split('class="here">')[1].split("</p>")[0]) for step in steps]
    assert here == [
        "Strongest promise to: Armenia, Belarus, Kazakhstan, Kyrgyzstan, North Korea, Tajikistan, "
        "Uzbekistan",
        "Nobody’s strongest promise",
        "Strongest promise to: Azerbaijan, Sudan (only signed)",
        "Strongest promise to: India, Iran, Syria (not established), Vietnam",
        "Nobody’s strongest promise",
        "Strongest promise to: Mali (only signed), Togo (only signed)",
        "Strongest promise to: Burkina Faso (only signed), Central African Republic, DR Congo "
        "(not established), Nicaragua (only signed), Niger (only signed), Venezuela, Zimbabwe "
        "(not established)",
        "Nobody’s strongest promise",
        "Strongest promise to: Cuba, Libya",
    ]


def test_each_rung_counts_the_partners_that_hold_it_and_leads_to_them(client: Client) -> None:
    steps = re.findall(r'<p class="units">.*?</p>', get(client, ADDRESS), re.DOTALL)
    assert [(words(step), step.count("<i>"), step.count('"hollow"')) for step in steps] == [
        ("7 in force", 7, 0),
        ("6 in force", 6, 0),
        ("2 in force, 1 not known to be", 2, 1),
        ("11 in force, 1 not known to be", 11, 1),
        ("6 in force", 6, 0),
        ("11 in force, 3 not known to be", 11, 3),
        ("12 in force, 12 not known to be", 12, 12),
        ("2 in force, 4 not known to be", 2, 4),
        ("10 in force, 8 not known to be", 10, 8),
    ]
    address = steps[7].split('href="')[1].split('"')[0].replace("&amp;", "&")
    assert address == "/states/?promisor=RUS&level=basing_or_access&on=2026-04-30"
    assert len(table_rows(get(client, address))) == 2 + 4


def test_every_partner_has_a_row_in_the_matrix(client: Client) -> None:
    rows = table_rows(part(get(client, ADDRESS), "glance"))
    assert len(rows) == 24
    togo = "Russia–Togo military cooperation agreement (2025), article not known. Signed 3 Apr 2025; not known to be in force."
    assert rows[14] == [
        "Togo",
        *["none"] * 5,
        f"6 ? {togo} Low confidence.",
        f"7 ×2 {togo} And 1 more.",
        *["none"] * 3,
    ]
    armenia = rows[0]
    assert armenia[0] == "Armenia"
    assert armenia[1] == (
        "1 ×3 Russia-Armenia Mutual Assistance Treaty (1997), Art. 3. In force since 1998. And 2 more."
    )
    assert armenia[3] == "none"
    assert armenia[10] == "+2"


def test_what_has_ended_is_struck_and_leads_to_its_clause(client: Client) -> None:
    ended = re.findall(
        r'href="([^"]*)"><b class="mark r(\d) ended"',
        glance_row(get(client, ADDRESS), "Uzbekistan"),
    )
    assert ended == [("/agreements/csto-collective-security-treaty-1992/?on=2026-04-30#o6", "5")]


def test_a_mark_leads_to_its_clause_and_the_matrix_is_one_link_away(client: Client) -> None:
    page = get(client, ADDRESS)
    treaty = "/agreements/rus-prk-comprehensive-strategic-partnership-2024/?on=2026-04-30"
    row = glance_row(page, "North Korea")
    assert re.findall(r'class="cell" href="([^"]*)"><b class="mark r(\d)', row)[0] == (
        f"{treaty}#o1",
        "1",
    )
    assert 'href="/matrix/?promisor=RUS&amp;on=2026-04-30"' in part(page, "glance")


def glance_row(page: str, state: str) -> str:
    """The row of one state in the small matrix."""
    rows = part(page, "glance").split("<tr>")
    return next(row for row in rows if f">{state}</a>" in row)


STANDING = ("in_force", "provisional", "signed", "unknown")


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    day=st.dates(date(1950, 1, 1), date(2027, 1, 1)),
    promisor=st.sampled_from(["RUS", "ARM", "SUN", "PRK"]),
)
def test_the_small_matrix_shows_what_the_commitments_list(
    client: Client, day: date, promisor: str
) -> None:
    asked = {"promisor": promisor, "on": str(day)}
    groups = client.get("/", asked).context["groups"]
    drawn = {
        (row.subject.other.ref, cell.rank, cell.best.pledge.status in STANDING)
        for _heading, rows in groups
        for row in rows
        for cell in row.cells
        if cell.best
    }
    query = QueryDict(mutable=True)
    query.update(asked)
    query.setlist("status", [*STANDING, "ended"])
    filters = CommitmentFilters(query)
    assert filters.is_valid()
    listed: dict[tuple[str, int], bool] = {}
    partners = {row.subject.other.ref for _heading, rows in groups for row in rows}
    for span in filters.ordered:
        key = (span.commitment.partner.ref, span.commitment.level.rank)
        if key[0] in partners and key[1]:
            listed[key] = listed.get(key, False) or span.status in STANDING
    assert drawn == {(*key, stands) for key, stands in listed.items()}
    standing = {ref for (ref, _rank), stands in listed.items() if stands}
    assert standing <= partners


@pytest.mark.parametrize("partners", [1, 3])
def test_the_page_makes_as_many_queries_for_any_number_of_partners(
    client: Client,
    promisor_with: Callable[[int], State],
    django_assert_num_queries: Callable[[int], object],
    partners: int,
) -> None:
    promisor = promisor_with(partners)
    with django_assert_num_queries(8):  # type: ignore[attr-defined]
        page = get(client, f"/?promisor={promisor.ref}&on=2020-01-01")
    assert [row[0] for row in table_rows(page)] == [
        f"Partner {partners}.{number:03}" for number in range(partners)
    ]


def test_a_day_without_promises_says_so_and_offers_today(client: Client) -> None:
    page = get(client, "/?promisor=SUN&on=1900-01-01")
    assert "Soviet Union: no promise is recorded for 1 Jan 1900. Show today" in words(page)
