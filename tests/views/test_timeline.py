"""The timeline: exact lanes, the same in its table; years and steps; lanes on a record's pages."""

import gzip
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliances.models import State
from tests.views.detail import two_states_with
from tests.views.reading import get, table_rows, words

pytestmark = pytest.mark.django_db
COVERAGE_DATE = "2026-04-30"
CST = "/agreements/csto-collective-security-treaty-1992/"


def lanes(page: str) -> dict[str, str]:
    """The lanes of a record's page by their name: each in words, as it is read aloud."""
    found = re.findall(
        r'<li class="course"><a [^>]*>(.*?)</a><svg class="lane" role="group" aria-label="(.*?)">',
        page,
    )
    return {words(name): words(label) for name, label in found}


def bars(page: str, partner: str) -> list[str]:
    """The bars of one partner's lane, each in words, in order."""
    (lane,) = re.findall(rf'aria-label="{partner}: [^"]*">(.*?)</svg>\s*</li>', page, re.DOTALL)
    return [words(title) for title in re.findall(r"<title>(.*?)</title>", lane)]


def rows_of(page: str, partner: str) -> list[list[str]]:
    table = page.split('class="records over-time"')[1]
    return [row[1:] for row in table_rows(table) if row[0] == partner]


TREATY_2024 = "Russia-DPRK strategic partnership treaty (2024)"
NORTH_KOREA = [
    ["1 Must help militarily", "USSR-DPRK mutual assistance treaty (1961), Art. 1", "26 Dec 1991", "10 Sep 1996", "In force."],
    ["4 Must consult", "Russia-DPRK friendship treaty (2000), Art. 2 (number unconfirmed)", "9 Feb 2000", "30 Oct 2000", "Only signed."],
    ["4 Must consult", "Russia-DPRK friendship treaty (2000), Art. 2 (number unconfirmed)", "30 Oct 2000", "4 Dec 2024", "In force."],
    ["1 Must help militarily", f"{TREATY_2024}, Art. 4", "4 Dec 2024", "no end known", "In force."],
]  # fmt: skip


def test_north_korea_between_two_treaties(client: Client) -> None:
    page = get(client, f"/timeline/?on={COVERAGE_DATE}")
    found = rows_of(page, "North Korea")
    assert found[:4] == NORTH_KOREA
    assert bars(page, "North Korea")[3] == (
        f"Must help militarily: in force, from 4 Dec 2024. {TREATY_2024}, Art. 4"
    )


def test_togo_has_a_signature_and_no_more(client: Client) -> None:
    page = get(client, f"/timeline/?on={COVERAGE_DATE}")
    (row, *tests) = rows_of(page, "Togo")
    assert row == [
        "6 Won't attack each other",
        "Russia–Togo military cooperation agreement (2025), article not known",
        "3 Apr 2025",
        "no end known",
        "Only signed.",
    ]
    assert tests == []


def test_uzbekistan_joined_left_returned_was_suspended_and_left(client: Client) -> None:
    page = get(client, f"/timeline/?partner=UZB&on={COVERAGE_DATE}")
    treaty = "Collective Security Treaty (1992), Art. 4 (1992 text)"
    found = rows_of(page, "Uzbekistan")
    assert [(row[2], row[3], row[4]) for row in found if row[1] == treaty] == [
        ("15 May 1992", "20 Apr 1994", "Only signed."),
        ("20 Apr 1994", "20 Apr 1999", "In force."),
        ("16 Aug 2006", "28 Jun 2012", "In force."),
        ("28 Jun 2012", "19 Dec 2012", "In force, suspended."),
    ]
    assert found[-1] == [
        "Tested",
        "Uzbekistan asks for military-technical help against insurgents",
        "28 Aug 2000",
        "",
        "",
    ]
    assert 'href="/agreements/csto-collective-security-treaty-1992/?on=2012-12-18#' in page


