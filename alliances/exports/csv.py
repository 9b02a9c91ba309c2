"""Room 3: rows as CSV (RFC 4180), in UTF-8 with a byte-order mark, a piece at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from alliances.columns import PlainRow, Table
from alliances.exports.about import About
from alliances.exports.harmless import cell, harmless
from alliances.vocabulary import ValueKind

BYTE_ORDER_MARK = "\ufeff"
# Each piece is handed from thread to thread on its way out; fewer are handed faster.
PIECE = 256 * 1024
TEXTS = {ValueKind.TEXT, ValueKind.CODE, ValueKind.ADDRESS}
PARTS = {ValueKind.LIST, ValueKind.JSON}
TRUTH = {True: "true", False: "false", None: None}


def pieces(table: Table, rows: Iterable[PlainRow], about: About | None = None) -> Iterator[bytes]:
    """The header, then the rows; CSV has no place for what it is about."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write(BYTE_ORDER_MARK)
    writer.writerow(table.names)
    texts, truths, others = _places(table)
    for row in rows:
        cells = list(row)
        for place in texts:
            if text := cells[place]:
                cells[place] = harmless(text)
        for place in truths:
            cells[place] = TRUTH[cells[place]]
        for place in others:
            cells[place] = cell(cells[place])
        writer.writerow(cells)
        if buffer.tell() > PIECE:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _places(table: Table) -> tuple[list[int], list[int], list[int]]:
    """Where a row has texts, what is true or false, and what has parts. The rest is written as it
    is: numbers, dates and codes of closed lists, which no spreadsheet can run.
    """
    texts, truths, others = [], [], []
    for place, column in enumerate(table.columns):
        if column.kind in PARTS:
            others.append(place)
        elif column.kind == ValueKind.YES_NO:
            truths.append(place)
        elif column.kind in TEXTS and not column.codes:
            texts.append(place)
    return texts, truths, others
