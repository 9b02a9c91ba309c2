"""A state's page: the headline word by word, what stands under it, its sources, its weight."""

import gzip
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from alliances.models import (
    Agreement,
    Commitment,
    CommitmentSpan,
    Obligation,
    ObligationLevel,
    Source,
    State,
)
from alliances.queries import Relation
from alliances.templatetags.sentences import headline
from alliances.views.footnotes import Footnotes
from alliances.vocabulary import HOLDING, DayStatus, Disclosure, Force, Level, Seen, TriggerCode
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

HEADLINES = {
    "armenia/?on=2026-04-30": (
        "As of 30 Apr 2026, Russia must help Armenia militarily if it is attacked: the "
        "Russia-Armenia Mutual Assistance Treaty (1997), Art. 3, says so. In force since 1998. "
        "Another 2 clauses stand on this rung. Collective Security Treaty (1992): Participation "
        "suspended since 22 Feb 2024."
    ),
    "togo/?on=2026-04-30": (
        "As of 30 Apr 2026, by a text that is only signed, Russia would not attack Togo: the Russia–Togo military cooperation "
        "agreement (2025) says so, according to a summary. Signed 3 Apr 2025; not known to be in "
        "force. Low confidence. Russia would work together militarily with Togo: the Russia–Togo "
        "military cooperation agreement (2025) says so, according to a summary."
    ),
    "uzbekistan/?on=2012-06-27": (
        "As of 27 Jun 2012, Russia must help Uzbekistan militarily if it is attacked: the "
        "Collective Security Treaty (1992), Art. 4 (1992 text), says so. In force since 16 Aug "
        "2006. Another clause stands on this rung."
    ),
    "uzbekistan/?on=2012-12-20": (
        "As of 20 Dec 2012, by a text whose force is not established, Russia would have to help Uzbekistan militarily if it is attacked: the "
        "Russia-Uzbekistan Alliance Treaty (2005), Art. 2 (number unconfirmed), says so. Unknown "
        "on the day: start not established; signed 14 Nov 2005. Another clause stands on this rung."
    ),
    "north-korea/?on=2024-12-03": (
        "As of 3 Dec 2024, Russia must consult with North Korea in the face of a threat: the "
        "Russia-DPRK friendship treaty (2000), Art. 2 (number unconfirmed), says so. In force "
        "since 30 Oct 2000."
    ),
    "north-korea/?on=2024-12-04": (
        "As of 4 Dec 2024, Russia must help North Korea militarily if it is attacked: the "
        "Russia-DPRK strategic partnership treaty (2024), Art. 4, says so. In force since 4 Dec "
        "2024."
    ),
    "azerbaijan/?on=2026-04-30": (
        "As of 30 Apr 2026, Russia may help Azerbaijan: the Russia-Azerbaijan Alliance Declaration "
        "(2022) says so. In force since 22 Feb 2022. A political declaration, not legally binding."
    ),
    "zimbabwe/?on=2026-04-30": (
        "As of 30 Apr 2026, by a text whose force is not established, Russia would work together militarily with Zimbabwe: the "
        "Russia–Zimbabwe military cooperation (reported) says so, as reported; its text is not "
        "public. Unknown on the day: not established whether it holds. Low confidence."
    ),
    "libya/?on=2026-04-30": (
        "As of 30 Apr 2026, Russia supplies Libya with arms or technology: the Russia–Libya arms "
        "contract (2010) says so, as reported; its text is not public. In force; signed 29 Jan "
        "2010. Its operation is suspended."
    ),
    "georgia/?on=2026-04-30": (
        "No promise of Russia to Georgia stands on 30 Apr 2026. CIS Charter (1993), Art. 12 "
        "(number unconfirmed): Ended 18 Aug 2009."
    ),
    "soviet-union/?on=1985-01-01": (
        "On 1 Jan 1985 promises of Soviet Union to 6 states stand. They are in one table: "
        "partners of Soviet Union. This page has what others promise it, its agreements and what "
        "came of them."
    ),
    "russia/?on=2026-04-30": (
        "On 30 Apr 2026 promises of Russia to 24 states stand. They are in one table: partners of "
        "Russia. This page has what others promise it, its agreements and what came of them."
    ),
    "cuba/?promisor=SUN&on=1985-01-01": (
        "As of 1 Jan 1985, by a text whose force is not established, the Soviet Union would pledge Cuba help if it is attacked and decide "
        "itself how: Khrushchev's public pledges to Cuba (1961-63), Message of 18 April 1961, says "
        "so. Unknown on the day: start not established; signed 18 Apr 1961. A statement by leaders "
        "or governments. Another clause stands on this rung."
    ),
}


@pytest.mark.parametrize("address", HEADLINES)
def test_the_headline_is_a_sentence_no_stronger_than_the_record(
    client: Client, address: str
) -> None:
    assert answers(get(client, f"/states/{address}")) == [HEADLINES[address]]


def test_the_day_is_said_only_of_another_day_than_today(client: Client) -> None:
    assert answers(get(client, "/states/armenia/"))[0].startswith("Russia must help Armenia")