def test_armenia_s_treaty_takes_over_where_the_collective_one_is_frozen(client: Client) -> None:
    found = rows_of(get(client, f"/timeline/?partner=ARM&on={COVERAGE_DATE}"), "Armenia")
    assert [row for row in found if row[0] != "Tested"][-2:] == [
        [
            "1 Must help militarily",
            "Collective Security Treaty (1992), Art. 4 (as amended 10 December 2010)",
            "19 Dec 2012",
            "22 Feb 2024",
            "In force.",
        ],
        [
            "1 Must help militarily",
            "Russia-Armenia Mutual Assistance Treaty (1997), Art. 3",
            "22 Feb 2024",
            "no end known",
            "In force.",
        ],
    ]


def test_a_date_known_to_the_year_is_printed_as_a_year(client: Client) -> None:
    found = rows_of(get(client, f"/timeline/?partner=IND&on={COVERAGE_DATE}"), "India")
    assert [row[2:] for row in found[:3]] == [
        ["26 Dec 1991", "1993", "In force."],
        ["1993", "1993", "Day not known."],
        ["1993", "12 Jan 2026", "Not established: start not established."],
    ]


def test_the_figure_has_a_link_for_every_row_of_its_table(client: Client) -> None:
    page = get(client, f"/timeline/?on={COVERAGE_DATE}")
    figure, table = page.split('class="records over-time"')
    rows = [row for row in table_rows(table) if "no promise" not in row[1]]
    assert figure.count("<title>") - 1 == len(rows)  # one is the page's own
    assert len(rows) > 100


def test_a_narrow_bar_is_no_stop_for_the_keyboard_and_a_wide_one_is(client: Client) -> None:
    page = get(client, f"/timeline/?partner=UZB&on={COVERAGE_DATE}")
    links = re.findall(r"<a class=\"r1 [^>]*>\s*<title>.*?</title>", page)
    (wide,) = (link for link in links if "in force, 20 Apr 1994 – 20 Apr 1999" in link)
    (narrow,) = (link for link in links if "suspended, 28 Jun 2012 – 19 Dec 2012" in link)
    assert 'tabindex="-1"' not in wide
    assert 'tabindex="-1"' in narrow


def test_lanes_follow_the_order_and_the_headings_of_the_matrix(client: Client) -> None:
    page = get(client, f"/timeline/?sort=region&on={COVERAGE_DATE}")
    heads = [words(head) for head in re.findall(r"<h2>(.*?)</h2>", page)]
    assert heads == ["Africa 9", "Americas 3", "Asia 11", "Europe 1"]
    matrix = get(client, f"/matrix/?sort=region&on={COVERAGE_DATE}")
    names = [row[0] for row in table_rows(matrix.split("</thead>")[1])]
    assert re.findall(r'<li class="course"><a [^>]*>(.*?)</a>', page) == names


def test_the_received_direction_has_the_promisors_as_lanes(client: Client) -> None:
    page = get(client, f"/timeline/?promisor=ARM&direction=received&on={COVERAGE_DATE}")
    assert "What Armenia was promised, year by year" in page
    assert (
        rows_of(page, "Russia")[-7][1] == "Russia-Armenia Mutual Assistance Treaty (1997), Art. 3"
    )
    assert "/commitments/?on=2026-04-30&amp;partner=ARM" in page


def years_shown(page: str) -> list[str]:
    axis = page.split('class="lane axis')[1].split("</svg>")[0]
    return re.findall(r'<text x="[^"]*" y="38"[^>]*>(\d+)</text>', axis)


def test_the_years_asked_for_are_shown_and_stay_in_the_forms(client: Client) -> None:
    page = get(client, "/timeline/?partner=UZB&from=2010&to=2013")
    assert years_shown(page) == ["2010", "2011", "2012", "2013"]
    assert '<input type="hidden" name="from" value="2010">' in page
    assert "suspended, 28 Jun 2012" in page.split("over-time")[0]
    assert "20 Apr 1994 – 20 Apr 1999. " not in page.split("over-time")[0]
    assert "20 Apr 1999" in page.split('class="records over-time"')[1]
    assert "lies outside the years shown" in page
    assert 'href="/timeline/?partner=UZB"' in page  # all years
    assert 'href="/matrix/?partner=UZB"' in page  # which does not know the years


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("from=999", "Years from: Write a year from 1000 to 9998, for example 1992."),
        ("from=9999", "Years from: Write a year from 1000 to 9998, for example 1992."),
        ("to=20_0", "to: Write a year from 1000 to 9998, for example 1992."),
        ("to=+2000", "to: Write a year from 1000 to 9998, for example 1992."),
        ("from=2001&to=2000", "to: The last year lies before the first."),
        ("from=2000&from=2001", "Years from: Give this once."),
        ("year=abcd", "On 31 December of: Write a year from 1000 to 9998, for example 1992."),
    ],
)
def test_a_year_that_cannot_be_read_is_refused_beside_its_field(
    client: Client, query: str, message: str
) -> None:
    response = client.get(f"/timeline/?{query}")
    page = response.content.decode()
    assert response.status_code == 400
    assert message in words(page)
    assert 'aria-label="Years shown"' in page
    assert 'class="course"' not in page


