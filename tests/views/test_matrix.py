"""The matrix: its cells are the commitments' rows; exact cells; a constant number of queries."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliances.filtersets import CommitmentFilters
from alliances.models import Obligation, State
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
        "level": st.sampled_from(["consultation", "mutual_defence_automatic"]),
        "status": st.sampled_from(["in_force", "unknown", "ended", "signed"]),
        "suspended": st.sampled_from(["yes", "no"]),
        "tested": st.sampled_from(["yes", "no"]),
        "q": st.just("treaty"),
    },
)


def listed(asked: dict[str, str]) -> Counter[tuple[str, int | None]]:
    """The rows of /commitments/ under the same parameters, by the other state and the rung."""
    received = asked.get("direction") == "received"
    own, other = ("partner", "promisor") if received else ("promisor", "partner")
    query = QueryDict(mutable=True)
    query.update({k: v for k, v in asked.items() if k not in ("direction", "promisor")})
    query[own] = asked["promisor"]
    filters = CommitmentFilters(query)
    assert filters.is_valid()
    return Counter(
        (getattr(span.commitment, other).ref, span.commitment.level.rank)
        for span in filters.ordered
    )


def cells(rows: list[Any]) -> Counter[tuple[str, int | None]]:
    """The promises that the matrix counts, by state and rung."""
    found: Counter[tuple[str, int | None]] = Counter()
    for row in rows:
        for cell in row.cells:
            found[row.subject.other.ref, cell.rank] += cell.count
        found[row.subject.other.ref, None] += len(row.unranked)
    return +found


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=ASKED)
def test_the_cells_are_the_rows_of_the_commitments(client: Client, asked: dict[str, str]) -> None:
    response = client.get("/matrix/", asked)
    rows = response.context["rows"]
    expected = listed(asked)
    if asked.get("status") == "ended":  # without a rank what has ended is not counted
        expected = Counter({key: n for key, n in expected.items() if key[1] is not None})
    assert cells(rows) == expected
    page = response.content.decode()
    drawn = sum(1 for row in rows for cell in row.cells if cell.best)
    assert page.count('<a class="cell"') == drawn


def cells_of(page: str, state: str) -> list[str]:
    """The ten cells of one state in words."""
    (row,) = re.findall(rf'<th scope="row"><a [^>]*>{state}</a></th>(.*?)</tr>', page, re.DOTALL)
    return [words(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]


def test_togo_has_a_signed_promise_on_rungs_six_and_seven(client: Client) -> None:
    found = cells_of(get(client, f"/matrix/?on={COVERAGE_DATE}"), "Togo")
    assert found[:5] == ["none"] * 5
    text = "Russia–Togo military cooperation agreement (2025), article not known."
    signed = "Signed 3 Apr 2025; not known to be in force."
    assert found[5] == f"6 ? {text} {signed} Low confidence."
    assert found[6].startswith("7 ×2 Russia–Togo")
    assert found[6].endswith("And 1 more.")
    assert found[7:] == ["none", "none", "none"]


def test_north_korea_s_treaty_of_2024_and_no_rung_between(client: Client) -> None:
    found = cells_of(get(client, f"/matrix/?on={COVERAGE_DATE}"), "North Korea")
    treaty, since = "Russia-DPRK strategic partnership treaty (2024)", "In force since 4 Dec 2024."
    assert found[0] == f"1 {treaty}, Art. 4. {since}"
    assert found[1:3] == ["none", "none"]
    assert found[3] == f"4 {treaty}, Art. 3. {since}"


def test_a_cell_of_one_promise_leads_to_its_clause_and_of_several_to_the_list(
    client: Client, promisor_with: Callable[[int], State]
) -> None:
    promisor = promisor_with(1)
    partner = State.objects.get(name="Partner 1.000")
    one = f"/agreements/test-{promisor.ref}-{partner.ref}-consultation/?on=2020-01-01#o1".lower()
    address = f"/matrix/?promisor={promisor.ref}&on=2020-01-01"
    assert f'href="{one}"' in get(client, address)
    clause = Obligation.objects.get(
        agreement__ref=f"test-{promisor.ref}-{partner.ref}-consultation".lower()
    )
    Obligation.objects.create(
        ref=f"{clause.agreement.ref}/o2",
        agreement=clause.agreement,
        level=clause.level,
        confidence="high",
    )
    several = (
        f"/commitments/?promisor={promisor.ref}&amp;partner={partner.ref}"
        "&amp;level=consultation&amp;on=2020-01-01"
    )
    assert f'href="{several}"' in get(client, address)


def test_a_cell_whose_promises_are_all_gone_leads_to_the_list_of_them(client: Client) -> None:
    page = get(client, f"/matrix/?on={COVERAGE_DATE}&status=ended&partner=ARM")
    (address,) = re.findall(r'<a class="cell" href="(/commitments/[^"]*status=[^"]*)"', page)
    (count,) = re.findall(r'aria-hidden="true">×(\d)</small>', page)
    assert len(table_rows(get(client, address.replace("&amp;", "&")))) == int(count)


def test_the_other_direction_has_its_own_rows_and_links(client: Client) -> None:
    page = get(client, f"/matrix/?promisor=ARM&direction=received&on={COVERAGE_DATE}")
    assert "Who promises Armenia what" in page
    assert cells_of(page, "Russia")[0].startswith("1 ×3 Russia-Armenia Mutual Assistance Treaty")
    assert 'href="/commitments/?promisor=RUS&amp;partner=ARM&amp;level=' in page
    assert 'href="/commitments/?promisor=ARM&amp;partner=RUS&amp;level=' not in page


@pytest.mark.parametrize("partners", [1, 3])
def test_the_matrix_makes_as_many_queries_for_any_number_of_partners(
    client: Client,
    promisor_with: Callable[[int], State],
    django_assert_num_queries: Callable[[int], Any],
    partners: int,
) -> None:
    promisor = promisor_with(partners)
    with django_assert_num_queries(10):
        page = get(client, f"/matrix/?promisor={promisor.ref}&on=2020-01-01")
    assert page.count('<a class="cell"') == partners


def test_a_wrong_day_shows_the_form_and_no_cells(client: Client) -> None:
    response = client.get("/matrix/?on=2012-13-01")
    assert response.status_code == 400
    page = response.content.decode()
    assert "Write the day as YYYY-MM-DD" in page
    assert 'class="matrix"' not in page
