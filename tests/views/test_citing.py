"""Cite this: on every kind of page the same address for good in the fold, the downloads, the headers
and the page's own data; no query more; nothing where nothing is shown.
"""

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from alliances.models import Coverage, DataVersion, Event
from tests.views.reading import get, words

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
ON = "on=2026-04-30"

# What is asked, the address that stays, the title as cited.
PAGES = [
    ("/?on=2026-04-30", f"/?promisor=RUS&{ON}", "What has Russia promised its partners? As of"),
    (
        "/states/?utm_source=x&region=Africa&colour=red&on=2026-04-30&kind=",
        f"/states/?{ON}&promisor=RUS&region=Africa",
        "Partners of Russia, as of",
    ),
    (f"/matrix/?{ON}", f"/matrix/?{ON}&promisor=RUS", "Every rung, every partner, as of"),
    (f"/timeline/?{ON}", f"/timeline/?{ON}&promisor=RUS", "Timeline, as of"),
    (
        f"/compare/?state=IRN&{ON}&state=VEN",
        f"/compare/?promisor=RUS&{ON}&state=IRN&state=VEN",
        "Iran, Venezuela: promises of Russia compared, as of",
    ),
    (
        f"/commitments/?{ON}&q=помощь&page=1",
        f"/commitments/?{ON}&q=%D0%BF%D0%BE%D0%BC%D0%BE%D1%89%D1%8C",
        "Commitments, as of",
    ),
    (f"/commitments/?{ON}&q=zzzz", f"/commitments/?{ON}&q=zzzz", "Commitments, as of"),
    (
        f"/agreements/?{ON}&level=consultation&level=non_aggression",
        f"/agreements/?{ON}&level=consultation&level=non_aggression",
        "Agreements, as of",
    ),
    (f"/states/togo/?{ON}", f"/states/togo/?promisor=RUS&{ON}", "Togo, as of"),
    (f"/pairs/armenia/russia/?{ON}", f"/pairs/armenia/russia/?{ON}", "Armenia – Russia, as of"),
    (
        f"/agreements/csto-collective-security-treaty-1992/?{ON}",
        f"/agreements/csto-collective-security-treaty-1992/?{ON}",
        "Collective Security Treaty (1992), as of",
    ),
    ("/events/?state=ARM&page=1", "/events/?state=ARM", "Promises tested"),
    (
        "/events/arm-2023-09-karabakh-offensive/",
        "/events/arm-2023-09-karabakh-offensive/",
        "Azerbaijan's offensive in Nagorno-Karabakh",
    ),
    ("/claims/c1-rus/", "/claims/c1-rus/", None),
    ("/sources/?language=ru", "/sources/?language=ru", "Sources"),
    ("/sources/arm-1995-base-garant/", "/sources/arm-1995-base-garant/", None),
    ("/about/", "/about/", "About"),
]


def fold(page: str) -> str:
    (found,) = re.findall(r'<details class="cite">(.*?)</details>', page, re.DOTALL)
    return found


def fold_links(page: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'href="([^"]+)"', fold(page))]


def headers(link: str) -> dict[str, list[str]]:
    """The addresses of a Link header by relation."""
    found: dict[str, list[str]] = {}
    for address, relation in re.findall(r'<([^>]+)>; rel="([\w-]+)"', link):
        found.setdefault(relation, []).append(address)
    return found


def about(client: Client, address: str) -> Any:
    """What an export in JSON says of itself, before its first row."""
    return json.loads(next(iter(client.get(address))) + b"]}")["about"]


@pytest.mark.parametrize(("asked", "stays", "title"), PAGES)
def test_fold_downloads_headers_and_data_name_the_same_address(
    client: Client, asked: str, stays: str, title: str | None
) -> None:
    response = client.get(asked)
    page, url = response.content.decode(), HOST + stays
    joint = "&" if "?" in stays else "?"
    permanent, bibtex, csl = fold_links(page)
    assert permanent == url
    assert (bibtex, csl) == (f"{url}{joint}format=bibtex", f"{url}{joint}format=csl")

    (item,) = client.get(csl).json()
    day = " 2026-04-30" if "on=" in asked else ""
    assert item["URL"] == url
    if title:
        assert item["title"] == f"{title}{day}"
    assert about(client, f"{url}{joint}format=json")["url"] == url

    told = headers(response["Link"])
    assert told["cite-as"] == [url]
    assert told["license"] == [LICENCE]
    assert told["alternate"] == [f"{url}{joint}format={form}" for form in ("csv", "xlsx", "json")]
    assert told["describedby"] == [bibtex, csl]
    assert f'<link rel="canonical" href="{told["canonical"][0]}">' in unescape(page)


