"""An agreement's page: what it is on the day, its facts, clauses, parties, tests and sources."""

import gzip
import re
from collections.abc import Callable

import pytest
from django.test import Client

from alliances.models import Agreement, Obligation, ObligationLevel
from tests.views.detail import (
    LEVELS,
    answers,
    broken_fragments,
    footnote_numbers,
    listed_numbers,
    section,
    two_states_with,
)
from tests.views.reading import get, table_rows, words

pytestmark = pytest.mark.django_db
CST = "/agreements/csto-collective-security-treaty-1992/"

ANSWERS = {
    f"{CST}?on=2026-04-30": (
        "Collective defence treaty between Armenia, Belarus, Kazakhstan, Kyrgyzstan, Russia, "
        "Tajikistan; on other days also Azerbaijan, Georgia, Uzbekistan. Its strongest clause: "
        "must help militarily ( Art. 4 (as amended 10 December 2010) ). In force since 20 Apr 1994."
    ),
    f"{CST}?on=2012-06-27": (
        "Collective defence treaty between Armenia, Belarus, Kazakhstan, Kyrgyzstan, Russia, "
        "Tajikistan, Uzbekistan; on other days also Azerbaijan, Georgia. Its strongest clause: "
        "must help militarily ( Art. 4 (1992 text) ). In force since 20 Apr 1994."
    ),
    "/agreements/rus-tgo-military-cooperation-2025/?on=2026-04-30": (
        "Military cooperation agreement between Russia, Togo. Its strongest clause: won't attack "
        "each other ( article not known ). Signed 3 Apr 2025; not known to be in force."
    ),
    "/agreements/rus-lby-arms-contract-2010/?on=2026-04-30": (
        "Military-technical agreement between Libya, Russia. Its strongest clause: supplies arms "
        "or technology ( article not known ). In force; signed 29 Jan 2010. Its operation is "
        "suspended."
    ),
}


def clause(page: str, anchor: str) -> str:
    """The words of one clause."""
    return words(page.split(f'id="{anchor}">')[1].split("</article>")[0])


@pytest.mark.parametrize("address", ANSWERS)
def test_the_answer_says_who_what_and_since_when_on_the_day(client: Client, address: str) -> None:
    assert answers(get(client, address)) == [ANSWERS[address]]


def test_each_fact_has_its_sources_by_number(client: Client) -> None:
    page = get(client, f"{CST}?on=2026-04-30")
    assert words(page.split('<dl class="facts">')[1].split("</dl>")[0]) == (
        "Form Treaty: collective defence treaty Signed 15 May 1992 3 4, Tashkent 4 "
        "In force from 20 Apr 1994 1 2 3 "
        "Status as recorded In force (as best known when the evidence ends) "
        "Term 5 years from entry into force; extended by the Protocol of 2 April 1999, with further "
        "five-year extensions 2 5 Registration UNTS No. 32307 (registered 1 November 1995) 4 6 "
        "Text Text public 7 Trust High confidence"
    )


def test_a_clause_shows_its_words_its_span_and_its_cautions(client: Client) -> None:
    page = get(client, f"{CST}?on=2026-04-30")
    assert clause(page, "o2") == (
        "1 Must help militarily Art. 4 (1992 text) “In the event of an act of aggression against any "
        "of the participating States, all the other participating States shall give it the necessary "
        "assistance, including military assistance, and shall support it with the means at their "
        "disposal” 9 When Act of aggression by any state or group of states against any party. "
        "Who Each party owes it to every other. On the day Ended. "
        "Until 19 Dec 2012 (first day without) Trust High confidence; Translated. "
        "Note Translated here from the Russian text. It goes on: in exercise of the right of "
        "collective defence under Article 51 of the UN Charter. Aggression against one is regarded as "
        "aggression against all."
    )
    assert "On the day" not in clause(get(client, f"{CST}?on=2012-01-01"), "o2")


def test_clauses_stand_strongest_first_and_what_stands_before_what_does_not(
    client: Client,
) -> None:
    def order(day: str) -> list[str]:
        return re.findall(r'class="clause" id="(o\d+)"', get(client, f"{CST}?on={day}"))

    assert order("2026-04-30") == ["o1", "o2", "o3", "o4", "o6", "o5"]
    assert order("2012-01-01")[:2] == ["o2", "o1"]


def test_an_unconfirmed_number_a_recalled_source_and_a_hidden_text_are_marked(
    client: Client,
) -> None:
    charter = get(client, "/agreements/cis-charter-1993/")
    assert "Must consult Art. 12 (number unconfirmed)" in words(charter)
    assert "Source recalled, not re-read." in section(charter, "sources")
    assert "Article number unconfirmed The article's number was not seen in the text." in section(
        charter, "cautions"
    )
    hidden = get(client, "/agreements/rus-lby-arms-contract-2010/")
    assert "As reported; text not public" in clause(hidden, "o1")
    assert (
        "As reported; text not public The text is not public; the rung rests on what is reported "
        "of it."
    ) in section(hidden, "cautions")


