"""Partners compared: exact cells, blanks that say which they are, bad input, a constant cost."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from alliances.commitments import rebuilt_at_the_end
from alliances.models import State
from tests.views.conftest import make_promise
from tests.views.detail import answers, broken_fragments, footnote_numbers, listed_numbers
from tests.views.reading import get, words

pytestmark = pytest.mark.django_db
THREE = "/compare/?state=PRK&state=IRN&state=VEN&on=2026-04-30"


def cell(page: str, name: str) -> str:
    return words(page.split(f'<td id="{name}"')[1].partition(">")[2].split("</td>")[0])


def head(page: str, ref: str) -> str:
    return words(page.split(f'<th scope="col" id="{ref}">')[1].split("</th>")[0])


def rungs(page: str) -> list[str]:
    return [words(row) for row in re.findall(r'<th scope="rowgroup".*?>(.*?)</th>', page)]


def checked(page: str) -> list[str]:
    return re.findall(r'name="state" value="(\w+)" checked', page)


def test_the_answer_names_each_strongest_promise_in_the_order_asked_for(client: Client) -> None:
    page = get(client, THREE)
    assert answers(page) == [
        "The strongest promise of Russia on 30 Apr 2026: to North Korea “must help militarily” (in "
        "force); to Iran “must consult” (in force); to Venezuela “works together militarily” (in "
        "force)."
    ]
    assert '<h1 class="title">North Korea, Iran, Venezuela</h1>' in page
    assert checked(page) == ["IRN", "PRK", "VEN"]


def test_every_rung_is_a_row_and_every_partner_a_column(client: Client) -> None:
    page = get(client, THREE)
    assert rungs(page) == [
        "1 Must help militarily",
        "2 Pledges help, each decides how",
        "3 May help",
        "4 Must consult",
        "5 Won't help the attacker",
        "6 Won't attack each other",
        "7 Works together militarily",
        "8 Grants bases or access",
        "9 Supplies arms or technology",
        "Texts without a rank",
    ]
    assert re.findall(r'<td id="([A-Z0-9-]+)"', page) == [
        f"{state}-{rank}" for rank in (*range(1, 10), 0) for state in ("PRK", "IRN", "VEN")
    ]
    assert (
        head(page, "VEN")
        == "Venezuela 7 8 9 +1 Researched to Apr 2026 Both ways · Remove Venezuela"
    )


def test_a_cell_has_words_trigger_status_and_the_others_on_its_rung(client: Client) -> None:
    page = get(client, THREE)
    assert cell(page, "PRK-1") == (
        "North Korea 1 Russia-DPRK strategic partnership treaty (2024), Art. 4 “Should either side "
        "face an armed attack by one or several states and thus find itself in a state of war, the "
        "other side shall immediately provide military and other assistance by all means at its "
        "disposal in accordance with Article 51 of the UN Charter and legislation of the Russian "
        "Federation and North Korea” 1 When Armed attack by one or several states that puts a party "
        "in a state of war. Status In force since 4 Dec 2024."
    )
    assert cell(page, "IRN-4") == (
        "Iran 4 Russia-Iran strategic partnership treaty (2025), Art. 5(4) No wording is quoted. 3 "
        "When Common military and security threats of a bilateral and regional nature. Status In "
        "force since 2 Oct 2025. 4 Russia-Iran basic treaty (2001), article not known (not "
        "established) All 2 clauses with their words"
    )
    assert (
        'href="/commitments/?promisor=RUS&amp;partner=IRN&amp;level=consultation&amp;on=2026-04-30"'
    ) in page


def test_what_stands_best_is_shown_in_full_though_another_is_quoted(client: Client) -> None:
    shown = cell(get(client, THREE), "IRN-6")
    assert shown.startswith("Iran 6 Russia-Iran strategic partnership treaty (2025), Art. 3(4)")
    assert "6 Russia-Iran basic treaty (2001), Art. 2 or 3 (not established)" in shown


def test_a_blank_says_which_blank_it_is(client: Client) -> None:
    page = get(client, THREE)
    assert (cell(page, "IRN-1"), cell(page, "VEN-1")) == (
        "Iran None found",
        "Venezuela Not established",
    )
    assert page.count('href="/about/#blank-none_found"') == 11
    assert page.count('href="/about/#blank-not_established"') == 6
    other = get(client, "/compare/?promisor=ARM&state=GEO&state=TGO&on=2026-04-30")
    assert cell(other, "TGO-1") == "Togo Not researched"
    assert cell(other, "GEO-1") == (
        "Georgia 1 Collective Security Treaty (1992), Art. 4 (1992 text): Ended 20 Apr 1999. None "
        "stands on the day. Not researched"
    )
    assert head(other, "TGO") == "Togo Agreements between these two were not researched Both ways"


def test_cautions_and_suspensions_are_said(client: Client) -> None:
    page = get(client, "/compare/?state=UZB&state=ARM&on=2026-04-30")
    assert "Collective Security Treaty (1992): Participation suspended since 22 Feb 2024." in head(
        page, "ARM"
    )
    assert "Trust High confidence; Article number unconfirmed." in cell(page, "UZB-1")
    assert "(in force, suspended)" in cell(page, "ARM-1")


def test_the_day_changes_the_comparison(client: Client) -> None:
    before = get(client, "/compare/?state=UZB&state=KGZ&on=2012-06-27")
    after = get(client, "/compare/?state=UZB&state=KGZ&on=2012-12-20")
    assert cell(before, "UZB-5").endswith("Status In force since 16 Aug 2006.")
    assert cell(after, "UZB-5") == (
        "Uzbekistan 5 Collective Security Treaty (1992), Art. 1(2): Ended 19 Dec 2012. None stands "
        "on the day."
    )


def test_a_partner_is_removed_by_a_link_until_two_are_left(client: Client) -> None:
    page = get(client, THREE)
    assert re.findall(r'href="([^"]+)">Remove', page) == [
        "?on=2026-04-30&amp;state=IRN&amp;state=VEN",
        "?on=2026-04-30&amp;state=PRK&amp;state=VEN",
        "?on=2026-04-30&amp;state=PRK&amp;state=IRN",
    ]
    two = get(client, "/compare/?state=IRN&state=VEN")
    assert (two.count("Remove"), len(re.findall(r'<td id="', two))) == (0, 20)


def test_sources_are_numbered_as_they_come_and_every_link_arrives(client: Client) -> None:
    page = get(client, THREE)
    assert footnote_numbers(page) == listed_numbers(page) == list(range(1, 11))
    assert broken_fragments(page) == []


def test_without_partners_the_form_offers_them(client: Client) -> None:
    page = get(client, "/compare/?state=&on=")
    assert answers(page) == [
        "Choose two to six states to see what Russia promises each, rung by rung, wording beside "
        "wording."
    ]
    offered = re.findall(r'name="state" value="(\w+)"', page)
    assert (len(offered), offered[:3], "RUS" in offered, checked(page)) == (
        25,
        ["ARM", "AZE", "BLR"],
        False,
        [],
    )
    assert '<option value="RUS" selected>Russia</option>' in page
    assert '<details class="choices" open>' in page


SIX = "state=ARM&state=KAZ&state=BLR&state=KGZ&state=TJK&state=UZB"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("state=PRK", "Choose two to six partners; 1 given."),
        (f"{SIX}&state=IRN", "Choose two to six partners; 7 given."),
        ("state=XXX&state=PRK", "“XXX” is no code of a state."),
        ("state=prk&state=IRN", "“prk” is no code of a state."),
        ("state=PRK&state=PRK", "“PRK” is given more than once."),
        (
            "state=RUS&state=PRK",
            "Russia makes the promises here; choose states that it made them to.",
        ),
        ("promisor=XXX&state=PRK&state=IRN", "No state with this code has made a promise here."),
        ("on=2012&state=PRK&state=IRN", "Write the day as YYYY-MM-DD, for example 2012-06-27."),
        ("state=PRK&state=" + "x" * 9000, "“" + "x" * 60 + "” is no code of a state."),
    ],
)
def test_a_bad_value_is_refused_beside_its_field(client: Client, query: str, message: str) -> None:
    response = client.get(f"/compare/?{query}")
    page = response.content.decode()
    assert response.status_code == 400
    assert [words(each) for each in re.findall(r'class="errors"[^>]*>(.*?)</', page)] == [message]
    assert (page.count("<td"), answers(page)) == (0, [])
    assert ("PRK" in checked(page)) == ("state=PRK" in query)
    assert len(page) < 12_000


def test_an_unknown_parameter_is_named(client: Client) -> None:
    page = get(client, f"{THREE}&colour=red")
    assert "Ignored, because this page does not know them: colour" in words(page)


@pytest.mark.parametrize(("partners", "clauses"), [(2, 1), (6, 3)])
def test_any_number_of_partners_and_clauses_makes_as_many_queries(
    client: Client,
    state: Callable[[str], State],
    django_assert_num_queries: Callable[[int], object],
    partners: int,
    clauses: int,
) -> None:
    levels = ("mutual_defence_automatic", "consultation", "non_aggression")[:clauses]
    with rebuilt_at_the_end():
        promisor = state("Giver")
        others = [state(f"Taker {number}") for number in range(partners)]
        for other in others:
            for level in levels:
                make_promise(promisor, other, level)
    asked = "&".join(f"state={other.ref}" for other in others)
    with django_assert_num_queries(8):  # type: ignore[attr-defined]
        page = get(client, f"/compare/?promisor={promisor.ref}&{asked}&on=2006-01-01")
    assert page.count('class="basis"') == partners * clauses


def test_six_heavy_partners_stay_light(client: Client) -> None:
    assert len(get(client, f"/compare/?{SIX}").encode()) < 100_000


def test_a_state_s_page_and_the_partners_lead_here(client: Client) -> None:
    page = get(client, "/states/togo/?on=2026-04-30")
    form = page.split('action="/compare/"')[1].split("</form>")[0]
    assert re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', form) == [
        ("promisor", "RUS"),
        ("on", "2026-04-30"),
        ("state", "TGO"),
    ]
    assert len(re.findall("<option", form)) == 24
    assert 'href="/compare/?promisor=RUS&amp;on=2026-04-30"' in get(
        client, "/states/?on=2026-04-30"
    )