@pytest.mark.parametrize(
    "query", ["from=1000&to=9998", "from=1000&to=1000", "on=1000-01-01", "on=9999-12-30"]
)
def test_the_farthest_years_are_answered(client: Client, query: str) -> None:
    page = get(client, f"/timeline/?{query}")
    places = [float(x) for x in re.findall(r' x[12]?="(-?[\d.]+)%"', page)]
    assert places
    assert all(0 <= place <= 100 for place in places)


def test_the_stepper_leads_to_the_end_of_a_year_and_keeps_what_is_asked(client: Client) -> None:
    page = get(client, "/timeline/?region=Asia&on=2012-06-27&from=1990")
    assert 'rel="prev" href="/timeline/?on=2011-12-31&amp;region=Asia&amp;from=1990"' in page
    assert 'rel="next" href="/timeline/?on=2013-01-01&amp;region=Asia&amp;from=1990"' in page
    stepper = page.split('aria-label="Another year"')[1].split("</form>")[0]
    assert re.findall(r'name="(\w+)"[^>]* value="([^"]*)"', stepper) == [
        ("region", "Asia"),
        ("from", "1990"),
        ("year", "2012"),
    ]
    response = client.get("/timeline/?region=Asia&from=1990&year=2012")
    assert response.status_code == 302
    assert response.headers["Location"] == "/timeline/?on=2012-12-31&region=Asia&from=1990"


def test_the_stepper_stops_at_the_first_and_the_last_year(client: Client) -> None:
    assert 'rel="prev"' not in get(client, "/timeline/?on=1000-05-05")
    assert 'rel="next"' not in get(client, "/timeline/?on=9999-05-05")


@pytest.mark.parametrize("partners", [1, 3])
def test_the_timeline_makes_as_many_queries_for_any_number_of_partners(
    client: Client,
    promisor_with: Callable[[int], State],
    django_assert_num_queries: Callable[[int], Any],
    partners: int,
) -> None:
    promisor = promisor_with(partners)
    with django_assert_num_queries(12):
        page = get(client, f"/timeline/?promisor={promisor.ref}&on=2020-01-01")
    name = f"Partner {partners}.000"
    assert [row[2:] for row in rows_of(page, name)] == [
        ["3 Feb 2001", "4 Mar 2002", "Only signed."],
        ["4 Mar 2002", "no end known", "In force."],
    ]
    assert page.count('class="course"') == partners


def test_the_timeline_stays_light(client: Client) -> None:
    page = get(client, "/timeline/").encode()
    assert len(page) < 200_000
    assert len(gzip.compress(page)) < 40_000


def test_no_match_says_so_and_draws_nothing(client: Client) -> None:
    page = get(client, "/timeline/?level=basing_or_access&region=Oceania")
    assert "Nothing matches all that is asked." in page
    assert 'class="course"' not in page


def test_the_collective_security_treaty_has_a_lane_per_party(client: Client) -> None:
    found = lanes(get(client, f"{CST}?on={COVERAGE_DATE}"))
    assert list(found) == [
        "Armenia", "Azerbaijan", "Belarus", "Georgia", "Kazakhstan", "Kyrgyzstan", "Russia",
        "Tajikistan", "Uzbekistan",
    ]  # fmt: skip
    assert found["Uzbekistan"] == (
        "only signed 15 May 1992 – 20 Apr 1994; in force 20 Apr 1994 – 20 Apr 1999; "
        "in force 16 Aug 2006 – 28 Jun 2012; in force, suspended 28 Jun 2012 – 19 Dec 2012"
    )
    assert found["Armenia"].startswith(
        "only signed 15 May 1992 – 20 Apr 1994; in force 20 Apr 1994 – 22 Feb 2024; "
        "in force, suspended from 22 Feb 2024; tested: Tavush border fighting (12 Jul 2020);"
    )
    assert found["Georgia"] == (
        "only signed 9 Dec 1993 – 20 Apr 1994; in force 20 Apr 1994 – 20 Apr 1999"
    )


