"""Page, CSV, workbook, JSON and API have the same rows in the same order: on fifty random parameter sets,
against the independent reading of the YAML and off the page itself.
"""

from collections import Counter
from functools import cache
from itertools import count
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from alliances.views.lists import ROWS_ON_A_PAGE
from tests.api.calls import all_rows
from tests.exports.files import as_cell, as_csv, csv_rows, fetched, json_rows, xlsx_rows
from tests.filtersets.searches import ADDRESSES, a_search
from tests.filtersets.test_against_yaml import READERS, ROW, named

pytestmark = pytest.mark.django_db
SETS = 50


def clause_at(page: str) -> str:
    """The clause (else the agreement) that an address points to."""
    return page.removeprefix("/agreements/").replace("/#", "/").rstrip("/")


IDENTITIES = {
    "/states/": lambda row: (row["partner"], row["page"] and clause_at(row["page"])),
    "/commitments/": lambda row: (
        row["clause"] or row["agreement"],
        row["promisor"],
        row["partner"],
    ),
    "/agreements/": lambda row: row["id"],
}


# The API has no partners: they are a summing up, and it gives what they sum up.
API_TABLES = {"/commitments/": "commitments", "/agreements/": "agreements"}


@cache
def searches() -> list[tuple[str, dict[str, Any], list[Any]]]:
    """Fifty searches that find something, with the rows that they find; a file has all rows, so it
    is asked for without a page. Long ones are few, because a workbook is slow to read.
    """
    found: list[tuple[str, dict[str, Any], list[Any]]] = []
    for number in count():
        address, asked = a_search(number)
        params = {name: values for name, values in asked.items() if name != "page"}
        rows = ADDRESSES[address][0](params).in_order()
        if 0 < len(rows) <= 80 or (rows and number % 25 == 0):
            found.append((address, params, rows))
        if len(found) == SETS:
            return found
    raise AssertionError


@pytest.mark.parametrize("number", range(SETS))
def test_page_and_files_have_the_rows_of_the_records(client: Client, number: int) -> None:
    address, params, expected = searches()[number]
    rows = json_rows(fetched(client, address, params, "json"))
    assert [IDENTITIES[address](row) for row in rows] == expected
    read = csv_rows(fetched(client, address, params, "csv"))
    assert read == [{name: as_csv(value) for name, value in row.items()} for row in rows]
    cells = xlsx_rows(fetched(client, address, params, "xlsx"))
    assert cells == [{name: as_cell(value) for name, value in row.items()} for row in rows]
    if address in API_TABLES:
        given = all_rows(client, API_TABLES[address], {**params, "page_size": ["500"]})
        assert given == rows
    page = client.get(f"{address}?{urlencode(params, doseq=True)}").content.decode()
    shown = [READERS[address](row) for row in ROW.findall(page)]
    on_a_page = len(expected) if address == "/states/" else ROWS_ON_A_PAGE
    assert shown == named(address, expected[:on_a_page])


def test_the_searches_are_of_every_list_and_some_are_long() -> None:
    found = Counter(address for address, _params, _rows in searches())
    assert min(found[address] for address in ADDRESSES) >= 10
    assert max(len(rows) for _address, _params, rows in searches()) > 2 * ROWS_ON_A_PAGE