# Each rung's verb, weaker down the list, as it holds and in the conditional.
VERBS = {
    1: ("must help Taker militarily", "would have to help Taker militarily"),
    2: ("pledges Taker help", "would pledge Taker help"),
    3: ("may help Taker", "might help Taker"),
    4: ("must consult with Taker", "would have to consult with Taker"),
    5: ("will not help a state that attacks Taker", "would not help a state that attacks Taker"),
    6: ("will not attack Taker", "would not attack Taker"),
    7: ("works together militarily with Taker", "would work together militarily with Taker"),
    8: ("grants Taker bases or access", "would grant Taker bases or access"),
    9: ("supplies Taker with arms or technology", "would supply Taker with arms or technology"),
}


def a_span(
    level: Level, status: DayStatus, suspended: bool, disclosure: str, trigger: str, force: str
) -> CommitmentSpan:
    agreement = Agreement(
        ref="a", short_title="Text", text_disclosure=disclosure, force=force, signed="2001"
    )
    rung = ObligationLevel(ref=level.code, rank=level.rank, label="a label")
    source = Source(pk=1, ref="s", title="A source", seen=Seen.RECALL)
    clause = Obligation(
        ref="a/o1", level=rung, trigger_code=trigger, source=source, confidence="low"
    )
    commitment = Commitment(agreement=agreement, obligation=clause, level=rung)
    return CommitmentSpan(commitment=commitment, status=status, suspended=suspended)


@given(
    level=st.sampled_from(Level),
    status=st.sampled_from([*HOLDING, DayStatus.SIGNED, DayStatus.UNKNOWN]),
    suspended=st.booleans(),
    disclosure=st.sampled_from([str(code) for code in Disclosure]),
    trigger=st.sampled_from([str(code) for code in TriggerCode]),
    force=st.sampled_from([str(code) for code in Force]),
)
def test_no_headline_uses_a_stronger_verb_than_its_rung(
    level: Level, status: DayStatus, suspended: bool, disclosure: str, trigger: str, force: str
) -> None:
    span = a_span(level, status, suspended, disclosure, trigger, force)
    giver, taker = State(name="Giver"), State(name="Taker")
    said = words(headline(Relation(giver, [span]), giver, taker, date(2020, 1, 1), Footnotes([])))
    holds = status in HOLDING
    found = [rank for rank, verbs in VERBS.items() if any(verb in said for verb in verbs)]
    assert found == ([level.rank] if level.rank else [])
    if level.rank:
        assert (VERBS[level.rank][0] in said) is holds
        assert (VERBS[level.rank][1] in said) is not holds
        assert ("as reported; its text is not public" in said) is (disclosure == "undisclosed")
    else:
        assert "would" not in said
    assert ("suspended" in said) is suspended
    assert ("not legally binding" in said) is (force == "declaration")
    assert "Source recalled, not re-read." in said


def test_what_is_frozen_stands_apart_with_its_note_and_its_sources(client: Client) -> None:
    held = section(get(client, "/states/armenia/?on=2026-04-30"), "held")
    assert held.startswith(
        "What is or was suspended Collective Security Treaty (1992) 5 6 7 8 +20: Armenia, recorded "
        "as suspended from 22 Feb 2024 (frozen). Original signatory, party to the 1999 extension. "
        "On 22 February 2024 Prime Minister Pashinyan said participation was frozen; no notice of "
        "withdrawal had been given by January 2026"
    )
    assert "CSTO Charter (2002): Armenia, recorded as suspended from 22 Feb 2024 (frozen)." in held


def test_a_clause_has_its_words_trigger_direction_status_and_cautions(client: Client) -> None:
    promised = section(get(client, "/states/armenia/?on=2026-04-30"), "promised")
    assert (
        "Pledges help, each decides how 2 Gyumri Base Protocol No. 5 (2010), Art. 1 (amending Art. "
        "3 of the 1995 treaty) (number unconfirmed) “it will provide for the security not only of "
        "Russia but also of Armenia, jointly with its armed forces” 13 When Security of Armenia, "
        "while the base is in Armenia. Who Russia owes it to Armenia; one way. Status In force "
        "since 6 Jul 2011. 14 Trust Medium confidence; Article number unconfirmed."
    ) in promised
    assert "Who Both ways: each owes it to the other." in promised


def test_only_the_text_s_own_words_are_in_the_book_face(client: Client) -> None:
    page = get(client, "/states/togo/?on=2026-04-30").split('id="promised"')[1].split('id="owed"')
    assert "<blockquote>" not in page[0]
    assert words(page[0]).count("A summary, not the text's own words; Translated") == 2
    assert "Said of the text, not its own words." in words(page[0])
    assert "<blockquote>" in get(client, "/states/north-korea/?on=2024-12-04")


