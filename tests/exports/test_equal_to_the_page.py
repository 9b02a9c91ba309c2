"""Page, CSV, workbook and JSON have the same rows in the same order: on fifty random parameter sets,
against the independent reading of the YAML and off the page itself.
"""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

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


def a_search_for_files(number: int) -> tuple[str, dict[str, Any]]:
    """A file has all rows, so it is asked for without a page."""
    address, params = a_search(number)
    return address, {name: values for name, values in params.items() if name != "page"}


@pytest.mark.parametrize("number", range(SETS))
def test_a_file_has_the_rows_of_the_records(client: Client, number: int) -> None:
    address, params = a_search_for_files(number)
    rows = json_rows(fetched(client, address, params, "json"))
    assert [IDENTITIES[address](row) for row in rows] == ADDRESSES[address][0](params).in_order()
    read = csv_rows(fetched(client, address, params, "csv"))
    assert read == [{name: as_csv(value) for name, value in row.items()} for row in rows]
    cells = xlsx_rows(fetched(client, address, params, "xlsx"))
    assert cells == [{name: as_cell(value) for name, value in row.items()} for row in rows]


@pytest.mark.parametrize("number", range(SETS))
def test_a_file_has_the_rows_of_the_page(client: Client, number: int) -> None:
    address, params = a_search_for_files(number)
    page = client.get(f"{address}?{urlencode(params, doseq=True)}").content.decode()
    rows = json_rows(fetched(client, address, params, "json"))
    on_the_page = [READERS[address](row) for row in ROW.findall(page)]
    shown = rows[: len(on_the_page)] if address != "/states/" else rows
    assert on_the_page == named(address, [IDENTITIES[address](row) for row in shown])
    assert bool(on_the_page) == bool(rows)
