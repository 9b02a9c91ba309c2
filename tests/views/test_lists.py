"""What the three lists share: what is asked and its way out, orders, pages, empty results."""

import re
from html import unescape
from urllib.parse import parse_qsl

import pytest
from django.test import Client

from tests.views.reading import get, table_rows, words

pytestmark = pytest.mark.django_db
DAY = "on=2026-04-30"
CAR = "Central African Republic"


def links(page: str, name: str) -> list[tuple[str, str]]:
    """The words and the address of every link within the list or paragraph of this class."""
    part = re.search(rf'class="{name}"[^>]*>(.*?)</(?:ul|p|nav|div)>', page, re.DOTALL)
    found = re.findall(r'<a href="([^"]+)"[^>]*>(.*?)</a>', part[1] if part else "", re.DOTALL)
    return [(words(text), unescape(href)) for href, text in found]


def pairs(address: str) -> list[tuple[str, str]]:
    return parse_qsl(address.partition("?")[2], keep_blank_values=True)


# --- Partners


def test_partners_that_have_nothing_but_training_access_and_arms(client: Client) -> None:
    page = get(client, f"/states/?strongest=cooperation&{DAY}")
    assert [(row[0], row[1], row[2], row[3]) for row in table_rows(page)] == [
        (
            "Burkina Faso Western Africa",
            "7 9",
            "Russia–Sahel states defence memorandum (2025), article not known and 3 more at this rung",
            "Signed 14 Aug 2025; not known to be in force.",
        ),
        (
            "Central African Republic Middle Africa",
            "7 9",
            "Russian MoD mission in the CAR (2019), article not known",
            "In force; signed 24 Apr 2019.",
        ),
        (
            "DR Congo Middle Africa",
            "7 9",
            "Russia–DRC military-technical convention (1999), article not known",
            "Unknown on the day: not established whether it holds; signed 21 Jul 1999.",
        ),
        (
            "Nicaragua Central America",
            "7 +1",
            "Russia-Nicaragua military cooperation agreement (2025), article not known and 1 more at this rung",
            "Signed 22 Sep 2025; not known to be in force.",
        ),
        (
            "Niger Western Africa",
            "7",
            "Russia–Sahel states defence memorandum (2025), article not known and 1 more at this rung",
            "Signed 14 Aug 2025; not known to be in force.",
        ),
        (
            "Venezuela South America",
            "7 8 9 +1",
            "Russia-Venezuela strategic partnership treaty (2025), Art. 14",
            "In force since 12 Nov 2025.",
        ),
        (
            "Zimbabwe Eastern Africa",
            "7 9",
            "Russia–Zimbabwe military cooperation (reported), article not known",
            "Unknown on the day: not established whether it holds. As reported; text not public",
        ),
        (
            "Cuba Caribbean",
            "7 9 +3",
            "Russia-Cuba military-technical agreement (2006), article not known",
            "In force since 2006.",
        ),
        (
            "Libya Northern Africa",
            "7 9",
            "Russia–Libya arms contract (2010), article not known",
            "In force; signed 29 Jan 2010. As reported; text not public "
            "Russia–Libya arms contract (2010): Its operation is suspended.",
        ),
    ]
    assert "9 of 24 partners" in words(page)


def test_a_partner_with_whom_all_has_ended_is_listed_where_that_is_asked(client: Client) -> None:
    """No article names Georgia and nothing stands with it."""
    page = get(client, f"/states/?status=ended&partner=GEO&{DAY}")
    assert [row[:4] for row in table_rows(page)] == [
        [
            "Georgia Western Asia",
            "1 4 5 6",
            "Collective Security Treaty (1992), Art. 4 (1992 text)",
            "Ended 20 Apr 1999.",
        ]
    ]
    assert "1 of 25 partners" in words(page)
    assert table_rows(get(client, f"/states/?partner=GEO&{DAY}")) == []


def test_what_is_asked_of_promises_must_hold_of_one_promise_at_once(client: Client) -> None:
    """Kazakhstan has promises that are only signed, and the first rung, but not signed only."""
    asked = f"/states/?partner=KAZ&{DAY}"
    for one in ("&status=signed", "&level=mutual_defence_automatic"):
        rows = table_rows(get(client, asked + one))
        assert [row[0] for row in rows] == ["Kazakhstan Central Asia"]
    both = get(client, f"{asked}&status=signed&level=mutual_defence_automatic")
    assert table_rows(both) == []


