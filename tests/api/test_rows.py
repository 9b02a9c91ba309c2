"""One row of a table by its key: the same row as in the list."""

from typing import Any

import pytest
from django.test import Client

from alliances.models import Claim, Commitment
from tests.api.calls import all_rows, ask
from tests.api.test_lists import QUERIES

pytestmark = pytest.mark.django_db

FIRST = "csto-collective-security-treaty-1992"


@pytest.mark.parametrize("name", QUERIES)
def test_each_of_some_rows_is_found_by_its_key(client: Client, name: str) -> None:
    for row in ask(client, f"{name}/?page_size=3")["results"]:
        assert ask(client, f"{name}/{row['id']}/")["result"] == row


def test_every_key_of_a_commitment_finds_it(client: Client) -> None:
    rows = all_rows(client, "commitments", {"partner": ["TGO", "LBY", "CUB", "ARM"]})
    assert {row["clause"] is None for row in rows} == {True, False}
    for row in rows[::5]:
        assert ask(client, f"commitments/{row['id']}/")["result"] == row


def test_a_commitment_stands_as_it_does_on_the_day(client: Client) -> None:
    asked = f"commitments/{FIRST}/o2:RUS-UZB/?fields=id&fields=status&on="
    found = {day: ask(client, asked + day) for day in ("1999-04-19", "1999-04-20", "2006-08-16")}
    assert {day: (each["day"], each["result"]["status"]) for day, each in found.items()} == {
        "1999-04-19": ("1999-04-19", "in_force"),
        "1999-04-20": ("1999-04-20", "ended"),
        "2006-08-16": ("2006-08-16", "in_force"),
    }
    assert {each["result"]["id"] for each in found.values()} == {f"{FIRST}/o2:RUS-UZB"}


def test_a_statement_that_is_not_checked_has_its_row_too(client: Client) -> None:
    ref = Claim.objects.context().order_by("ref").values_list("ref", flat=True)[0]
    assert ask(client, f"claims/{ref}/")["result"]["verdict"] is None
    assert ref not in {row["id"] for row in all_rows(client, "claims", {"page_size": ["500"]})}


@pytest.mark.parametrize(
    "address",
    [
        "states/XXX/",
        "states/rus/",
        "agreements/none/",
        f"commitments/{FIRST}/",
        f"commitments/{FIRST}:RUS-ARM/",  # its clauses are recorded: it stands on none itself
        f"commitments/{FIRST}/o1:RUS-RUS/",
        f"commitments/{FIRST}/o1:RUS/",
        "scale/none/",
        "states/%00/",
        "states/RUS%0A/",
        "nothing/",
        "",
    ],
)
def test_what_is_not_there_is_a_problem(client: Client, address: str) -> None:
    response = client.get(f"/api/v1/{address}" if address else "/api/")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["title"] == "Not Found"


def test_one_row_takes_few_queries(client: Client, django_assert_num_queries: Any) -> None:
    one = Commitment.objects.filter(obligation__ref=f"{FIRST}/o1")[:1].get()
    address = f"commitments/{FIRST}/o1:{one.promisor.ref}-{one.partner.ref}/"
    with django_assert_num_queries(2):
        ask(client, address)
    with django_assert_num_queries(2):
        ask(client, "states/RUS/")
