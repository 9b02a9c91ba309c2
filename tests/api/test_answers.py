"""What every answer of the API keeps to: who may read, what is refused and how, when it is new."""

import logging
from datetime import date
from typing import Any

import pytest
from django.test import Client

from alliances.api import front, reading, tables
from alliances.models import DataVersion
from tests.api.calls import ask

pytestmark = pytest.mark.django_db

PROBLEM = "application/problem+json"
ADDRESSES = ["", "openapi.json", "states/", "commitments/?promisor=RUS", "states/RUS/"]


def refused(client: Client, address: str) -> dict[str, str]:
    """What is wrong with which parameter."""
    response = client.get(f"/api/v1/{address}")
    assert (response.status_code, response["Content-Type"]) == (400, PROBLEM)
    found = response.json()
    assert {name: found[name] for name in ("type", "title", "status", "detail")} == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "A parameter was not understood.",
    }
    return {error["parameter"]: error["message"] for error in found["errors"]}


NO_SUCH = "There is no parameter of this name here."
NO_PAGES = "There are no page numbers here: follow “next”."
SIZES = "Write a number from 1 to 500, for example 100."
ONCE = "Give this once."


@pytest.mark.parametrize(
    ("address", "errors"),
    [
        ("?on=2024-01-01", {"on": NO_SUCH}),
        ("openapi.json?format=yaml", {"format": NO_SUCH}),
        ("states/?page=2", {"page": NO_PAGES}),
        ("commitments/?page=2", {"page": NO_PAGES}),
        ("commitments/?format=json", {"format": NO_SUCH}),
        (
            "commitments/?Level=x&level=x",
            {"Level": NO_SUCH, "level": "“x” is not one of the choices."},
        ),
        (
            "commitments/?on=2024-02-30",
            {"on": "Write the day as YYYY-MM-DD, for example 2012-06-27."},
        ),
        ("commitments/?on=2024-02-01&on=2024-02-02", {"on": ONCE}),
        ("commitments/?sort=price", {"sort": "Choose one of the orders that the table offers."}),
        ("states/?on=2024-01-01", {"on": NO_SUCH}),
        ("states/?fields=id&fields=ids", {"fields": "“ids” is not one of the choices."}),
        ("states/RUS/?fields=ids", {"fields": "“ids” is not one of the choices."}),
        ("states/RUS/?page_size=1&cursor=x", {"page_size": NO_SUCH, "cursor": NO_SUCH}),
        ("states/RUS/?on=2024-01-01", {"on": NO_SUCH}),
        (
            "agreements/none/?on=yesterday",
            {"on": "Write the day as YYYY-MM-DD, for example 2012-06-27."},
        ),
        *(
            (f"scale/?page_size={size}", {"page_size": SIZES})
            for size in ("0", "501", "-1", "1.0", "%2B1", "٣")
        ),
        ("scale/?page_size=1&page_size=2", {"page_size": ONCE}),
        ("events/?verdict=supported", {"verdict": NO_SUCH}),
    ],
)
def test_each_wrong_parameter_is_named(
    client: Client, address: str, errors: dict[str, str]
) -> None:
    assert refused(client, address) == errors


def test_campaign_marks_are_passed_over_as_on_the_pages(client: Client) -> None:
    assert ask(client, "scale/?utm_source=x")["parameters"] == {}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/states/", "/api/v1/states/RUS/"])
def test_nothing_can_be_written(address: str, method: str) -> None:
    response = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert (response.status_code, response["Content-Type"]) == (405, PROBLEM)
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["status"] == 405


def test_nothing_can_be_written_where_nothing_is() -> None:
    response = Client(enforce_csrf_checks=True).post("/api/v1/nothing/")
    assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)


