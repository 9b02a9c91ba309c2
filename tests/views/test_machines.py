"""What crawlers ask for: every record's address once in the sitemap, robots.txt as crawlers read it,
security.txt with its two required lines.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from django.test import Client

from alliances.models import Agreement, Claim, Commitment, Event, Source, State

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def addresses(client: Client) -> list[str]:
    response = client.get("/sitemap.xml")
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    return [found.text or "" for found in ElementTree.fromstring(response.content).iter(LOC)]  # noqa: S314


def test_every_record_is_in_the_sitemap_once(client: Client) -> None:
    found = addresses(client)
    records = [
        HOST + row.get_absolute_url()
        for model in (State, Agreement, Event, Claim, Source)
        for row in model.objects.all()
    ]
    pairs = {
        f"{HOST}/pairs/{'/'.join(sorted((row.promisor.slug, row.partner.slug)))}/"
        for row in Commitment.objects.select_related("promisor", "partner")
    }
    assert len(found) == len(set(found))
    assert set(records) <= set(found)
    assert {url for url in found if "/pairs/" in url} == pairs
    rest = set(found) - set(records) - pairs
    assert sorted(url.removeprefix(HOST) for url in rest) == sorted(
        [
            "/",
            "/states/",
            "/commitments/",
            "/agreements/",
            "/events/",
            "/claims/",
            "/sources/",
            "/matrix/",
            "/timeline/",
            "/map/",
            "/compare/",
            "/obligations/",
            "/changes/",
            "/data/",
            "/data/dictionary/",
            "/about/",
        ]
    )


def test_the_sitemap_s_addresses_are_their_pages_own(client: Client) -> None:
    """The pages answer, send nowhere, and name the same address as theirs for good."""
    for url in addresses(client)[20::160]:
        page = client.get(url.removeprefix(HOST)).content.decode()
        assert page.count(f'<link rel="canonical" href="{url}">') == 1, url


@pytest.mark.usefixtures("empty_db")
def test_without_records_the_sitemap_has_the_pages(client: Client) -> None:
    assert len(addresses(client)) == 16


def test_the_sitemap_costs_the_same_for_any_number_of_records(
    client: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(11):
        addresses(client)


def test_crawlers_are_led_to_records_and_kept_from_endless_queries(client: Client) -> None:
    response = client.get("/robots.txt")
    text = response.content.decode()
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert text.endswith("\n\nSitemap: http://testserver/sitemap.xml\n")
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    assert rules.can_fetch("Twitterbot", "/states/togo/?on=2012-06-27")
    assert rules.can_fetch("Googlebot", "/states/togo/")
    # The parser of the standard library knows no `*` within a path: these lines are read as they are.
    general = text.split("User-agent: *\n")[1].splitlines()[:2]
    assert general == ["Allow: /*?page=", "Disallow: /*?"]
    assert "admin" not in text


def test_a_fault_can_be_told_to_whom_the_setting_names(client: Client, settings: Any) -> None:
    settings.SECURITY_CONTACT = "mailto:security@x.example"
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    left = datetime.fromisoformat(lines.pop("Expires")) - datetime.now(UTC)
    assert timedelta(days=100) < left < timedelta(days=365)
    assert lines == {
        "Contact": "mailto:security@x.example",
        "Preferred-Languages": "en",
        "Canonical": f"{HOST}/.well-known/security.txt",
    }


def test_without_the_setting_there_is_no_such_file(client: Client) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