def test_the_fold_of_a_record_on_a_day(client: Client) -> None:
    version, today = DataVersion.objects.current().label, timezone.now().date()
    page = get(client, f"/states/togo/?{ON}")
    url = f"{HOST}/states/togo/?promisor=RUS&{ON}"
    assert words(fold(page)) == (
        f"Cite this APA style Military commitments. ({version[:4]}). Togo, as of 2026-04-30. In "
        f"Military commitments (Version {version}). {url} Permanent address {url} "
        f"As of 30 Apr 2026 Data version {version} Accessed {today:%-d %b %Y} "
        "Take the reference away: BibTeX · CSL-JSON"
    )
    assert "<i>Military commitments</i> (Version" in fold(page)
    assert page.count(">Cite this<") == 1


def test_a_page_without_a_day_names_none(client: Client) -> None:
    assert "As of" not in words(fold(get(client, "/sources/arm-1995-base-garant/")))


def test_canonical_keeps_the_page_and_drops_what_is_empty_unknown_or_a_campaign_s(
    client: Client,
) -> None:
    page = get(client, "/commitments/?utm_x=1&page=2&colour=red&status=signed&status=in_force&on=")
    canonical = "/commitments/?page=2&status=in_force&status=signed"
    assert f'<link rel="canonical" href="{HOST}{canonical}">' in unescape(page)


def test_an_export_says_how_it_is_cited_in_the_same_style(client: Client) -> None:
    version = DataVersion.objects.current().label
    assert about(client, f"/states/togo/?{ON}&format=json")["cite"] == (
        f"Military commitments. ({version[:4]}). Togo: Commitments, as of 2026-04-30 "
        f"(Version {version}) [Dataset]. {HOST}/states/togo/?promisor=RUS&{ON}"
    )


def test_a_download_is_a_file_of_its_type(client: Client) -> None:
    for form, media, ending in (
        ("bibtex", "application/x-bibtex; charset=utf-8", "bib"),
        ("csl", "application/vnd.citationstyles.csl+json", "json"),
    ):
        response = client.get(f"/states/togo/?{ON}&format={form}")
        assert response["Content-Type"] == media
        assert re.fullmatch(
            rf'attachment; filename="commitments-states-togo-[0-9a-f]{{8}}\.{ending}"',
            response["Content-Disposition"],
        )
        assert "Link" not in response
        assert f"{HOST}/states/togo/?promisor=RUS&{ON}" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "status", "errors"),
    [
        (
            "/states/?format=apa",
            400,
            [["format", "Ask for one of: csv, xlsx, json, bibtex, csl."]],
        ),
        (
            "/states/togo/?format=bibtex&on=2012",
            400,
            [["on", "Write the day as YYYY-MM-DD, for example 2012-06-27."]],
        ),
        (
            "/events/?format=csl&colour=red",
            400,
            [["colour", "There is no parameter of this name here."]],
        ),
        ("/states/atlantis/?format=bibtex", 404, []),
    ],
)
def test_a_wrong_question_gets_a_problem_document(
    client: Client, address: str, status: int, errors: list[list[str]]
) -> None:
    response = client.get(address)
    found = response.json()
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    assert [[e["parameter"], e["message"]] for e in found.get("errors", [])] == errors


@pytest.mark.parametrize(
    ("address", "status"),
    [("/states/?on=nonsense", 400), ("/states/atlantis/", 404), ("/events/?page=99", 404)],
)
def test_what_shows_nothing_is_not_cited_and_offers_no_rows(
    client: Client, address: str, status: int
) -> None:
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == status
    assert "Link" not in response
    assert "Cite this" not in page
    assert "Take these rows away" not in page


def test_the_year_of_the_stepper_is_cited_and_exported_as_its_last_day(client: Client) -> None:
    response = client.get("/timeline/?year=2012&format=bibtex")
    assert (response.status_code, response["Location"]) == (
        302,
        "/timeline/?on=2012-12-31&format=bibtex",
    )
    told = about(client, "/timeline/?year=2012&format=json")
    assert told["day"] == "2012-12-31"
    assert told["url"] == f"{HOST}/timeline/?on=2012-12-31&promisor=RUS"


def test_the_links_are_left_out_where_proxies_would_refuse_them(client: Client) -> None:
    short, long = (client.get("/commitments/?q=" + "я" * length) for length in (10, 100))
    assert [(each.status_code, "Link" in each) for each in (short, long)] == [
        (200, True),
        (200, False),
    ]
    assert fold(long.content.decode())


def test_a_change_of_the_data_is_another_version(client: Client) -> None:
    def version() -> str:
        return words(fold(get(client, "/about/"))).partition("Data version ")[2].split()[0]

    before = DataVersion.objects.current().number
    assert version() == DataVersion.objects.current().label
    Event.objects.first().save()  # type: ignore[union-attr]
    assert version().endswith(f".{before + 1}")
    assert version() == DataVersion.objects.current().label


@pytest.mark.usefixtures("empty_db")
def test_without_any_coverage_the_version_is_still_known(client: Client) -> None:
    assert not Coverage.objects.exists()
    assert "Data version 1970-01-01.0" in words(fold(get(client, "/about/")))


def test_evidence_and_version_are_one_query(
    client: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(2):
        assert "Cite this" in get(client, "/about/")