def test_partners_without_a_date_or_a_promise_come_last_in_both_directions(client: Client) -> None:
    def names(sort: str) -> list[str]:
        rows = table_rows(get(client, f"/states/?region=Africa&on=2004-01-01&sort={sort}"))
        return [row[0].rpartition(" ")[0].rpartition(" ")[0] for row in rows]

    undated, nothing = ["Libya", "Sudan", "Zimbabwe"], ["Burkina Faso", CAR, "Togo"]
    assert names("date") == ["DR Congo", "Mali", *undated, *nothing]
    assert names("-date") == ["Mali", "DR Congo", *undated, *nothing]
    assert names("kind") == [*undated, "DR Congo", "Mali", *nothing]
    assert names("-kind") == ["DR Congo", "Mali", "Sudan", "Zimbabwe", "Libya", *nothing]


# --- What is asked, and the way out


ASKED = (
    f"/commitments/?{DAY}&q=treaty&promisor=RUS&promisor=KAZ&family=defence&region=Asia&sort=-date"
)


def test_each_thing_asked_is_named_and_its_link_removes_it_and_nothing_else(
    client: Client,
) -> None:
    chips = links(get(client, f"{ASKED}&page=1&colour=red&kind="), "asked")
    assert [text for text, _address in chips] == [
        "As of: 30 Apr 2026 × (remove)",
        "Search: “treaty” × (remove)",
        "Promised by: Kazakhstan × (remove)",
        "Promised by: Russia × (remove)",
        "Kind of promise: Defence × (remove)",
        "Region of the partner: Asia × (remove)",
        "Clear all",
    ]
    given = pairs(ASKED)
    removed = ["on", "q", ("promisor", "KAZ"), ("promisor", "RUS"), "family", "region"]
    for (_text, address), gone in zip(chips[:-1], removed, strict=True):
        left = [pair for pair in given if gone not in (pair, pair[0])]
        assert sorted(pairs(address)) == sorted(left)
    assert chips[-1][1] == "/commitments/?sort=-date"


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        (
            "/states/?promisor=KAZ&direction=received&level=consultation&page=1",
            "?promisor=KAZ&direction=received",
        ),
        ("/map/?promisor=KAZ&region=Asia&sort=partner", "?promisor=KAZ&sort=partner"),
        ("/timeline/?promisor=KAZ&q=treaty&from=1992&to=2026", "?promisor=KAZ&from=1992&to=2026"),
        ("/matrix/?promisor=KAZ&partner=RUS&direction=never", "?promisor=KAZ"),
        ("/states/?promisor=never&partner=TGO", "?"),
        ("/commitments/?promisor=KAZ&partner=RUS", "?"),
        ("/compare/?promisor=KAZ&state=RUS&state=KGZ", "?promisor=KAZ"),
    ],
)
def test_clearing_the_filters_keeps_whose_promises_are_shown(
    client: Client, asked: str, kept: str
) -> None:
    page = client.get(f"{asked}&{DAY}").content.decode()
    (clear,) = re.findall(r'<a href="([^"]+)">Clear</a>', page)
    path, _question, _query = asked.partition("?")
    assert unescape(clear).startswith(f"{path}?")
    assert sorted(pairs(unescape(clear))) == sorted(pairs(kept))


def test_an_empty_table_of_another_promisor_leads_back_to_its_own(client: Client) -> None:
    page = get(client, f"/states/?{DAY}&promisor=KAZ&q=zebra&region=Africa")
    for name in ("asked", "plain"):
        (address,) = [href for text, href in links(page, name) if text == "Clear all"]
        assert address == "/states/?promisor=KAZ"


