"""Room 3: rows as CSV (RFC 4180), in UTF-8 with a byte-order mark, a piece at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from alliances.columns import Plain, PlainRow, Table
from alliances.exports.about import About
from alliances.exports.harmless import cell

BYTE_ORDER_MARK = "\ufeff"
PIECE = 64 * 1024
TRUTH = {True: "true", False: "false"}


def pieces(table: Table, rows: Iterable[PlainRow], about: About | None = None) -> Iterator[bytes]:
    """The header, then the rows; CSV has no place for what it is about."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    buffer.write(BYTE_ORDER_MARK)
    writer.writerow(table.names)
    for row in rows:
        writer.writerow([written(value) for value in row])
        if buffer.tell() > PIECE:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def written(value: Plain) -> str | int | None:
    """A plain value as CSV has it: true and false in letters, nothing as nothing."""
    found: str | int | None = TRUTH[value] if isinstance(value, bool) else cell(value)
    return found