def test_every_source_is_listed_once_and_says_in_words_what_it_bears_on(client: Client) -> None:
    page = get(client, CST)
    sources = section(page, "sources")
    assert (
        "International Military Alliances, 1648-2008: 4.1442 Treaty on Collective Security, CQ Press "
        "(D. M. Gibler), 2009. Scholarly. For: date of signature, place of signature, registration, "
        "who takes part and when. At: Entry 4.1442."
    ) in sources
    agreement = Agreement.objects.get(ref="csto-collective-security-treaty-1992")
    for citation in agreement.citations.select_related("source"):
        assert page.count(f'<a href="{citation.source.get_absolute_url()}">') == 1
    assert "in_force" not in sources


@pytest.mark.parametrize("ref", ["rus-tgo-military-cooperation-2025", "cis-charter-1993"])
def test_footnotes_are_numbered_as_they_come_and_every_link_arrives(
    client: Client, ref: str
) -> None:
    page = get(client, f"/agreements/{ref}/")
    listed = listed_numbers(page)
    assert listed == list(range(1, len(listed) + 1)) != []
    used = footnote_numbers(page)
    assert used == listed[: len(used)]
    assert broken_fragments(page) == []


def test_tests_under_it_count_only_its_own_clauses(client: Client) -> None:
    tested = section(get(client, f"{CST}?on=2026-04-30"), "tested")
    assert (
        "Armenia: Armenia invokes Article 4 after Azerbaijan's attack. Asked: formal invocation. "
        "Done: mission or observers."
    ) in tested
    assert "Tested CSTO Charter" not in tested


def test_it_says_where_the_article_s_check_uses_it(client: Client) -> None:
    page = get(client, "/agreements/rus-tgo-military-cooperation-2025/")
    evidence = section(page, "article")
    assert "Togo , supported:" in evidence or "Togo, supported:" in evidence


def test_others_codings_differences_and_members_stand_as_given(client: Client) -> None:
    codings = section(get(client, "/agreements/csto-charter-2002/"), "codings")
    assert "CSTO Charter (2002): 4220, phase 2. Types: defense, nonaggression, consultation." in (
        codings
    )
    assert "term_months: 60" in codings
    assert "Codes whose meaning was not verified: estmode: 1" in codings
    assert "Armenia, CSTO Charter (2002)" in codings


def test_notes_and_what_it_succeeds_are_shown(client: Client) -> None:
    page = get(client, CST)
    assert section(page, "notes").startswith("Notes and cautions The level of Art. 4 is a reading")


def test_comings_and_goings_have_a_row_per_stay(client: Client) -> None:
    stays = table_rows(get(client, CST).split('id="parties"')[1].split("</section>")[0])
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
        get(client, "/agreements/rus-tgo-military-cooperation-2025/").split('id="parties"')[1]
    )
    assert [(row[0], row[1], row[2], row[4]) for row in stays] == [
        (
            "Russia",
            "Joined: with the agreement",
            "Ratified: 15 Oct 2025 5",
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


def test_a_wrong_day_keeps_the_title_and_shows_no_facts(client: Client) -> None:
    response = client.get(f"{CST}?on=yesterday")
    page = words(response.content.decode())
    assert response.status_code == 400
    assert "As of: Write the day as YYYY-MM-DD, for example 2012-06-27." in page
    assert "In force" not in page


def test_the_draft_is_never_shown_as_signed(client: Client) -> None:
    draft = Agreement.objects.get(ref="sun-cub-draft-mutual-defence-1962")
    assert "A draft; no signature is known." in words(get(client, draft.get_absolute_url()))


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_makes_as_many_queries_for_any_number_of_clauses(
    client: Client, django_assert_num_queries: Callable[[int], object], number: int
) -> None:
    _promisor, _partner, agreement = two_states_with(1)
    for extra, level in enumerate(LEVELS[1:number], start=2):
        Obligation.objects.create(
            ref=f"{agreement.ref}/o{extra}",
            agreement=agreement,
            level=ObligationLevel.objects.get(ref=level),
            confidence="high",
        )
    with django_assert_num_queries(15):  # type: ignore[attr-defined]
        page = get(client, f"{agreement.get_absolute_url()}?on=2006-01-01")
    assert page.count('class="clause"') == number


def test_the_heaviest_agreement_stays_light(client: Client) -> None:
    response = client.get(CST, headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) < 30_000
    assert len(gzip.decompress(response.content)) < 112_000
