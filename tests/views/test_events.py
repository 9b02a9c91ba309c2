"""Promises tested: exact rows and counts, permanent addresses, bad input, a constant number of
queries.
"""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from alliances import queries
from alliances.models import Agreement, Citation, Event, EventAgreement, Source, State
from alliances.partial_dates import PartialDate
from alliances.templatetags.reference import until
from tests.rules.records import records
from tests.views.detail import section
from tests.views.reading import get, words

pytestmark = pytest.mark.django_db
EVENTS = records("events")
LATEST_FIRST = [
    row["id"]
    for row in sorted(
        sorted(EVENTS, key=lambda row: row["id"]),
        key=lambda row: str(PartialDate(row["date"]).first),
        reverse=True,
    )
]


def entries(page: str) -> list[str]:
    return re.findall(r'<article class="entry" id="([^"]+)"', page)


def entry(page: str, ref: str) -> str:
    return words(page.split(f'id="{ref}">')[1].split("</article>")[0])


def choices(page: str, legend: str) -> list[str]:
    fieldset = page.split(f"<legend>{legend}</legend>")[1].split("</fieldset>")[0]
    return [words(item) for item in re.findall(r"<li>(.*?)</li>", fieldset)]


def test_every_event_stands_on_one_page_latest_first(client: Client) -> None:
    pages = [get(client, f"/events/?page={number}") for number in range(1, 6)]
    assert [ref for page in pages for ref in entries(page)] == LATEST_FIRST
    assert [len(entries(page)) for page in pages] == [15, 15, 15, 15, 14]
    assert "Page 5 of 5: 61 to 74 of 74" in words(pages[4])


def test_an_old_anchor_finds_its_event_on_every_page_of_the_list(client: Client) -> None:
    for number in (1, 3):
        page = get(client, f"/events/?page={number}")
        assert all(page.count(f'id="{ref}"') == 1 for ref in LATEST_FIRST)
        assert all(f'href="/events/{ref}/"' in page for ref in LATEST_FIRST)


