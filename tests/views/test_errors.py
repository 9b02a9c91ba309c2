"""The pages for an address that does not exist, for a fault of ours, and without a database."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.db import IntegrityError, InterfaceError, OperationalError
from django.template.loader import render_to_string
from django.test import Client
from psycopg.errors import DiskFull

from tests.views.reading import words

LISTS = ["/agreements/", "/states/", "/events/", "/claims/", "/sources/", "/"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/nowhere/", "/events/none/", "/claims/none/", "/sources/x/"])
def test_a_wrong_address_says_where_to_look(client: Client, address: str) -> None:
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 404
    assert "There is no page at this address." in words(page)
    main = page.split("<main")[1].split("</main>")[0]
    assert re.findall(r'<li><a href="([^"]+)"', main) == LISTS
    assert all(client.get(link).status_code == 200 for link in LISTS)


@pytest.mark.django_db
def test_a_missing_page_and_the_editors_desk_name_no_parameter(admin_client: Client) -> None:
    """Nothing was asked of the one, and the other has parameters of its own."""
    for address, status in (
        ("/nowhere/?colour=red", 404),
        ("/states/?page=2&colour=red", 404),
        ("/admin/alliances/state/?region=Asia", 200),
    ):
        response = admin_client.get(address)
        assert response.status_code == status
        assert "Ignored" not in response.content.decode()


@pytest.mark.django_db
def test_a_page_past_the_end_offers_only_the_last(client: Client) -> None:
    response = client.get("/events/?state=ARM&page=2")
    page = response.content.decode()
    assert response.status_code == 404
    assert '<a href="/events/?state=ARM&amp;page=1">Its last page is 1</a>' in page
    assert "There is no page at this address" not in page


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("500.html", "This page could not be made. Nothing was lost or changed."),
        ("503.html", "The records cannot be read just now. Please try again in a moment."),
    ],
)
def test_the_fault_pages_ask_neither_the_database_nor_the_list_of_static_files(
    settings: object, monkeypatch: pytest.MonkeyPatch, template: str, sentence: str
) -> None:
    def refuse(*_args: object) -> None:
        raise AssertionError("asked for a static file's name")

    monkeypatch.setattr("django.templatetags.static.StaticNode.handle_simple", refuse)
    page = render_to_string(template)
    assert sentence in words(page)
    sheets = re.findall(r'rel="stylesheet" href="/static/([^"]+)"', page)
    assert sheets == ["css/tokens.css", "css/base.css", "css/layout.css"]
    assert all(finders.find(sheet) for sheet in sheets)
    assert "style=" not in page


def refuse_the_database(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def refuse(*_args: object) -> None:
        raise error("connection refused\n\tIs the server running?")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", refuse)


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
@pytest.mark.parametrize("address", ["/", "/commitments/", "/states/togo/"])
def test_without_a_database_a_page_says_when_to_try_again(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: type[Exception],
    address: str,
) -> None:
    client.cookies["sessionid"] = "abc"
    with monkeypatch.context() as patch:
        refuse_the_database(patch, error)
        response = client.get(address)
    assert response.status_code == 503
    assert (response["Retry-After"], response["Cache-Control"]) == ("10", "no-store")
    assert response.content.decode() == render_to_string("503.html")
    assert response["Content-Security-Policy"]
    said = "The database does not answer: connection refused Is the server running?"
    assert said in [record.getMessage() for record in caplog.records]
    assert client.get(address).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/commitments/?format=csv", "/api/v1/", "/api/v1/states/TGO/"])
def test_without_a_database_data_are_refused_with_a_problem_document(
    client: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    refuse_the_database(monkeypatch, OperationalError)
    response = client.get(address)
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "Service Unavailable",
        "status": 503,
        "detail": "The database does not answer. Try again in a moment.",
    }


@pytest.mark.django_db
def test_a_full_database_says_that_nothing_was_stored(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As PostgreSQL says it; SQLite's full disk is among the faults."""

    def refuse(*_args: object) -> None:
        raise OperationalError("could not extend file") from DiskFull("could not extend file")

    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", refuse)
    client.cookies["sessionid"] = "abc"
    response = client.get("/states/")
    assert (response.status_code, response["Retry-After"]) == (507, "10")
    assert "Nothing was stored: the disk of the database is full." in words(
        response.content.decode()
    )


@pytest.mark.django_db
def test_a_fault_that_is_not_the_databases_is_a_fault_of_ours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refuse_the_database(monkeypatch, IntegrityError)
    assert Client(raise_request_exception=False).get("/").status_code == 500
