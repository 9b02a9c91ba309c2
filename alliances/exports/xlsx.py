"""Room 3: rows as a workbook, with a second sheet that says what they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from tempfile import TemporaryFile
from typing import Any

import orjson
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from alliances.columns import PlainRow, Table
from alliances.exports.about import About
from alliances.exports.harmless import cell

PIECE = 64 * 1024
BOLD = Font(bold=True)


def pieces(table: Table, rows: Iterable[PlainRow], about: About) -> Iterator[bytes]:
    """The whole file. openpyxl writes each row to the disk as it comes."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}1"
    sheet.append(_bold(sheet, table.names))
    for row in rows:
        sheet.append([cell(value) for value in row])
    _describe(book.create_sheet("about"), table, about)
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _describe(sheet: Any, table: Table, about: About) -> None:
    for name, value in about.plain.items():
        is_text = value is None or isinstance(value, str)
        sheet.append([name, cell(value) if is_text else orjson.dumps(value).decode()])
    sheet.append([])
    sheet.append(_bold(sheet, ["column", "label", "meaning", "kind", "unit"]))
    for column in table.columns:
        words = (column.name, column.label, column.meaning, column.kind.label, column.unit)
        sheet.append([cell(str(word)) for word in words])


def _bold(sheet: Any, texts: Iterable[str]) -> list[Any]:
    cells = [WriteOnlyCell(sheet, text) for text in texts]
    for each in cells:
        each.font = BOLD
    return cells