def test_only_json_can_be_had(client: Client) -> None:
    response = client.get("/api/v1/states/", headers={"Accept": "text/csv"})
    assert (response.status_code, response["Content-Type"]) == (406, PROBLEM)
    browser = client.get("/api/v1/states/", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (browser.status_code, browser["Content-Type"]) == (200, "application/json")


def test_a_request_that_django_refuses_to_read_is_a_problem(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    response = client.get("/api/v1/states/?a=1&b=2&c=3")
    assert (response.status_code, response["Content-Type"]) == (400, PROBLEM)
    assert response.json()["detail"] == "The request cannot be read."


def test_a_fault_of_ours_is_logged_and_not_shown(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_args: Any) -> Any:
        raise RuntimeError("a secret")

    monkeypatch.setattr(tables, "_objects", fails)
    with caplog.at_level(logging.ERROR, "django.request"):
        response = client.get("/api/v1/states/")
    assert (response.status_code, response["Content-Type"]) == (500, PROBLEM)
    assert response.json() == {
        "type": "about:blank",
        "title": "Internal Server Error",
        "status": 500,
        "detail": "The fault is ours. It is logged.",
    }
    assert "RuntimeError: a secret" in caplog.text


@pytest.mark.parametrize("address", [*ADDRESSES, "states/?page=1", "states/XXX/", "nothing/"])
def test_pages_of_every_site_may_read_without_credentials(client: Client, address: str) -> None:
    response = client.get(f"/api/v1/{address}", headers={"Origin": "https://elsewhere.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Expose-Headers"] == "ETag"
    assert "Access-Control-Allow-Credentials" not in response
    assert response["Vary"] == "Accept, Accept-Encoding"
    assert not response.cookies


def test_a_browser_is_told_beforehand_what_it_may_ask(client: Client) -> None:
    asked = {
        "Origin": "https://elsewhere.example",
        "Access-Control-Request-Headers": "if-none-match",
    }
    response = client.options("/api/v1/states/", headers=asked)
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert response["Access-Control-Allow-Headers"] == "*"
    assert "Access-Control-Allow-Credentials" not in response


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_the_answer_without_its_body(client: Client, address: str) -> None:
    whole, head = client.get(f"/api/v1/{address}"), client.head(f"/api/v1/{address}")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == whole["ETag"]


# --- Answers that a client has already


def tag(client: Client, address: str) -> str:
    return str(client.get(f"/api/v1/{address}")["ETag"])


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("named", ["{}", "W/{}", '"other", {}'])
def test_what_has_not_changed_is_not_sent_again(client: Client, address: str, named: str) -> None:
    etag = tag(client, address)
    assert etag.startswith('"')
    again = client.get(f"/api/v1/{address}", headers={"If-None-Match": named.format(etag)})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert (again["Vary"], again["Cache-Control"]) == ("Accept, Accept-Encoding", "no-cache")


def test_what_has_not_changed_is_not_even_read(
    client: Client, django_assert_num_queries: Any
) -> None:
    etag = tag(client, "commitments/")
    with django_assert_num_queries(2):
        client.get("/api/v1/commitments/", headers={"If-None-Match": etag})


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_change_of_the_data_makes_every_answer_new(client: Client, address: str) -> None:
    etag = tag(client, address)
    DataVersion.objects.move()
    response = client.get(f"/api/v1/{address}", headers={"If-None-Match": etag})
    assert response.status_code == 200
    assert response["ETag"] != etag
    assert response["ETag"] == tag(client, address)


def test_other_software_or_another_address_or_day_makes_the_answer_new(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    etags = {tag(client, address) for address in ("states/", "states/?fields=id", "agreements/")}
    assert len(etags) == 3

    class Tomorrow(date):
        @classmethod
        def today(cls) -> date:
            return date(2031, 1, 2)

    monkeypatch.setattr(tables, "date", Tomorrow)
    etags.add(tag(client, "agreements/"))
    monkeypatch.setattr(reading, "software", lambda: "other")
    etags.add(tag(client, "states/"))
    assert len(etags) == 5


def test_the_index_leads_to_every_table(client: Client) -> None:
    found = ask(client, "")
    assert found["data_version"] == DataVersion.objects.current().label
    assert found["licence"]["name"] == "CC BY 4.0"
    assert [table["name"] for table in found["tables"]] == [e.name for e in front.ENDPOINTS]
    for address in (found["documentation"], found["schema"], *(t["url"] for t in found["tables"])):
        assert client.get(address).status_code == 200
