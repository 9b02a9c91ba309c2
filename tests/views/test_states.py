"""The partners' table and a state's page: exact rows, exact words, a constant number of queries."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from alliances.models import Agreement, State
from tests.views.reading import get, table_rows, words

pytestmark = pytest.mark.django_db
COVERAGE_DATE = "2026-04-30"

# Partner, strongest rung, agreement and article, status, on the coverage date of most pairs.
PARTNERS_OF_RUSSIA = [
    (
        "Armenia",
        "Russia-Armenia Mutual Assistance Treaty (1997), Art. 3 and 2 more at this rung",
        "In force since 1998.",
    ),
    (
        "Belarus",
        "Collective Security Treaty (1992), Art. 4 (as amended 10 December 2010)",
        "In force since 20 Apr 1994; this wording since 19 Dec 2012.",
    ),
    (
        "Kazakhstan",
        "Collective Security Treaty (1992), Art. 4 (as amended 10 December 2010)",
        "In force since 20 Apr 1994; this wording since 19 Dec 2012.",
    ),
    (
        "Kyrgyzstan",
        "Collective Security Treaty (1992), Art. 4 (as amended 10 December 2010)",
        "In force since 20 Apr 1994; this wording since 19 Dec 2012.",
    ),
    (
        "North Korea",
        "Russia-DPRK strategic partnership treaty (2024), Art. 4",
        "In force since 4 Dec 2024.",
    ),
    (
        "Tajikistan",
        "Collective Security Treaty (1992), Art. 4 (as amended 10 December 2010)",
        "In force since 20 Apr 1994; this wording since 19 Dec 2012.",
    ),
    (
        "Uzbekistan",
        "Russia-Uzbekistan Alliance Treaty (2005), Art. 2 (number unconfirmed)",
        "In force; signed 14 Nov 2005.",
    ),
    (
        "Azerbaijan",
        "Russia-Azerbaijan Alliance Declaration (2022), article not known",
        "In force since 22 Feb 2022.",
    ),
    (
        "Sudan",
        "Russia–Sudan naval logistics point (2020), para 3 of an article after Art. 8",
        "Signed 1 Dec 2020; not known to be in force.",
    ),
    (
        "India",
        "Russia-India friendship treaty (1993), article not known",
        "In force; signed 28 Jan 1993.",
    ),
    (
        "Iran",
        "Russia-Iran strategic partnership treaty (2025), Art. 5(4)",
        "In force since 2 Oct 2025.",
    ),
    (
        "Syria",
        "USSR-Syria friendship treaty (1980), Art. 6",
        "Unknown on the day: not established whether it holds; signed 8 Oct 1980.",
    ),
    (
        "Vietnam",
        "Russia-Vietnam basic principles treaty (1994), article not known",
        "In force; signed 16 Jun 1994.",
    ),
    (
        "Mali",
        "Russia–Mali foundations of relations (2025), article not known",
        "Signed 23 Jun 2025; not known to be in force.",
    ),
    (
        "Togo",
        "Russia–Togo military cooperation agreement (2025), article not known",
        "Signed 3 Apr 2025; not known to be in force.",
    ),
    (
        "Burkina Faso",
        "Russia–Sahel states defence memorandum (2025), article not known",
        "Signed 14 Aug 2025; not known to be in force.",
    ),
    (
        "Central African Republic",
        "Russian MoD mission in the CAR (2019), article not known",
        "In force; signed 24 Apr 2019.",
    ),
    (
        "DR Congo",
        "Russia–DRC military-technical convention (1999), article not known",
        "Unknown on the day: not established whether it holds; signed 21 Jul 1999.",
    ),
    (
        "Nicaragua",
        "Russia-Nicaragua military cooperation agreement (2025), article not known",
        "Signed 22 Sep 2025; not known to be in force.",
    ),
    (
        "Niger",
        "Russia–Sahel states defence memorandum (2025), article not known",
        "Signed 14 Aug 2025; not known to be in force.",
    ),
    (
        "Venezuela",
        "Russia-Venezuela strategic partnership treaty (2025), Art. 14",
        "In force since 12 Nov 2025.",
    ),
    (
        "Zimbabwe",
        "Russia–Zimbabwe military cooperation (reported), article not known",
        "Unknown on the day: not established whether it holds.",
    ),
    (
        "Cuba",
        "Russia-Cuba military-technical agreement (2006), article not known",
        "In force since 2006.",
    ),
    (
        "Libya",
        "Russia–Libya arms contract (2010), article not known",
        "In force; signed 29 Jan 2010.",
    ),
]


def test_every_partner_has_its_strongest_promise_its_text_and_its_status(client: Client) -> None:
    rows = table_rows(get(client, f"/states/?promisor=RUS&on={COVERAGE_DATE}"))
    shown = [(row[0], row[2], row[3]) for row in rows]
    for (name, basis, status), (partner, text, standing) in zip(
        shown, PARTNERS_OF_RUSSIA, strict=True
    ):
        assert name.startswith(partner)
        assert basis.startswith(text)
        assert status.startswith(standing)


def test_every_partner_that_the_article_names_is_listed(client: Client) -> None:
    rows = table_rows(get(client, "/states/?on=1900-01-01"))
    named = {row[0] for row in rows}
    assert len(named) == 22
    assert [row for row in rows if row[0].startswith("Togo")] == [
        [
            "Togo Western Africa",
            "",
            "Russia–Togo military cooperation agreement (2025), article not known",
            "Not yet; begins 3 Apr 2025.",
            "The article: Defence-related agreement Supported",
        ]
    ]


def test_without_a_day_the_day_is_today_and_says_how_far_it_is_known(client: Client) -> None:
    rows = table_rows(get(client, "/states/"))
    belarus = next(row for row in rows if row[0].startswith("Belarus"))
    assert belarus[3].endswith("As known to Apr 2026")


def test_the_soviet_view_is_one_link_away_and_never_mixed_in(client: Client) -> None:
    page = get(client, "/states/?promisor=RUS&on=1985-01-01")
    assert 'href="?promisor=SUN&amp;on=1985-01-01"' in page
    assert {row[3] for row in table_rows(page)}.isdisjoint({"In force since 10 Sep 1961."})
    soviet = table_rows(get(client, "/states/?promisor=SUN&on=1985-01-01"))
    assert [(row[0], row[3]) for row in soviet] == [
        (
            "North Korea Eastern Asia",
            "In force since 10 Sep 1961. Agreements between these two were not researched",
        ),
        (
            "Cuba Caribbean",
            "Unknown on the day: start not established; signed 18 Apr 1961. Agreements between these two were not researched",
        ),
        (
            "India Southern Asia",
            "In force since 18 Aug 1971. Agreements between these two were not researched",
        ),
        (
            "Vietnam South-eastern Asia",
            "In force since 13 Dec 1978. Agreements between these two were not researched",
        ),
        (
            "Syria Western Asia",
            "Unknown on the day: not established whether it holds; signed 8 Oct 1980. Agreements between these two were not researched",
        ),
        (
            "Libya Northern Africa",
            "Unknown on the day: not established whether it holds; signed Dec 1974. As reported; text not public Agreements between these two were not researched",
        ),
    ]
    assert "?promisor=SUN" not in get(client, "/states/?promisor=RUS&on=1991-12-26")


def test_north_korea_on_the_day_before_and_the_day_of_entry_into_force(client: Client) -> None:
    def strongest(day: str) -> str:
        rows = table_rows(get(client, f"/states/?on={day}"))
        return next(row[2] for row in rows if row[0].startswith("North Korea"))

    assert strongest("2024-12-03") == (
        "Russia-DPRK friendship treaty (2000), Art. 2 (number unconfirmed)"
    )
    assert strongest("2024-12-04") == "Russia-DPRK strategic partnership treaty (2024), Art. 4"


@pytest.mark.parametrize("partners", [1, 3, 300])
def test_the_table_makes_as_many_queries_for_any_number_of_rows(
    client: Client,
    promisor_with: Callable[[int], State],
    django_assert_num_queries: Callable[[int], object],
    partners: int,
) -> None:
    promisor = promisor_with(partners)
    with django_assert_num_queries(11):  # type: ignore[attr-defined]
        page = get(client, f"/states/?promisor={promisor.ref}&on=2020-01-01")
    assert [row[0] for row in table_rows(page)] == [
        f"Partner {partners}.{number:03} Nowhere" for number in range(partners)
    ]


def test_owed_to_uzbekistan_as_military_help_before_and_after_it_left(client: Client) -> None:
    page = get(client, "/states/uzbekistan/?on=2012-06-27")
    promised_by = table_rows(page.split('id="others"')[1].split("</table>")[0])
    assert [(row[0], row[2], row[4]) for row in promised_by] == [
        ("Armenia", "Must help militarily", "In force since 16 Aug 2006."),
        ("Belarus", "Must help militarily", "In force since 16 Aug 2006."),
        ("Kazakhstan", "Must help militarily", "In force since 16 Aug 2006."),
        ("Kyrgyzstan", "Must help militarily", "In force since 16 Aug 2006."),
        ("Russia", "Must help militarily", "In force since 16 Aug 2006."),
        ("Tajikistan", "Must help militarily", "In force since 16 Aug 2006."),
        (
            "Azerbaijan",
            "Must consult",
            "Unknown on the day: start not established; signed 22 Jan 1993.",
        ),
    ]
    later = get(client, "/states/uzbekistan/?on=2012-12-20")
    assert [row[0] for row in table_rows(later.split('id="others"')[1].split("</table>")[0])][
        :1
    ] == ["Russia"]
    clauses = words(later.split('id="promised"')[1].split('id="owed"')[0])
    assert "Status Ended 19 Dec 2012." in clauses
    assert "Formally a suspension, in effect the end of membership." in words(later)


def test_a_code_leads_to_the_state_and_keeps_the_day(client: Client) -> None:
    response = client.get("/states/PRK/?on=2024-12-04")
    assert (response.status_code, response.headers["Location"]) == (
        301,
        "/states/north-korea/?on=2024-12-04",
    )


def test_a_wrong_day_shows_the_form_with_its_message_and_no_rows(client: Client) -> None:
    for address in ("/states/?on=2012-13-01", "/states/armenia/?on=2012-13-01"):
        response = client.get(address)
        page = response.content.decode()
        assert response.status_code == 400
        assert "As of: Write the day as YYYY-MM-DD, for example 2012-06-27." in words(page)
        assert table_rows(page) == []


def test_a_promisor_that_promised_nothing_is_refused(client: Client) -> None:
    response = client.get("/states/?promisor=USA")
    assert response.status_code == 400
    assert "Promises made by: No state with this code has made a promise here." in words(
        response.content.decode()
    )


def test_a_parameter_given_twice_is_refused(client: Client) -> None:
    response = client.get("/states/?on=2012-06-27&on=2013-06-27")
    assert response.status_code == 400
    assert "As of: Give this once." in words(response.content.decode())


def test_an_unknown_parameter_is_named_and_utm_is_not(client: Client) -> None:
    page = words(get(client, "/states/?on=2012-06-27&colour=red&utm_source=mail"))
    assert "Ignored, because this page does not know them: colour" in page
    assert "utm_source" not in page


def test_the_coverage_line_stands_on_every_page(client: Client) -> None:
    agreement = Agreement.objects.get(ref="rus-tgo-military-cooperation-2025")
    for address in ("/states/", "/states/togo/", "/agreements/", agreement.get_absolute_url()):
        assert (
            "Evidence reaches to Apr 2026 for 22 pairs of states; to Jun 2026 for Russia–Armenia, "
            "Russia–Cuba, Russia–Mali." in words(get(client, address))
        )


def test_a_refused_form_keeps_the_usual_promisor_and_statuses(client: Client) -> None:
    page = client.get("/states/?on=nonsense").content.decode()
    assert re.findall(r'<option value="([^"]+)" selected', page)[0] == "RUS"
    ticked = re.findall(r'name="status" value="([^"]+)" checked', page)
    assert ticked == ["in_force", "provisional", "signed", "unknown"]
