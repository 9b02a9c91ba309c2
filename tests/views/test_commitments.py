"""The commitments: exact rows, orders, headings, a constant number of queries."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from alliances.models import State
from tests.views.reading import get, table_rows, words

pytestmark = pytest.mark.django_db
DAY = "on=2026-04-30"


def headings(page: str) -> list[str]:
    """The headings among the rows, in order."""
    return [words(text) for text in re.findall(r'<th scope="rowgroup"[^>]*>(.*?)</th>', page)]


def test_what_togo_is_promised_by_which_clause_since_when(client: Client) -> None:
    page = get(client, f"/commitments/?promisor=RUS&partner=TGO&{DAY}")
    agreement = "Russia–Togo military cooperation agreement (2025), article not known"
    signed = "Signed 3 Apr 2025; not known to be in force."
    assert table_rows(page) == [
        [
            "Russia to Togo",
            "6 Won't attack each other",
            agreement,
            "Set off by: At all times",
            f"{signed} Low confidence",
        ],
        [
            "Russia to Togo",
            "7 Works together militarily",
            agreement,
            "Set off by: At all times",
            signed,
        ],
        [
            "Russia to Togo",
            "7 Works together militarily",
            agreement,
            "Set off by: Presence or visit",
            signed,
        ],
    ]
    assert headings(page) == ["6 Won't attack each other", "7 Works together militarily"]
    assert "3 commitments on 30 Apr 2026" in words(page)
    clauses = re.findall(r'href="(/agreements/[^"]+)"', page.split("<tbody>", 1)[1])
    assert clauses == [
        f"/agreements/rus-tgo-military-cooperation-2025/?{DAY}#{clause}"
        for clause in ("o3", "o1", "o2")
    ]


@pytest.mark.parametrize(
    ("day", "rows"),
    [
        ("2024-12-03", ["Russia-DPRK friendship treaty (2000), Art. 2 (number unconfirmed)"]),
        (
            "2024-12-04",
            [
                f"Russia-DPRK strategic partnership treaty (2024), Art. {article}"
                for article in (4, 3, 5, 8)
            ],
        ),
    ],
)
def test_north_korea_on_the_day_before_and_the_day_of_entry_into_force(
    client: Client, day: str, rows: list[str]
) -> None:
    page = get(client, f"/commitments/?promisor=RUS&partner=PRK&status=in_force&on={day}")
    assert [row[2] for row in table_rows(page)] == rows


def test_values_of_one_parameter_are_or_and_parameters_are_and(client: Client) -> None:
    asked = f"/commitments/?promisor=RUS&partner=VNM&partner=SYR&status=ended&{DAY}"
    kinds = "&kind=basing_or_transit&kind=friendship_treaty"
    assert [(row[0], row[2]) for row in table_rows(get(client, asked + kinds))] == [
        ("Russia to Vietnam", "USSR-Vietnam friendship treaty (1978), Art. 6")
    ]
    assert table_rows(get(client, asked + "&kind=basing_or_transit")) == []


def test_a_suspension_and_a_hidden_text_are_said_in_the_row(client: Client) -> None:
    page = get(client, f"/commitments/?suspended=yes&disclosure=undisclosed&{DAY}")
    assert table_rows(page) == [
        [
            "Russia to Libya",
            "9 Supplies arms or technology",
            "Russia–Libya arms contract (2010), article not known",
            "Set off by: At all times",
            "In force; signed 29 Jan 2010. Its operation is suspended. "
            "As reported; text not public",
        ]
    ]


# --- Orders


UNRANKED = "Without a rank: content not established"


def test_what_has_no_rank_stands_last_under_its_own_heading_in_both_directions(
    client: Client,
) -> None:
    asked = f"/commitments/?promisor=RUS&partner=CUB&{DAY}"
    strongest, weakest = get(client, asked), get(client, f"{asked}&sort=-strength")
    assert headings(strongest) == [
        "7 Works together militarily",
        "9 Supplies arms or technology",
        UNRANKED,
    ]
    assert headings(weakest) == [
        "9 Supplies arms or technology",
        "7 Works together militarily",
        UNRANKED,
    ]
    assert {row[3] for row in table_rows(strongest)[-1:]} == {"no clause recorded"}
    assert table_rows(strongest)[-1] == table_rows(weakest)[-1]
    assert sorted(table_rows(strongest)) == sorted(table_rows(weakest))


def test_by_date_what_has_none_comes_last_in_both_directions(client: Client) -> None:
    def agreements(sort: str) -> list[str]:
        rows = table_rows(get(client, f"/commitments/?promisor=RUS&partner=LBY&{DAY}&sort={sort}"))
        return [row[2].partition(",")[0] for row in rows]

    dated = [
        "USSR–Libya arms agreements (1974-75)",
        "Russia–Libya joint declaration (2008)",
        "Russia–Libya arms contract (2010)",
    ]
    without = ["Russian base access in eastern Libya"]
    assert agreements("date") == dated + without
    assert agreements("-date") == dated[::-1] + without


def test_by_partner_and_by_kind_there_are_no_headings_and_each_row_names_its_rung(
    client: Client,
) -> None:
    for sort, first in (("partner", "Armenia"), ("-partner", "Zimbabwe")):
        page = get(client, f"/commitments/?promisor=RUS&{DAY}&sort={sort}")
        assert headings(page) == []
        assert table_rows(page)[0][0] == f"Russia to {first}"
        assert table_rows(page)[0][1].partition(" ")[2]


# --- Queries


@pytest.mark.parametrize("partners", [0, 1, 3])
@pytest.mark.parametrize(
    ("query", "queries"),
    # A search asks which rows it finds, and the records of those shown. Outside of a test's own
    # transaction the standings, their order and small tables are kept, and are asked once.
    [("", 6), ("&q=treaty", 8), ("&sort=-date&kind=friendship_treaty", 6)],
)
def test_the_list_makes_as_many_queries_for_any_number_of_rows(
    client: Client,
    promisor_with: Callable[[int], State],
    django_assert_num_queries: Callable[[int], object],
    partners: int,
    query: str,
    queries: int,
) -> None:
    promisor = promisor_with(partners)
    # No rows are fetched where none were counted.
    expected = queries if partners else {6: 5, 8: 6}[queries]
    with django_assert_num_queries(expected):  # type: ignore[attr-defined]
        rows = table_rows(
            get(client, f"/commitments/?promisor={promisor.ref}&on=2020-01-01{query}")
        )
    assert [row[0] for row in rows] == [
        f"Promisor of {partners} to Partner {partners}.{number:03}" for number in range(partners)
    ]