def test_an_event_says_who_asked_whom_for_what_and_what_was_done(client: Client) -> None:
    page = get(client, "/events/?state=ARM")
    assert entry(page, "arm-2023-09-karabakh-offensive") == (
        "19 Sep 2023 – 20 Sep 2023 Who needed help: Armenia "
        "Azerbaijan's offensive in Nagorno-Karabakh "
        "The peacekeepers did not stop the attack but sheltered civilians and mediated the Karabakh "
        "side's surrender terms a day later. The Kremlin said Azerbaijan acted de jure on its own "
        "territory, pointing to Armenia's recognition of Karabakh as Azerbaijani. No invocation of "
        "the CSTO or the 1997 treaty over this attack was found. "
        "From what Azerbaijan's one-day operation against Karabakh Armenian forces in an area "
        "patrolled by Russian peacekeepers. Asked No request Done Mediation "
        "Promises tested 21 promises under 2 agreements "
        "1 Must help militarily: Collective Security Treaty (1992), Art. 4 (as amended 10 December "
        "2010). By Belarus, Kazakhstan, Kyrgyzstan, Russia, Tajikistan "
        "4 Must consult: Collective Security Treaty (1992), Art. 2(2) (as amended 10 December 2010). "
        "By Belarus, Kazakhstan, Kyrgyzstan, Russia, Tajikistan "
        "5 Won't help the attacker: Collective Security Treaty (1992), Art. 1(2). By Belarus, "
        "Kazakhstan, Kyrgyzstan, Russia, Tajikistan "
        "6 Won't attack each other: Collective Security Treaty (1992), Art. 1. By Belarus, "
        "Kazakhstan, Kyrgyzstan, Russia, Tajikistan "
        "8 Grants bases or access: Karabakh Trilateral Statement (2020), paras 3-4. By Russia (not "
        "established whether in force) "
        "The article Stated as support: Full military assistance, primarily from Russia, when the "
        "member's defence or sovereignty is threatened. Venezuela Was a Warning: Russia May Face the "
        "Scenario Again, passage 3, imprecise. "
        "Related, not counted Russia-Azerbaijan Alliance Declaration (2022) "
        "Trust Medium confidence "
        "Sources Kremlin: Azerbaijan's actions de jure on its own territory, Sputnik "
        "Russia concerned over escalation in Nagorno-Karabakh, TASS "
        "Russian peacekeepers stand inactively by as Azerbaijan renews attack on Nagorno-Karabakh, "
        "bne IntelliNews Azerbaijan and Nagorno-Karabakh, mediated by Russian peacekeepers, agree on "
        "cessation of hostilities, Sputnik Africa"
    )


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ("state=ARM", lambda e: e["state"] == "ARM"),
        ("state=ARM&state=KGZ", lambda e: e["state"] in ("ARM", "KGZ")),
        ("request=formal_invocation", lambda e: e["request"] == "formal_invocation"),
        ("response=refused&response=none", lambda e: e["response"] in ("refused", "none")),
        (
            "request=informal_request&response=troops",
            lambda e: e["request"] == "informal_request" and e["response"] == "troops",
        ),
        ("state=&request=", lambda e: True),
    ],
)
def test_the_choices_give_the_rows_that_the_files_give(
    client: Client, query: str, chosen: Callable[[dict[str, str]], bool]
) -> None:
    expected = {row["id"] for row in EVENTS if chosen(row)}
    found: set[str] = set()
    for number in range(1, -(-len(expected) // 15) + 1):
        found |= set(entries(get(client, f"/events/?{query}&page={number}")))
    assert found == expected


def test_each_choice_has_its_count_with_the_others_kept(client: Client) -> None:
    page = get(client, "/events/?state=ARM")
    assert choices(page, "What was asked") == [
        "Formal invocation 3",
        "Informal request 2",
        "No request 1",
    ]
    assert choices(page, "Promises tested") == ["At least one recorded promise 6"]
    assert choices(page, "Who needed help")[:3] == ["Armenia 6", "Belarus 1", "Burkina Faso 2"]
    whole = get(client, "/events/")
    assert choices(whole, "Promises tested") == [
        "At least one recorded promise 47",
        "No recorded promise 27",
    ]


def test_paging_keeps_the_choices(client: Client) -> None:
    page = get(client, "/events/?response=diplomatic_statement&response=none&page=2")
    kept = "response=diplomatic_statement&amp;response=none"
    assert f'href="?{kept}&amp;page=1" rel="prev"' in page
    assert f'href="?{kept}&amp;page=3" rel="next"' in page
    response = client.get("/events/?response=refused&page=7")
    assert response.status_code == 404
    assert (
        'href="/events/?response=refused&amp;page=1">Its last page is 1</a>'
        in response.content.decode()
    )


def test_nothing_found_says_so_and_offers_the_way_out(client: Client) -> None:
    page = get(client, "/events/?state=BLR&response=refused")
    assert entries(page) == []
    assert (
        "Nothing matches. Records exist, and the choices made leave none of them. "
        "Drop the choice of what was done (1) · Drop the choice of who needed help (3) · "
        "Clear all choices" in words(page)
    )
    assert 'href="?state=BLR">Drop the choice of what was done' in page


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("state=XXX", "Who needed help “XXX” is not one of the choices."),
        ("request=beg", "What was asked “beg” is not one of the choices."),
        ("tested=maybe", "Promises tested “maybe” is not one of the choices."),
        ("response=none%00", "What was done “none�” is not one of the choices."),
        ("page=0", "Page: Write a page number, for example 2."),
        ("page=1&page=2", "Page: Give this once."),
        ("state=" + "x" * 10_000, "Who needed help “" + "x" * 60 + "” is not one of the choices."),
    ],
)
def test_a_bad_value_is_refused_beside_its_field_without_rows(
    client: Client, query: str, message: str
) -> None:
    response = client.get(f"/events/?{query}")
    page = response.content.decode()
    assert response.status_code == 400
    assert message in words(page)
    assert entries(page) == []
    assert "start again" in page
    assert len(page) < 12_000


