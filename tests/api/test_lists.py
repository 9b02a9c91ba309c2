"""Lists of the API: exact rows, part by part, in a constant number of queries; the pages' rows."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client

from alliances.api.endpoints import ENDPOINTS
from alliances.columns import AGREEMENTS, COMMITMENTS, TABLES
from alliances.filtersets import AgreementFilters, CommitmentFilters
from alliances.models import Coverage, Obligation, Participation, State
from alliances.releases import RELEASES, Release
from tests.api.calls import API, HOST, all_rows, ask
from tests.filtersets.searches import a_search

pytestmark = pytest.mark.django_db
DAY = "on=2026-04-30"

# The version and the rows, with their number; before them the choices that the records give.
QUERIES = {
    "states": 3,
    "agreements": 4,
    "participations": 5,
    "obligations": 4,
    "commitments": 5,
    "events": 4,
    "claims": 4,
    "sources": 4,
    "scale": 3,
    "coverage": 5,
    "releases": 1,
}


def test_the_tables_of_the_api() -> None:
    assert [endpoint.name for endpoint in ENDPOINTS] == list(QUERIES)


def test_what_togo_is_promised(client: Client) -> None:
    columns = "fields=id&fields=level&fields=status&fields=status_since&fields=page"
    found = ask(client, f"commitments/?promisor=RUS&partner=TGO&{DAY}&page_size=2&{columns}")
    version = found.pop("data_version")
    following = found.pop("next")
    clause = "rus-tgo-military-cooperation-2025"
    assert found == {
        "count": 3,
        "day": "2026-04-30",
        "parameters": {"on": ["2026-04-30"], "promisor": ["RUS"], "partner": ["TGO"]},
        "results": [
            {
                "id": f"{clause}/o3:RUS-TGO",
                "level": "non_aggression",
                "status": "signed",
                "status_since": "2025-04-03",
                "page": f"/agreements/{clause}/#o3",
            },
            {
                "id": f"{clause}/o1:RUS-TGO",
                "level": "military_cooperation",
                "status": "signed",
                "status_since": "2025-04-03",
                "page": f"/agreements/{clause}/#o1",
            },
        ],
    }
    last = ask(client, following.removeprefix(HOST + API))
    assert [row["id"] for row in last["results"]] == [f"{clause}/o2:RUS-TGO"]
    assert list(last["results"][0]) == ["id", "level", "status", "status_since", "page"]
    assert (last["next"], last["count"], last["data_version"]) == (None, 3, version)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four releases, as their cards tell."""
    monkeypatch.setattr(settings, "RELEASES_DIR", tmp_path)
    for day in (date(2026, 4, number) for number in range(1, 5)):
        Release(f"{day:%Y.%m.%d}", day, "2026-04-01.1", True, {"states": 32}, 9, "f").describe()


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("name", QUERIES)
def test_a_list_makes_as_many_queries_for_three_rows_as_for_one(
    client: Client, django_assert_num_queries: Callable[..., Any], name: str
) -> None:
    for size in (1, 3):
        with django_assert_num_queries(QUERIES[name]):
            found = ask(client, f"{name}/?page_size={size}")
        assert len(found["results"]) == size
        assert found["next"]
    (table,) = [table for table in (*TABLES, RELEASES) if table.name == name]
    assert list(found["results"][0]) == table.names


@pytest.mark.parametrize(
    ("name", "listing", "table"),
    [
        ("commitments", CommitmentFilters, COMMITMENTS),
        ("agreements", AgreementFilters, AGREEMENTS),
    ],
)
def test_over_all_parts_the_rows_are_those_of_the_page_in_its_order(
    client: Client, name: str, listing: Any, table: Any
) -> None:
    searches = [a_search(number) for number in range(18)]
    own = [asked for address, asked in searches if address == f"/{name}/"]
    found = 0
    for asked in own:
        asked.pop("page", None)
        query = QueryDict(mutable=True)
        for parameter, values in asked.items():
            query.setlist(parameter, values)
        filters = listing(query)
        assert filters.is_valid()
        rows = table.rows(filters.ordered)
        expected = [dict(zip(table.names, row, strict=True)) for row in rows]
        assert all_rows(client, name, asked | {"page_size": ["20"]}) == expected
        found += len(expected)
    assert (len(own), found > 100) == (6, True)


@pytest.mark.parametrize(
    ("name", "asked", "column", "rows"),
    [
        (
            "states",
            "region=Asia&region=Europe",
            "region",
            lambda: State.objects.filter(region__in=("Asia", "Europe")),
        ),
        (
            "participations",
            "state=UZB",
            "state",
            lambda: Participation.objects.filter(state__ref="UZB"),
        ),
        (
            "participations",
            "state=UZB&state=ARM&agreement=csto-collective-security-treaty-1992",
            "agreement",
            lambda: Participation.objects.filter(
                state__ref__in=("ARM", "UZB"), agreement__ref="csto-collective-security-treaty-1992"
            ),
        ),
        (
            "obligations",
            "level=consultation",
            "level",
            lambda: Obligation.objects.filter(level__ref="consultation"),
        ),
        (
            "obligations",
            "agreement=csto-collective-security-treaty-1992",
            "agreement",
            lambda: Obligation.objects.filter(
                agreement__ref="csto-collective-security-treaty-1992"
            ),
        ),
        (
            "coverage",
            "partner=TGO&partner=PRK",
            "partner",
            lambda: Coverage.objects.filter(partner__ref__in=("TGO", "PRK")),
        ),
    ],
)
def test_tables_without_a_page_are_filtered_and_in_the_order_of_their_ids(
    client: Client, name: str, asked: str, column: str, rows: Callable[[], Any]
) -> None:
    ids = [row["id"] for row in all_rows(client, name, dict(QueryDict(asked).lists()))]
    assert ids == sorted(rows().values_list("ref", flat=True))
    assert 0 < len(ids) < len(all_rows(client, name, {"page_size": ["500"]}))


def test_clauses_stand_as_they_do_on_the_day(client: Client) -> None:
    asked = "obligations/?agreement=rus-prk-comprehensive-strategic-partnership-2024&fields=status&"
    days = {"2024-12-03": "signed", "2024-12-04": "in_force"}
    for day, status in days.items():
        found = ask(client, f"{asked}on={day}")
        assert (found["day"], {row["status"] for row in found["results"]}) == (day, {status})


def test_a_list_without_rows_is_a_list(client: Client) -> None:
    found = ask(client, f"commitments/?q=nothinglikeit&{DAY}")
    assert (found["count"], found["next"], found["results"]) == (0, None, [])