def test_a_state_s_page_has_a_lane_per_agreement_with_the_promisor(client: Client) -> None:
    found = lanes(get(client, f"/states/north-korea/?on={COVERAGE_DATE}"))
    assert found == {
        "USSR-DPRK mutual assistance treaty (1961)": "in force 26 Dec 1991 – 10 Sep 1996",
        "Russia-DPRK friendship treaty (2000)": (
            "only signed 9 Feb 2000 – 30 Oct 2000; in force 30 Oct 2000 – 4 Dec 2024"
        ),
        TREATY_2024: found[TREATY_2024],
    }
    assert found[TREATY_2024].startswith(
        "only signed 19 Jun 2024 – 4 Dec 2024; in force from 4 Dec 2024"
    )


def test_a_year_without_a_day_is_said_as_a_year_on_a_lane(client: Client) -> None:
    found = lanes(get(client, "/pairs/armenia/russia/"))
    assert found["Russia-Armenia Friendship Treaty (1991)"] == (
        "not established: start not established 29 Dec 1991 – 1997; day not known in 1997"
    )
    assert found["Russia-Armenia Mutual Assistance Treaty (1997)"].startswith(
        "only signed 29 Aug 1997 – 1998; day not known in 1998; in force from 1998; tested:"
    )


def test_the_promisor_s_own_page_has_no_lanes_with_itself(client: Client) -> None:
    assert lanes(get(client, "/states/russia/")) == {}


@pytest.mark.parametrize("number", [1, 3])
def test_a_pair_has_a_lane_per_agreement_under_the_same_queries(
    client: Client, django_assert_num_queries: Callable[[int], Any], number: int
) -> None:
    promisor, partner, _agreement = two_states_with(number)
    with django_assert_num_queries(12):
        page = get(client, f"/pairs/{promisor.slug}/{partner.slug}/?on=2006-01-01")
    found = re.findall(r'class="lane" role="group" aria-label="(.*?)"', page)
    tested = "tested: An attack (1 Jan 2005)"
    lane = f"only signed 3 Feb 2001 – 4 Mar 2002; in force from 4 Mar 2002; {tested}"
    assert found == [lane] * number


@pytest.mark.parametrize("number", [1, 3])
def test_a_state_has_a_lane_per_agreement_under_the_same_queries(
    client: Client, django_assert_num_queries: Callable[[int], Any], number: int
) -> None:
    promisor, partner, _agreement = two_states_with(number)
    with django_assert_num_queries(15):
        page = get(client, f"{partner.get_absolute_url()}?promisor={promisor.ref}&on=2006-01-01")
    assert len(lanes(page)) == 1  # the made-up agreements share one name
    assert page.count('class="lane" role="group"') == number


def test_the_stages_of_a_year_are_those_of_today(client: Client) -> None:
    page = get(client, "/timeline/")
    assert f'name="year" min="1000" max="9998" value="{date.today().year}"' in page


TEXTS = st.text(max_size=6) | st.sampled_from(
    ["", "\0", "2000\n", " 2000", "２０００", "9" * 5_000, "1e3"]
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(["from", "to", "year"]), text=TEXTS)
def test_any_text_as_a_year_is_answered_or_refused(client: Client, name: str, text: str) -> None:
    response = client.get("/timeline/", {"partner": "TGO", name: text})
    in_bounds = re.fullmatch("[0-9]{4}", text) is not None and 1000 <= int(text) <= 9998
    readable = not text or in_bounds
    assert response.status_code == ((302 if name == "year" and text else 200) if readable else 400)
    page = response.content.decode()
    assert ("Write a year from 1000 to 9998, for example 1992." in page) is not readable
    assert ("Russia–Togo military cooperation agreement" in page) is (response.status_code == 200)
