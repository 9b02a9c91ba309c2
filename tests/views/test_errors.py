"""The pages for an address that does not exist and for a fault of ours."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client

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
def test_a_page_past_the_end_offers_only_the_last(client: Client) -> None:
    response = client.get("/events/?state=ARM&page=2")
    page = response.content.decode()
    assert response.status_code == 404
    assert '<a href="/events/?state=ARM&amp;page=1">Its last page is 1</a>' in page
    assert "There is no page at this address" not in page


def test_the_fault_page_asks_neither_the_database_nor_the_list_of_static_files(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise AssertionError("asked for a static file's name")

    monkeypatch.setattr("django.templatetags.static.StaticNode.handle_simple", refuse)
    page = render_to_string("500.html")
    assert "This page could not be made. Nothing was lost or changed." in words(page)
    sheets = re.findall(r'rel="stylesheet" href="/static/([^"]+)"', page)
    assert sheets == ["css/tokens.css", "css/base.css", "css/layout.css"]
    assert all(finders.find(sheet) for sheet in sheets)
    assert "style=" not in page
