"""From a file to the rows of a sheet, strictly: every cell a text, nothing computed or guessed."""

from __future__ import annotations

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile

from django.utils.translation import gettext as say
from openpyxl import load_workbook
from tablib import Dataset

MOST_ROWS = 500
CSV, XLSX = ".csv", ".xlsx"


class Unreadable(Exception):
    """A file that is no sheet; the message says why, with the row where there is one."""


def read_sheet(name: str, content: bytes) -> Dataset:
    """The rows of a CSV file (UTF-8) or of an XLSX file's first sheet, every cell a text."""
    suffix = name[name.rfind(".") :].lower()
    if suffix == CSV:
        rows = _csv_rows(content)
    elif suffix == XLSX:
        rows = _xlsx_rows(content)
    else:
        raise Unreadable(say("Only CSV and XLSX files can be read."))
    while rows and not any(rows[-1]):
        rows.pop()
    head, *body = rows or [[]]
    _check_head(head)
    if len(body) > MOST_ROWS:
        words = say("It has %(rows)d rows; at most %(most)d are read at once.")
        raise Unreadable(words % {"rows": len(body), "most": MOST_ROWS})
    if not body:
        raise Unreadable(say("It has no rows."))
    width = len(head)
    for number, row in enumerate(body, start=2):
        if len(row) > width and any(row[width:]):
            raise Unreadable(
                say("Row %(row)d has more cells than there are columns.") % {"row": number}
            )
    return Dataset(*[[*row[:width], *[""] * (width - len(row))] for row in body], headers=head)


def _csv_rows(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken = content[: error.start].count(b"\n") + 1
        raise Unreadable(say("Row %(row)d is not UTF-8.") % {"row": broken}) from error
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(StringIO(text), strict=True)]
    except csv.Error as error:
        raise Unreadable(say("It is no CSV file: %(error)s") % {"error": error}) from error
    for number, row in enumerate(rows, start=1):
        if any(cell.startswith("=") for cell in row):
            raise Unreadable(say("Row %(row)d holds a formula; write the value.") % {"row": number})
    return rows


def _xlsx_rows(content: bytes) -> list[list[str]]:
    try:
        book = load_workbook(BytesIO(content), read_only=True)
        sheet = book.worksheets[0]
        rows = [list(row) for row in sheet.iter_rows(max_row=MOST_ROWS + 2)]
        deep = sheet.max_row or 0
    except (BadZipFile, KeyError, ValueError, OSError, IndexError) as error:
        raise Unreadable(say("It is no XLSX file.")) from error
    if deep > MOST_ROWS + 1:
        words = say("It has %(rows)d rows; at most %(most)d are read at once.")
        raise Unreadable(words % {"rows": deep - 1, "most": MOST_ROWS})
    for number, cells in enumerate(rows, start=1):
        if any(cell.data_type == "f" for cell in cells):
            raise Unreadable(say("Row %(row)d holds a formula; write the value.") % {"row": number})
    return [[_text(cell.value) for cell in row] for row in rows]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    return str(value).strip()


def _check_head(head: list[str]) -> None:
    if "id" not in head:
        raise Unreadable(say("The column “id” is missing."))
    if len(set(head)) < len(head) or "" in head:
        raise Unreadable(say("Each column needs a name of its own in the first row."))
