"""What a file is: whole files of a small world, harmless cells, its own description, its refusals."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from html import unescape
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from alliances.columns import COMMITMENTS, SOURCES, TABLES, Computed, ComputedTable
from alliances.exports import WRITERS, About
from alliances.exports.harmless import cell
from alliances.models import DataVersion, Event, Source, State
from alliances.vocabulary import Format, ValueKind
from tests.exports.files import csv_rows, fetched, json_rows, xlsx_rows

DAY = "2026-04-30"


# --- Whole files


@pytest.fixture
def one_promise(promisor_with: Callable[[int], State]) -> tuple[State, State]:
    """A made-up state and its one partner, promised consultation in force since 2002."""
    promisor = promisor_with(1)
    return promisor, State.objects.get(promises_received__promisor=promisor)


def test_the_whole_csv(client: Client, one_promise: tuple[State, State]) -> None:
    promisor, partner = one_promise
    agreement = f"test-{promisor.ref}-{partner.ref}-consultation".lower()
    body = fetched(client, "/commitments/", {"promisor": promisor.ref, "on": DAY}, "csv")
    header, row, rest = body.decode().split("\r\n")
    assert header == "\ufeff" + ",".join(COMMITMENTS.names)
    assert rest == ""
    assert row == (
        f"{agreement}/o1:{promisor.ref}-{partner.ref},{promisor.ref},{promisor},{partner.ref},"
        f"{partner},Europe,consultation,Must consult,4,consultation,{agreement},"
        f"Treaty with {partner},friendship_treaty,treaty,full,{agreement}/o1,Art. 1,true,true,"
        "not_stated,,,,,high,,in_force,,2002-03-04,false,,false,2001-02-03,2002-03-04,,"
        f"/agreements/{agreement}/#o1"
    )


def test_the_whole_json(client: Client, one_promise: tuple[State, State]) -> None:
    promisor, partner = one_promise
    body = fetched(client, "/states/", {"promisor": promisor.ref, "on": DAY}, "json")
    about = json.loads(body)["about"]
    address = f"http://testserver/states/?on={DAY}&promisor={promisor.ref}"
    assert list(about) == [
        "title",
        "one_row_is",
        "url",
        "day",
        "parameters",
        "coverage",
        "data_version",
        "retrieved",
        "licence",
        "cite",
    ]
    assert about["title"] == "Partners"
    assert about["url"] == address
    assert about["day"] == DAY
    assert about["parameters"] == {"on": [DAY], "promisor": [promisor.ref]}
    assert about["data_version"] == DataVersion.objects.current().label
    assert about["licence"]["name"] == "CC BY 4.0"
    reaches = {reach["researched_to"]: len(reach["pairs"]) for reach in about["coverage"]}
    assert reaches == {"2026-04": 22, "2026-06": 3}
    assert [row["partner_name"] for row in json.loads(body)["rows"]] == [partner.name]


def test_a_workbook_says_what_it_is(client: Client, one_promise: tuple[State, State]) -> None:
    promisor, _partner = one_promise
    params = {"promisor": promisor.ref, "on": DAY}
    book = openpyxl.load_workbook(BytesIO(fetched(client, "/commitments/", params, "xlsx")))
    assert book.sheetnames == ["commitments", "about"]
    rows = list(book["about"].iter_rows(values_only=True))
    said = {row[0]: row[1] for row in rows}
    assert said["title"] == "Commitments"
    assert said["day"] == DAY
    assert json.loads(str(said["parameters"])) == {"promisor": [promisor.ref], "on": [DAY]}
    described = {row[0]: row[3] for row in rows}
    assert {name: described[name] for name in ("rank", "tested", "in_force")} == {
        "rank": "number",
        "tested": "yes or no",
        "in_force": "date as known",
    }
    assert book["commitments"].freeze_panes == "B2"


# --- Harmless cells


@given(st.text())
def test_no_cell_begins_as_a_formula(text: str) -> None:
    found = cell(text)
    assert not found.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert found in (text, f"'{text}")
    assert (found == text) == (not text.startswith(("=", "+", "-", "@", "\t", "\r")))


@pytest.fixture
def planted(db: None) -> Event:
    """The latest event, with a title that a spreadsheet would run."""
    event = Event.objects.latest_first()[0]
    event.title = '=HYPERLINK("http://evil.example","click")'
    event.save()
    return event


def test_a_planted_formula_is_text_in_a_file(client: Client, planted: Event) -> None:
    address = f"/events/{planted.ref}/"
    (read,) = csv_rows(fetched(client, address, {}, "csv"))
    (cells,) = xlsx_rows(fetched(client, address, {}, "xlsx"))
    (plain,) = json_rows(fetched(client, address, {}, "json"))
    assert read["title"] == cells["title"] == f"'{planted.title}"
    assert plain["title"] == planted.title


# --- Streamed


NUMBERS = ComputedTable(
    name="numbers",
    title="Numbers",
    meaning="One number.",
    columns=(
        Computed(
            name="id", label="Number", meaning="It.", kind=ValueKind.NUMBER, get=lambda row: row
        ),
    ),
)
ABOUT = About(
    table=NUMBERS,
    title="Numbers",
    url="http://testserver/numbers/",
    day=None,
    parameters={},
    data_version=DataVersion(number=1, moved_at=datetime(2026, 11, 25, tzinfo=UTC)),
    retrieved=date(2026, 11, 25),
)


def test_a_blank_text_is_nothing_in_a_row(db: None) -> None:
    Source.objects.create(ref="new", title="New", kind="news", language="en", seen="page")
    (row,) = SOURCES.rows(Source.objects.filter(ref="new"))
    found = dict(zip(SOURCES.names, row, strict=True))
    assert (found["id"], found["title"], found["note"]) == ("new", "New", None)
    assert "" not in row


def test_no_code_of_a_closed_list_begins_as_a_formula() -> None:
    """So files write codes as they are."""
    codes = [code for table in TABLES for column in table.columns for code in column.code_list]
    assert len(codes) > 100
    assert [code for code in codes if code != cell(code)] == []


@pytest.mark.parametrize("form", [Format.CSV, Format.JSON])
def test_a_file_begins_before_its_rows_have_ended(form: Format, db: None) -> None:
    read = []

    def source() -> Iterator[int]:
        for number in range(1_000_000):
            read.append(number)
            yield number

    pieces = WRITERS[form](NUMBERS, NUMBERS.rows(source()), ABOUT)
    assert [bool(next(pieces)), bool(next(pieces))] == [True, True]
    assert len(read) < 100_000


@pytest.mark.parametrize("count", [0, 1, 200, 201, 1000])
def test_json_of_any_length_is_whole(count: int, db: None) -> None:
    body = b"".join(WRITERS[Format.JSON](NUMBERS, NUMBERS.rows(range(count)), ABOUT))
    assert json.loads(body)["rows"] == [{"id": number} for number in range(count)]


def test_a_file_without_rows_has_its_header(client: Client, db: None) -> None:
    nothing = {"promisor": "RUS", "partner": "RUS"}
    body = fetched(client, "/commitments/", nothing, "csv").decode()
    assert body == "\ufeff" + ",".join(COMMITMENTS.names) + "\r\n"
    assert xlsx_rows(fetched(client, "/commitments/", nothing, "xlsx")) == []


# --- Every page


PAGES: dict[str, tuple[str, int]] = {
    "/?on=2026-04-30": ("partners", 24),
    "/states/?on=2026-04-30": ("partners", 24),
    "/map/?on=2026-04-30": ("partners", 24),
    "/matrix/?on=2026-04-30": ("matrix", 24),
    "/timeline/?partner=ARM&partner=UZB": ("timeline", 13),
    "/compare/?state=PRK&state=IRN&on=2026-04-30": ("commitments", 19),
    "/states/togo/?on=2026-04-30": ("commitments", 8),
    "/states/TGO/?on=2026-04-30": ("commitments", 8),
    "/pairs/togo/russia/?on=2026-04-30": ("commitments", 8),
    "/agreements/csto-charter-2002/": ("obligations", 2),
    "/events/?state=ARM": ("events", 6),
    "/events/?tested=no": ("events", 27),
    "/events/ind-1971-10-treaty-consultations/": ("events", 1),
    "/claims/?verdict=contradicted": ("claims", 1),
    "/claims/c3-blr/": ("claims", 1),
    "/sources/?seen=recall": ("sources", 2),
    "/sources/csto-charter-odkb-en/": ("citations", 1),
    "/obligations/": ("scale", 12),
    "/about/": ("coverage", 25),
}


@pytest.mark.parametrize("address", PAGES)
def test_every_page_gives_its_rows(client: Client, db: None, address: str) -> None:
    name, count = PAGES[address]
    joint = "&" if "?" in address else "?"
    response = client.get(f"{address}{joint}format=csv")
    rows = csv_rows(b"".join(response.streaming_content))  # type: ignore[attr-defined]
    assert len(rows) == count
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith(f'attachment; filename="{name}-20')


@pytest.mark.parametrize("partners", [1, 3])
def test_a_file_costs_the_same_queries_however_long(
    client: Client,
    promisor_with: Callable[[int], State],
    django_assert_num_queries: Any,
    partners: int,
) -> None:
    promisor = promisor_with(partners)
    params = {"promisor": promisor.ref, "on": DAY}
    with django_assert_num_queries(3):
        assert len(csv_rows(fetched(client, "/commitments/", params, "csv"))) == partners
    with django_assert_num_queries(9):
        assert len(csv_rows(fetched(client, "/states/", params, "csv"))) == partners


def test_the_order_of_a_clauses_file_is_the_pages(client: Client, db: None) -> None:
    address = "/agreements/csto-collective-security-treaty-1992/"
    page = client.get(f"{address}?on={DAY}").content.decode()
    rows = json_rows(fetched(client, address, {"on": DAY}, "json"))
    anchors = [row["id"].rpartition("/")[2] for row in rows]
    assert sorted(anchors, key=lambda anchor: page.index(f'id="{anchor}"')) == anchors
    assert {row["id"].rpartition("/")[2]: row["status"] for row in rows}["o1"] == "in_force"


# --- Links


def test_a_list_offers_its_rows_as_it_was_asked(client: Client, db: None) -> None:
    asked = f"level=consultation&on={DAY}"
    response = client.get(f"/commitments/?{asked}&page=2&utm_source=x&nonsense=1")
    page = unescape(response.content.decode()).partition("Take these rows away:")[2]
    links = re.findall(
        r'<a href="http://testserver(/commitments/[^"]+)"', page.partition("</p>")[0]
    )
    address = f"/commitments/?on={DAY}&level=consultation"
    assert links == [f"{address}&format={form}" for form in Format]
    rows = json_rows(b"".join(client.get(links[-1]).streaming_content))  # type: ignore[attr-defined]
    assert rows == json_rows(
        fetched(client, "/commitments/", {"level": "consultation", "on": DAY}, "json")
    )


@pytest.mark.parametrize("address", ["/commitments/?level=nonsense", "/states/atlantis/"])
def test_a_refusal_offers_no_file(client: Client, db: None, address: str) -> None:
    assert "format=csv" not in client.get(address).content.decode()


# --- Bad input


FORMATS = "Ask for one of: csv, xlsx, json, bibtex, csl."
REFUSED = {
    "/commitments/?format=pdf": ("format", FORMATS),
    "/commitments/?format=": ("format", FORMATS),
    "/commitments/?format=CSV": ("format", FORMATS),
    "/commitments/?format=csv&format=csv": ("format", "Give this once."),
    "/commitments/?format=csv&page=2": ("page", "A file holds all rows: leave the page out."),
    "/commitments/?format=csv&nonsense=1": (
        "nonsense",
        "There is no parameter of this name here.",
    ),
    "/commitments/?format=csv&on=2026-02-30": (
        "on",
        "Write the day as YYYY-MM-DD, for example 2012-06-27.",
    ),
    "/about/?format=json&on=2026-01-01": ("on", "There is no parameter of this name here."),
    "/claims/?format=json&verdict=true": ("verdict", "“true” is not one of the choices."),
}


@pytest.mark.parametrize("address", REFUSED)
def test_bad_input_is_a_problem_that_names_the_parameter(
    client: Client, db: None, address: str
) -> None:
    name, message = REFUSED[address]
    response = client.get(address)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": "A parameter was not understood.",
        "errors": [{"parameter": name, "message": message}],
    }


@pytest.mark.parametrize("address", ["/states/atlantis/", "/pairs/togo/togo/", "/claims/c0/"])
def test_an_unknown_record_is_a_problem(client: Client, db: None, address: str) -> None:
    response = client.get(f"{address}?format=json")
    assert response.status_code == 404
    assert response.json()["detail"] == "There is no such record."


def test_a_campaign_mark_is_no_parameter(client: Client, db: None) -> None:
    assert len(json_rows(fetched(client, "/about/", {"utm_source": "x"}, "json"))) == 25
