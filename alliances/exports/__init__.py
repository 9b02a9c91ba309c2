"""Room 3: columns and rows in, the bytes of a file out (docs/decisions/0009). No request."""

from collections.abc import Callable, Iterable, Iterator

from alliances.columns import PlainRow, Table
from alliances.exports import csv, json, xlsx
from alliances.exports.about import LICENCE, SITE, About, reaches
from alliances.exports.problems import PROBLEM_TYPE, problem
from alliances.vocabulary import Format

Writer = Callable[[Table, Iterable[PlainRow], About], Iterator[bytes]]

WRITERS: dict[Format, Writer] = {
    Format.CSV: csv.pieces,
    Format.XLSX: xlsx.pieces,
    Format.JSON: json.pieces,
}
MEDIA_TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSON: "application/json",
}

__all__ = [
    "LICENCE",
    "MEDIA_TYPES",
    "PROBLEM_TYPE",
    "SITE",
    "WRITERS",
    "About",
    "Writer",
    "problem",
    "reaches",
]
