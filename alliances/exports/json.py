"""Room 3: rows as JSON with what they are about, a piece at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import orjson

from alliances.columns import PlainRow, Table
from alliances.exports.about import About

ROWS_IN_A_PIECE = 200


def pieces(table: Table, rows: Iterable[PlainRow], about: About) -> Iterator[bytes]:
    """One object: `about`, then `rows`, each an object keyed by the columns' names."""
    names = table.names
    yield b'{"about":' + orjson.dumps(about.plain) + b',"rows":['
    waiting: list[bytes] = []
    separator = b""
    for row in rows:
        waiting.append(orjson.dumps(dict(zip(names, row, strict=True))))
        if len(waiting) == ROWS_IN_A_PIECE:
            yield separator + b",\n".join(waiting)
            separator = b",\n"
            waiting = []
    yield (separator if waiting else b"") + b",\n".join(waiting) + b"]}\n"
