"""The agreements, a source, and the pages for what is not there."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from alliances.models import State
from alliances.vocabulary import DayStatus
from tests.views.reading import get, table_rows, words

pytestmark = pytest.mark.django_db


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


def test_what_rests_on_a_source_is_listed_on_its_page(client: Client) -> None:
    page = get(client, "/sources/csto-treaty-gibler/")
    items = re.findall(r"<li>(.*?)</li>", page.split('id="use"')[1], re.DOTALL)
    assert [words(item) for item in items] == [
        "Collective Security Treaty (1992): date of signature, place of signature, registration, "
        "who takes part and when (entry 4.1442)"
    ]


def test_an_unknown_address_says_so_in_the_site_s_own_page(client: Client) -> None:
    for address in ("/agreements/nothing/", "/states/atlantis/", "/sources/none/", "/nowhere/"):
        response = client.get(address)
        assert response.status_code == 404
        assert "There is no page at this address." in words(response.content.decode())


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