def test_an_order_s_link_keeps_the_filters_and_reverses_the_current_one(client: Client) -> None:
    now = dict(links(get(client, ASKED), "orders"))
    assert list(now) == [
        "Strength",
        "Partner",
        "Signed ▲ (now reversed; again: from the start)",
        "Kind of agreement",
    ]
    rest = sorted(pair for pair in pairs(ASKED) if pair[0] != "sort")
    for address, sort in zip(now.values(), ("strength", "partner", "date", "kind"), strict=True):
        assert sorted(pairs(address)) == sorted([*rest, ("sort", sort)])
    again = dict(links(get(client, ASKED.replace("-date", "date")), "orders"))
    assert ("sort", "-date") in pairs(again["Signed ▼ (now; again: reversed)"])
    usual = dict(links(get(client, "/commitments/"), "orders"))
    assert usual["Strength ▼ (now; again: reversed)"] == "?sort=-strength"


@pytest.mark.parametrize("address", ["/commitments/", "/agreements/", "/states/"])
def test_a_reversed_order_holds_the_same_rows(client: Client, address: str) -> None:
    """Those with a value the other way round, those without at the end as they were."""
    for sort in ("date", "strength"):
        asked = f"{address}?{DAY}&region=Africa&sort="
        there, back = (table_rows(get(client, asked + sign + sort)) for sign in ("", "-"))
        assert sorted(there) == sorted(back)
        assert there != back


def test_equal_searches_have_one_address(client: Client) -> None:
    """Whatever the order and the empty values of the address that was typed."""
    one = get(client, f"/agreements/?{DAY}&kind=&party=TGO&q=&force=treaty")
    other = get(client, f"/agreements/?force=treaty&sort=&party=TGO&{DAY}&page=1")
    assert links(one, "asked") == links(other, "asked")
    assert links(one, "orders") == links(other, "orders")


# --- Pages


def test_pages_keep_the_filters_and_together_hold_every_row_once(client: Client) -> None:
    asked = f"/agreements/?party=RUS&{DAY}&sort=name"
    first = get(client, asked)
    assert "Page 1 of 3: 1 to 50 of 101" in words(first)
    assert [text for text, _address in links(first, "pages")] == ["Further in the list"]
    seen = [first]
    for number in (2, 3):
        _text, address = links(seen[-1], "pages")[-1]
        assert sorted(pairs(address)) == sorted([*pairs(asked), ("page", str(number))])
        seen.append(get(client, f"/agreements/{address}"))
    assert [text for text, _address in links(seen[-1], "pages")] == ["Earlier in the list"]
    pages = [table_rows(page) for page in seen]
    assert [len(rows) for rows in pages] == [50, 50, 1]
    names = [row[0] for rows in pages for row in rows]
    assert len(set(names)) == 101
    assert "101 agreements on 30 Apr 2026" in words(first)


def test_one_page_has_no_pager(client: Client) -> None:
    assert 'class="pages"' not in get(client, f"/agreements/?party=TGO&{DAY}")


# --- Nothing found


def test_an_empty_result_says_why_and_each_way_out_with_its_rows(client: Client) -> None:
    page = get(
        client, f"/commitments/?{DAY}&partner=TGO&promisor=RUS&level=consultation&status=ended"
    )
    assert table_rows(page) == []
    nothing = page.split('class="nothing"')[1].split("</div>")[0]
    assert words(nothing).removeprefix("> ") == (
        "Nothing matches all that is asked. That is not a finding that nothing exists. "
        "How far to trust a blank Ways out: Drop As of: 30 Apr 2026 Drop Promised by: Russia 0 "
        "Drop Promised to: Togo 13 Drop Promises at rung: Must consult 0 "
        "Drop Status on the day: Ended 0 Clear all"
    )
    ways = dict(links(page, "plain"))
    there = get(client, ways["Drop Promised to: Togo"])
    assert len(table_rows(there)) == 13
    assert "0 commitments on 30 Apr 2026" in words(page)


@pytest.mark.parametrize("address", ["/commitments/", "/agreements/", "/states/"])
def test_an_empty_result_of_each_list_leads_on(client: Client, address: str) -> None:
    page = get(client, f"{address}?{DAY}&q=zebra&region=Africa")
    assert table_rows(page) == []
    ways = links(page, "plain")
    assert [text for text, _href in ways] == [
        "Drop As of: 30 Apr 2026",
        "Drop Search: “zebra”",
        f"Drop Region of {'a party' if address == '/agreements/' else 'the partner'}: Africa",
        "Clear all",
    ]
    assert table_rows(get(client, ways[1][1]))
