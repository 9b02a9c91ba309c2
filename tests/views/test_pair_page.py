"""Two states side by side: both sentences, clause against clause, tests, sources."""

import gzip
import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.views.detail import (
    answers,
    broken_fragments,
    footnote_numbers,
    listed_numbers,
    section,
    two_states_with,
)
from tests.views.reading import get, table_rows, words

pytestmark = pytest.mark.django_db


def test_one_clause_that_binds_both_is_said_once(client: Client) -> None:
    assert answers(get(client, "/pairs/armenia/russia/?on=2026-04-30")) == [
        "As of 30 Apr 2026, Armenia must help Russia militarily if it is attacked: the "
        "Russia-Armenia Mutual Assistance Treaty (1997), Art. 3, says so. In force since 1998. Another 2 "
        "clauses stand on this rung. Collective Security Treaty (1992): Participation "
        "suspended since 22 Feb 2024.",
        "Russia owes Armenia the same.",
    ]


def test_two_directions_that_differ_are_both_said(client: Client) -> None:
    first, second = answers(get(client, "/pairs/russia/sudan/?on=2026-04-30"))
    assert first.startswith(
        "As of 30 Apr 2026, by a text that is only signed, Russia might help Sudan if asked to: the Russia"
    )
    assert second.startswith(
        "As of 30 Apr 2026, by a text whose force is not established, Sudan would work together "
    )


def test_clauses_stand_on_their_side_or_across(client: Client) -> None:
    page = get(client, "/pairs/armenia/russia/?on=2026-04-30")
    standing = page.split('id="clauses"')[1].split('id="gone"')[0]
    assert standing.count('<div class="both">') == 17
    assert (
        "Russia to Armenia 2 Gyumri Base Protocol No. 5 (2010), Art. 1 (amending Art. 3 of the "
        "1995 treaty) (number unconfirmed)"
    ) in section(page, "clauses")


def test_a_pair_that_was_not_researched_says_so(client: Client) -> None:
    page = get(client, "/pairs/armenia/georgia/?on=2026-04-30")
    assert answers(page) == ["No promise between Armenia and Georgia stands on 30 Apr 2026."]
    assert (
        "Agreements between these two were not researched; only multilateral texts may name them."
    ) in words(page)
    assert answers(get(client, "/pairs/armenia/togo/")) == [
        "No promise between Armenia and Togo is recorded."
    ]


def test_tests_between_the_two_name_who_needed_help(client: Client) -> None:
    tested = section(get(client, "/pairs/armenia/russia/?on=2026-04-30"), "tested")
    assert (
        "27 Sep 2020 – 10 Nov 2020, Armenia: Second Karabakh war and Armenia's letter under the "
        "1997 treaty. Asked: formal invocation. Done: mediation."
    ) in tested
    assert "promised by Russia" in tested
    assert "Belarus" not in tested.split("Trust")[0].split("promised by")[1]


@pytest.mark.parametrize("pair", ["armenia/russia", "belarus/russia", "armenia/georgia"])
def test_footnotes_are_numbered_as_they_come_and_every_link_arrives(
    client: Client, pair: str
) -> None:
    page = get(client, f"/pairs/{pair}/?on=2026-04-30")
    listed = listed_numbers(page)
    assert listed == list(range(1, len(listed) + 1)) != []
    assert footnote_numbers(page) == listed
    assert broken_fragments(page) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_makes_as_many_queries_for_any_number_of_agreements_and_events(
    client: Client, django_assert_num_queries: Callable[[int], object], number: int
) -> None:
    promisor, partner, _agreement = two_states_with(number)
    address = f"/pairs/{promisor.slug}/{partner.slug}/?on=2006-01-01"
    with django_assert_num_queries(12):  # type: ignore[attr-defined]
        page = get(client, address)
    assert page.count('class="clause"') == number
    assert page.count('class="fold event"') == number


def test_the_heaviest_pair_stays_light(client: Client) -> None:
    response = client.get("/pairs/armenia/russia/", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) < 30_000
    assert len(gzip.decompress(response.content)) < 110_000


def test_a_wrong_day_shows_the_form_and_no_clauses(client: Client) -> None:
    response = client.get("/pairs/armenia/russia/?on=2012-13-01")
    page = response.content.decode()
    assert response.status_code == 400
    assert "As of: Write the day as YYYY-MM-DD, for example 2012-06-27." in words(page)
    assert (table_rows(page), page.count('class="clause"'), answers(page)) == ([], 0, [])


@pytest.mark.parametrize("name", ["russia/russia", "RUS/russia", "RUS/RUS"])
def test_a_state_has_no_pair_with_itself(client: Client, name: str) -> None:
    assert client.get(f"/pairs/{name}/").status_code == 404


def test_events_that_tested_a_promise_stand_on_its_lane(client: Client) -> None:
    page = get(client, "/pairs/armenia/russia/?on=2026-04-30")
    figure = page.split('id="over-time"')[1].split("</section>")[0]
    lanes = figure.split('<li class="course">')[1:]
    (treaty,) = [lane for lane in lanes if "Mutual Assistance Treaty (1997)" in lane]
    marks = re.findall(r'<a href="(/events/[^"]*)" tabindex="-1"><title>(.*?)</title>', treaty)
    assert ("/events/arm-2020-07-tavush/", "Tavush border fighting (12 Jul 2020)") in marks
    assert len({event for event, _words in re.findall(r'<a href="(/events/[^"]*)"()', figure)}) == 7
    assert "<svg" not in get(client, "/pairs/armenia/togo/")


def test_others_codings_stand_beside_ours_with_the_reasons(client: Client) -> None:
    page = get(client, "/pairs/armenia/russia/?on=2026-04-30")
    rows = table_rows(page.split('<table class="records codings">')[1].split("</table>")[0])
    charter = next(row for row in rows if row[0] == "CIS Charter (1993)")
    assert charter[1:3] == [
        "Ours: 4 defense, nonaggression, consultation",
        "Alliance Treaty Obligations and Provisions (ATOP), version 4.01 4400: defense, "
        "nonaggression, consultation; 22 Jan 1993 – open. Match: exact. Benson's typology of "
        "deterrent and compellent alliances 4400: probabilistic_deterrent, "
        "discretion_whether_to_intervene; 1993 – open. Match: exact.",
    ]
    assert charter[3].endswith(
        "Benson, for now: he read the text and leaves the decision to intervene open, which is rank "
        "2, while our level (consultation) rests on an unread article."
    )
    assert [row[0] for row in rows] == CODED
    assert rows[5][1:3] == ["Ours: No such promise in the text", "No coding recorded."]


CODED = [
    "CIS Charter (1993)",
    "CSTO Charter (2002)",
    "Collective Security Treaty (1992)",
    "Russia-Armenia Friendship Treaty (1991)",
    "Russia-Armenia Mutual Assistance Treaty (1997)",
    "CST Extension Protocol (1999)",
    "Gyumri Base Protocol No. 5 (2010)",
]
