"""The agreements, one agreement and a source: what is recorded, its caveats and its sources."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from alliances.models import Agreement, State
from alliances.vocabulary import DayStatus
from tests.views.reading import get, table_rows, words

pytestmark = pytest.mark.django_db
CST = "/agreements/csto-collective-security-treaty-1992/"


def section(page: str, name: str) -> str:
    """The part of a page under the heading with this id."""
    return page.split(f'id="{name}"')[1].split("</section>")[0]


EVERY_STATUS = "".join(f"&status={status}" for status in DayStatus)


def test_the_list_has_every_agreement_with_its_standing_on_the_day(client: Client) -> None:
    pages = (f"/agreements/?on=2026-04-30{EVERY_STATUS}&page={page}" for page in (1, 2, 3))
    rows = {row[0]: row for address in pages for row in table_rows(get(client, address))}
    assert len(rows) == 115
    assert rows["Collective Security Treaty (1992) Collective defence treaty"] == [
        "Collective Security Treaty (1992) Collective defence treaty",
        "Armenia, Azerbaijan, Belarus, Georgia, Kazakhstan, Kyrgyzstan, Russia, Tajikistan, "
        "Uzbekistan",
        "1 1 (in force) 4 4 (in force) 5 5 (in force) 6 6 (in force)",
        "Signed: 15 May 1992",
        "In force since 20 Apr 1994.",
    ]
    assert rows["Draft Soviet-Cuban mutual defence agreement (1962) Alliance treaty"][3:] == [
        "Signed: not known",
        "A draft; no signature is known.",
    ]


@pytest.mark.parametrize("agreements", [1, 3])
def test_the_list_makes_as_many_queries_for_any_number_of_rows(
    client: Client,
    promisor_with: Callable[[int], State],
    django_assert_num_queries: Callable[[int], object],
    agreements: int,
) -> None:
    promisor = promisor_with(agreements)
    with django_assert_num_queries(10):  # type: ignore[attr-defined]
        rows = table_rows(get(client, f"/agreements/?on=2020-01-01&party={promisor.ref}"))
    assert [row[0] for row in rows] == [
        f"Treaty with Partner {agreements}.{number:03} Friendship treaty"
        for number in range(agreements)
    ]


def test_an_agreement_shows_its_dates_each_with_its_sources(client: Client) -> None:
    page = get(client, f"{CST}?on=2026-04-30")
    facts = words(page.split('<dl class="facts">')[1].split("</dl>")[0])
    assert facts == (
        "Form Treaty: collective defence treaty Signed 15 May 1992 2 8, Tashkent 2 "
        "In force from 20 Apr 1994 4 5 8 "
        "Status as recorded In force (as best known when the evidence ends) "
        "Term 5 years from entry into force; extended by the Protocol of 2 April 1999, with further "
        "five-year extensions 5 7 Registration UNTS No. 32307 (registered 1 November 1995) 2 6 "
        "Text Text public 1 Confidence High confidence"
    )


def test_a_clause_shows_its_wording_its_span_and_its_source(client: Client) -> None:
    clause = get(client, CST).split('id="o2"')[1].split("</article>")[0]
    assert words(clause).removeprefix("> ") == (
        "1 Must help militarily Art. 4 (1992 text) “In the event of an act of aggression against any "
        "of the participating States, all the other participating States shall give it the necessary "
        "assistance, including military assistance, and shall support it with the means at their "
        "disposal” When Act of aggression by any state or group of states against any party. "
        "Who Each party owes it to every other. Until 19 Dec 2012 (first day without) "
        "Note Translated here from the Russian text. It goes on: in exercise of the right of "
        "collective defence under Article 51 of the UN Charter. Aggression against one is regarded as "
        "aggression against all. Source Договор о коллективной безопасности, статья 4 (редакция 1992) "
        "(pavlodar.com legal base). High confidence."
    )


def test_comings_and_goings_have_a_row_per_stay(client: Client) -> None:
    stays = table_rows(section(get(client, CST), "parties"))
    assert [row[:5] for row in stays if row[0] in ("Uzbekistan", "Armenia")] == [
        [
            "Armenia",
            "Joined: 15 May 1992",
            "Ratified: not known",
            "Left: –",
            "Frozen Suspended from 22 Feb 2024",
        ],
        [
            "Uzbekistan",
            "Joined: 15 May 1992",
            "Ratified: not known",
            "Left: 20 Apr 1999",
            "Withdrawn",
        ],
        [
            "Uzbekistan",
            "Joined: 16 Aug 2006",
            "Ratified: not known",
            "Left: 19 Dec 2012",
            "Withdrawn Suspended from 28 Jun 2012",
        ],
    ]
    assert "Formally a suspension, in effect the end of membership." in stays[-2][5] + stays[-1][5]


def test_parties_that_no_source_states_say_so(client: Client) -> None:
    stays = table_rows(
        section(get(client, "/agreements/rus-tgo-military-cooperation-2025/"), "parties")
    )
    assert [(row[0], row[1], row[2], row[4]) for row in stays] == [
        (
            "Russia",
            "Joined: with the agreement",
            "Ratified: 15 Oct 2025",
            "From the list of parties; no dates of its own",
        ),
        (
            "Togo",
            "Joined: with the agreement",
            "Ratified: not known",
            "From the list of parties; no dates of its own",
        ),
    ]


def test_a_one_sided_clause_names_who_owes_whom(client: Client) -> None:
    page = get(client, "/agreements/rus-aes-defence-memorandum-2025/")
    clause = page.split('id="o1"')[1].split("</article>")[0]
    assert "Who Russia to Burkina Faso, Mali, Niger." in words(clause)


def test_an_unconfirmed_number_a_recalled_source_and_a_hidden_text_are_marked(
    client: Client,
) -> None:
    charter = words(get(client, "/agreements/cis-charter-1993/"))
    assert "Must consult Art. 12 (number unconfirmed)" in charter
    assert "Recalled, not re-read." in charter
    hidden = words(get(client, "/agreements/rus-lby-arms-contract-2010/"))
    assert "Caution As reported; text not public." in hidden


def test_every_source_of_the_page_is_listed_once_with_what_it_bears_on(client: Client) -> None:
    page = get(client, CST)
    sources = re.findall(r'<li id="s(\d+)">(.*?)</li>', section(page, "sources"), re.DOTALL)
    assert [int(number) for number, _text in sources] == list(range(1, 31))
    assert words(sources[1][1]) == (
        "International Military Alliances, 1648-2008: 4.1442 Treaty on Collective Security, CQ Press "
        "(D. M. Gibler), 2009. Scholarly. For: signed, signed_at, registration, participations. "
        "At: Entry 4.1442."
    )


def test_an_agreement_makes_as_many_queries_with_two_clauses_as_with_six(
    client: Client, django_assert_num_queries: Callable[[int], object]
) -> None:
    for address in (CST, "/agreements/csto-charter-2002/"):
        with django_assert_num_queries(11):  # type: ignore[attr-defined]
            get(client, address)


def test_what_rests_on_a_source_is_listed_on_its_page(client: Client) -> None:
    page = get(client, "/sources/csto-treaty-gibler/")
    items = re.findall(r"<li>(.*?)</li>", page.split('id="use"')[1], re.DOTALL)
    assert [words(item) for item in items] == [
        "Collective Security Treaty (1992): signed, signed_at, registration, participations "
        "(entry 4.1442)"
    ]


def test_an_unknown_address_says_so_in_the_site_s_own_page(client: Client) -> None:
    for address in ("/agreements/nothing/", "/states/atlantis/", "/sources/none/", "/nowhere/"):
        response = client.get(address)
        assert response.status_code == 404
        assert "There is no page at this address." in words(response.content.decode())


def test_a_wrong_day_keeps_the_title_and_shows_no_facts(client: Client) -> None:
    response = client.get(f"{CST}?on=yesterday")
    page = words(response.content.decode())
    assert response.status_code == 400
    assert "As of: Write the day as YYYY-MM-DD, for example 2012-06-27." in page
    assert "In force" not in page


def test_the_page_of_a_fault_stands_alone(
    client: Client, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("alliances.queries.listed", broken)
    client.raise_request_exception = False
    response = client.get("/agreements/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "This page could not be made. Nothing was lost or changed." in words(page)
    assert "secret" not in page


def test_the_draft_is_never_shown_as_signed(client: Client) -> None:
    draft = Agreement.objects.get(ref="sun-cub-draft-mutual-defence-1962")
    assert "A draft; no signature is known." in words(get(client, draft.get_absolute_url()))