def test_an_unknown_parameter_is_named_and_ignored(client: Client) -> None:
    page = get(client, "/events/?colour=red&utm_source=x")
    assert "Ignored, because this page does not know them: colour" in words(page)
    assert len(entries(page)) == 15


def test_an_event_has_its_own_page_with_numbered_sources(client: Client) -> None:
    page = get(client, "/events/arm-2022-09-csto-appeal/")
    assert "Asked: formal invocation. Done: mission or observers." in words(page)
    assert "24 promises under 2 agreements" in words(page)
    sources = re.findall(r'<li id="s(\d)">(.*?)</li>', page, re.DOTALL)
    assert [number for number, _source in sources] == ["1", "2", "3", "4"]
    assert words(sources[1][1]) == (
        "Armenia asks the CSTO to apply Article 4, Dziennik.pl, 14 Sep 2022. News, Polish."
    )
    assert client.get("/events/arm-1900-nothing/").status_code == 404


def make_event(number: int, agreement: Agreement, state: State, source: Source) -> None:
    event = Event.objects.create(
        ref=f"test-event-{number}",
        date=PartialDate("2010-05"),
        state=state,
        title=f"Event {number}",
        request="none",
        response="none",
        confidence="high",
    )
    EventAgreement.objects.create(event=event, agreement=agreement)
    Citation.objects.create(ref=f"{event.ref}/c1", event=event, source=source)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2020-07-12", None, "12 Jul 2020"),
        ("2020-07-12", "2020-07-12", "12 Jul 2020"),
        ("2020-07-12", "2020-07-28", "12 Jul 2020 – 28 Jul 2020"),
        ("2020-07-12", "2020-07", "12 Jul 2020 – some day in Jul 2020"),
        ("1982-06-06", "1983", "6 Jun 1982 – some day in 1983"),
        ("1982-06", "1983", "Jun 1982 – some day in 1983"),
        ("2011-02", "2011-10", "Feb 2011 – Oct 2011"),
        ("2011", "2012-05-01", "2011 – 1 May 2012"),
    ],
)
def test_an_end_known_less_exactly_than_the_beginning_is_some_day_of_its_span(
    first: str, last: str | None, said: str
) -> None:
    assert words(until(PartialDate(first), PartialDate(last) if last else None)) == said


def test_every_page_of_an_event_says_its_span_alike(client: Client) -> None:
    for address in ("/events/?state=ARM", "/events/arm-2020-07-tavush/", "/states/armenia/"):
        assert "12 Jul 2020 – some day in Jul 2020" in words(get(client, address)), address
    one_day = words(get(client, "/events/syr-2017-04-shayrat/"))
    assert "7 Apr 2017" in one_day
    assert "7 Apr 2017 –" not in one_day


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_makes_as_many_queries_for_any_number_of_events(
    client: Client,
    promise: Callable[..., Agreement],
    state: Callable[[str], State],
    django_assert_num_queries: Callable[[int], object],
    number: int,
) -> None:
    source = Source.objects.order_by("ref")[0]
    partner = state("Partner")
    agreements = [promise(state(f"Promisor {each}"), partner) for each in range(number)]
    for each, agreement in enumerate(agreements):
        make_event(each, agreement, partner, source)
    with django_assert_num_queries(11):  # type: ignore[attr-defined]
        page = get(client, f"/events/?state={partner.ref}")
    assert entries(page) == [f"test-event-{each}" for each in range(number)]
    assert words(page).count("1 promise under 1 agreement") == number
    with django_assert_num_queries(9):  # type: ignore[attr-defined]
        get(client, "/events/test-event-0/")


def test_the_first_view_is_light(client: Client) -> None:
    assert len(get(client, "/events/").encode()) < 80_000


def practice(page: str) -> list[list[str]]:
    """The rows of the figure: what was asked, then the counts, by answer."""
    table = page.split('<table class="practice">')[1].split("</table>")[0]
    rows = re.findall(
        r"<tr><th scope=\"row\">.*?</tr>|<tr>\s*<th scope=\"row\">.*?</tr>", table, re.DOTALL
    )
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [
        [words(first), *(words(cell).rpartition(" ")[2] for cell in rest)] for first, *rest in cells
    ]


