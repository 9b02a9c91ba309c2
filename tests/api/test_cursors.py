"""A list never skips or doubles a row in silence: a cursor is good for one question on one version."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from alliances.api import tables
from alliances.models import DataVersion
from tests.api.calls import API, HOST, ask

pytestmark = pytest.mark.django_db
LIST = "commitments/?promisor=RUS&page_size=2"


def following(client: Client, address: str = LIST) -> str:
    """The address of the second part of a list."""
    return str(ask(client, address)["next"]).removeprefix(HOST + API)


def refusal(client: Client, address: str) -> str:
    """Why a cursor is refused."""
    found = ask(client, address, 400)
    (error,) = found["errors"]
    assert error["parameter"] == "cursor"
    return str(error["message"])


CHANGED = "The data have changed since: begin without it."
OTHER = "It belongs to other parameters or another day: begin without it."
UNKNOWN = "No answer gave this: begin without it."


def test_after_a_change_of_the_data_the_list_begins_anew(client: Client) -> None:
    address = following(client)
    assert len(ask(client, address)["results"]) == 2
    DataVersion.objects.move()
    assert refusal(client, address) == CHANGED


def test_a_change_while_the_rows_are_read_is_no_silent_one(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = following(client)
    read = tables._objects

    def changed_meanwhile(*args: Any) -> Any:
        DataVersion.objects.update(number=10_000)
        return read(*args)

    monkeypatch.setattr(tables, "_objects", changed_meanwhile)
    assert refusal(client, address) == CHANGED


@pytest.mark.parametrize(
    ("given", "instead"),
    [
        ("promisor=RUS", "promisor=ARM"),
        ("commitments/", "agreements/"),
        ("promisor=RUS", "sort=date"),
    ],
)
def test_a_cursor_is_good_for_its_own_question_alone(
    client: Client, given: str, instead: str
) -> None:
    address = following(client, LIST.replace("promisor=RUS&", "") if "/" in given else LIST)
    assert refusal(client, address.replace(given, instead)) == OTHER


def test_a_list_of_today_stays_on_its_day(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    today = date.today()
    address = following(client)
    assert f"on={today}" in address
    tomorrow = address.replace(f"on={today}", f"on={today + timedelta(days=1)}")
    assert refusal(client, tomorrow) == OTHER


def test_the_size_and_the_columns_may_change_on_the_way(client: Client) -> None:
    address = following(client).replace("page_size=2", "page_size=3") + "&fields=id"
    whole = ask(client, "commitments/?promisor=RUS&page_size=5&fields=id")["results"]
    assert ask(client, address)["results"] == whole[2:5]


@pytest.mark.parametrize("cursor", ["x", "WyJhIl0.x", "..", "%00", "é", "0"])
def test_what_no_answer_gave_is_refused(client: Client, cursor: str) -> None:
    found = ask(client, f"{LIST}&cursor={cursor}", 400)
    assert [error["parameter"] for error in found["errors"]] == ["cursor"]
    if cursor != "%00":
        assert found["errors"][0]["message"] == UNKNOWN


def test_a_cursor_that_was_changed_is_refused(client: Client) -> None:
    address = following(client)
    start = address.index("cursor=") + len("cursor=")
    changed = address[:start] + ("A" if address[start] != "A" else "B") + address[start + 1 :]
    assert refusal(client, changed) == UNKNOWN