def test_each_caution_is_explained_once(client: Client) -> None:
    page = get(client, "/states/togo/?on=2026-04-30")
    assert section(page, "cautions") == (
        "What the cautions mean "
        "A summary, not the text's own words The words are somebody's summary, in the press or "
        "elsewhere, not the text's own. "
        "Said of the text, not its own words The words are a person's about the agreement, not "
        "the text's own. "
        "Translated The words were translated for this reference or by the source; the original "
        "decides. "
        "Low confidence Rests on memory, on one weak source or on a reading."
    )


def test_what_binds_both_ways_is_named_once_more_and_not_quoted_again(client: Client) -> None:
    page = get(client, "/states/armenia/?on=2026-04-30")
    owed = section(page, "owed")
    assert owed.startswith("What Armenia promises Russia 17 clauses quoted above bind both ways:")
    assert "8 102nd Base Treaty, Armenia (1995), preamble" in owed
    assert owed.count("“") == 1


def test_the_article_s_sentences_stand_with_verdict_reasons_and_evidence(client: Client) -> None:
    page = get(client, "/states/togo/?on=2026-04-30")
    article = section(page, "article")
    assert "Supported passage" in article
    assert "Reasons" in article
    assert "Evidence Russia–Togo military cooperation agreement (2025)" in article
    assert 'href="/claims/#' in page


def test_tested_promises_name_the_clause_and_set_related_texts_apart(client: Client) -> None:
    tested = section(get(client, "/states/armenia/?on=2026-04-30"), "tested")
    assert (
        "13 Sep 2022 – 14 Sep 2022: Armenia invokes Article 4 after Azerbaijan's attack. Asked: "
        "formal invocation. Done: mission or observers."
    ) in tested
    north_korea = section(get(client, "/states/russia/?on=2026-04-30"), "tested")
    assert (
        "Tested none: no promise recorded here stood on that day. Related Russia-DPRK strategic "
        "partnership treaty (2024) (linked, not counted here)"
    ) in north_korea


def test_others_codings_are_attributed_and_printed_as_given(client: Client) -> None:
    codings = section(get(client, "/states/uzbekistan/?on=2012-06-27"), "codings")
    assert codings.startswith("How others code it Not our data. Each value is its data set’s")
    assert (
        "CSTO Charter (2002), Alliance Treaty Obligations and Provisions (ATOP), version 4.01, "
        "member exit UZB (substance). Ours: 2012-12-19. Theirs: 2012-06-28. Two steps of one act"
    ) in codings
    assert "Uzbekistan, CSTO Charter (2002)" in codings


def test_comings_and_goings_also_where_the_promisor_takes_no_part(client: Client) -> None:
    page = get(client, "/states/cuba/?on=2026-04-30")
    agreements = section(page, "agreements")
    assert "Soviet-Cuban friendship treaty (1989)" in agreements
    uzbekistan = get(client, "/states/uzbekistan/?on=2012-06-27").split('id="agreements"')[1]
    rows = [r for r in table_rows(uzbekistan) if r[0] == "Collective Security Treaty (1992)"]
    assert [(words(row[3]), words(row[4])) for row in rows] == [
        ("Left: 20 Apr 1999", "Withdrawn"),
        ("Left: 19 Dec 2012", "Withdrawn Suspended from 28 Jun 2012"),
    ]


@pytest.mark.parametrize("slug", ["armenia", "belarus", "russia", "togo", "libya", "georgia"])
def test_footnotes_are_numbered_as_they_come_and_every_link_arrives(
    client: Client, slug: str
) -> None:
    page = get(client, f"/states/{slug}/?on=2026-04-30")
    listed = listed_numbers(page)
    assert listed == list(range(1, len(listed) + 1))
    assert footnote_numbers(page) == listed
    assert broken_fragments(page) == []


def test_a_source_says_its_language_and_its_kind(client: Client) -> None:
    page = get(client, "/states/togo/?on=2026-04-30")
    sources = section(page, "sources")
    assert "News, French." in sources


def test_a_state_that_was_never_researched_says_so(client: Client) -> None:
    page = words(get(client, "/states/georgia/?promisor=ARM&on=2000-04-30"))
    assert (
        "Agreements between Armenia and Georgia were not researched; only multilateral texts may "
        "name them."
    ) in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_makes_as_many_queries_for_any_number_of_agreements_and_events(
    client: Client, django_assert_num_queries: Callable[[int], object], number: int
) -> None:
    promisor, partner, _agreement = two_states_with(number)
    with django_assert_num_queries(15):  # type: ignore[attr-defined]
        page = get(client, f"{partner.get_absolute_url()}?promisor={promisor.ref}&on=2006-01-01")
    assert page.count('class="clause"') == number
    assert page.count('class="fold event"') == number


@pytest.mark.parametrize(
    "address",
    ["armenia/", "russia/", "belarus/", "russia/?promisor=ARM", "kyrgyzstan/", "cuba/"],
)
def test_the_page_of_a_state_with_much_to_tell_stays_light(client: Client, address: str) -> None:
    response = client.get(f"/states/{address}", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.content) < 30_000
    assert len(gzip.decompress(response.content)) < 127_000