def test_what_was_asked_and_done_is_counted(client: Client) -> None:
    page = get(client, "/events/")
    assert practice(page) == [
        ["Formal invocation", "2", "0", "1", "1", "2", "0", "0", "6"],
        ["Informal request", "2", "4", "0", "2", "8", "1", "2", "19"],
        ["No request", "0", "0", "0", "3", "5", "6", "0", "14"],
        ["Not established", "1", "1", "1", "0", "2", "3", "0", "8"],
        ["Together", "5", "5", "2", "6", "17", "10", "2", "47"],
    ]
    assert "Of 74 events here 47 tested a recorded promise." in words(page)
    assert (
        "Of 197 promises of Russia that stood or may have stood until today, 74 were tested by an "
        "event recorded here and 123 were not."
    ) in words(page)


def test_the_promises_tested_are_those_of_the_rule(client: Client) -> None:
    """74 of Russia's promises, counted from the query that the rule is held equal to."""
    own = {
        span.commitment_id
        for spans in queries.promises_tested().values()
        for span in spans
        if span.commitment.promisor.ref == "RUS"
    }
    assert len(own) == 74


def test_every_count_leads_to_as_many_events(client: Client) -> None:
    page = get(client, "/events/")
    table = page.split('<table class="practice">')[1].split("</table>")[0]
    links = re.findall(r'<a href="([^"]+)">(\d+)</a>', table)
    assert len(links) == 18 + 4 + 7
    for query, number in links:
        answer = words(get(client, f"/events/{query.replace('&amp;', '&')}"))
        assert f"{number} event" in answer.split("Promises tested")[2]


def test_the_figure_keeps_the_states_and_sets_its_own_choices_aside(client: Client) -> None:
    page = get(client, "/events/?state=ARM&request=formal_invocation&page=1")
    assert practice(page) == [
        ["Formal invocation", "0", "0", "1", "1", "1", "0", "0", "3"],
        ["Informal request", "0", "0", "0", "1", "1", "0", "0", "2"],
        ["No request", "0", "0", "0", "1", "0", "0", "0", "1"],
        ["Not established", "0", "0", "0", "0", "0", "0", "0", "0"],
        ["Together", "0", "0", "1", "3", "2", "0", "0", "6"],
    ]
    assert (
        'href="?request=informal_request&amp;response=mediation&amp;tested=yes&amp;state=ARM">1</a>'
    ) in page


def test_an_event_says_what_the_article_expected(client: Client) -> None:
    page = get(client, "/events/?state=IRN")
    first = entries(page)[0]
    assert (
        "The article Expected: Russian troops would not be sent, according to Russian officials as "
        "the article reports them. Venezuela Was a Warning: Russia May Face the Scenario Again, "
        "passage 14, supported. Expected: Whether Russia would really help if Iran were attacked is "
        "left as an open question. passage 15, contradicted. Expected: Russia would prefer to stay "
        "out if Iran were attacked. passage 16, unverifiable."
    ) in entry(page, first)
    alone = words(get(client, f"/events/{first}/"))
    assert "Expected: Russia would prefer to stay out if Iran were attacked." in alone
    togo = get(client, "/events/?state=SYR")
    assert "Expected:" not in words(togo)


def test_a_state_s_page_counts_what_came_of_its_promises(client: Client) -> None:
    tested = section(get(client, "/states/armenia/?on=2026-04-30"), "tested")
    assert (
        "Clauses owed by Russia Of those that stand on the day: 9 tested by an event recorded here, "
        "11 not. Asked, and done Where a promise of Russia was tested: Formal invocation: mission or "
        "observers 1, mediation 1, diplomatic statement 1 Informal request: mediation 1, diplomatic "
        "statement 1 No request: mediation 1 The article Stated as support: Full military assistance"
    ) in tested
