"""Room 3: columns and rows in, the bytes of a file out (docs/decisions/0009). No request."""

from collections.abc import Callable, Iterable, Iterator

from alliances.columns import PlainRow, Table
from alliances.exports import csv, json
from alliances.exports.about import About, reaches
from alliances.exports.apa import reference_html
from alliances.exports.citing import CITATION_WRITERS, Work, in_format
from alliances.exports.ours import LICENCE, SITE
from alliances.exports.problems import NO_SUCH_RECORD, NOT_UNDERSTOOD, PROBLEM_TYPE, problem
from alliances.vocabulary import CitationFormat, Coded, Format

Writer = Callable[[Table, Iterable[PlainRow], About], Iterator[bytes]]


def _workbook(table: Table, rows: Iterable[PlainRow], about: About) -> Iterator[bytes]:
    # Imported when it is first asked for: openpyxl is a fifth of the time that a start takes.
    from alliances.exports import xlsx

    yield from xlsx.pieces(table, rows, about)


WRITERS: dict[Format, Writer] = {
    Format.CSV: csv.pieces,
    Format.XLSX: _workbook,
    Format.JSON: json.pieces,
}
MEDIA_TYPES: dict[Coded, str] = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.JSON: "application/json",
    CitationFormat.BIBTEX: "application/x-bibtex; charset=utf-8",
    CitationFormat.CSL: "application/vnd.citationstyles.csl+json",
}

__all__ = [
    "CITATION_WRITERS",
    "LICENCE",
    "MEDIA_TYPES",
    "NOT_UNDERSTOOD",
    "NO_SUCH_RECORD",
    "PROBLEM_TYPE",
    "SITE",
    "WRITERS",
    "About",
    "Work",
    "Writer",
    "in_format",
    "problem",
    "reaches",
    "reference_html",
]
