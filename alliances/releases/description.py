"""Room 3: what a release says of its files: Frictionless data package, dictionary, code lists.

The descriptor follows the Data Package and Table Schema standards, version 1.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO
from typing import Any

from django.utils.functional import Promise

from alliances.columns import Column, Table
from alliances.exports import LICENCE, SITE
from alliances.partial_dates import PATTERN
from alliances.vocabulary import Coded, ValueKind

TYPES = {
    ValueKind.NUMBER: "integer",
    ValueKind.YES_NO: "boolean",
    ValueKind.DAY: "date",
}
# Columns that name a row of another table.
REFERENCES = {
    "agreement": "agreements",
    "clause": "obligations",
    "dataset": "datasets",
    "event": "events",
    "participation": "participations",
    "partner": "states",
    "promisor": "states",
    "source": "sources",
    "clause_source": "sources",
    "state": "states",
}


def data_package(version: str, day: date, tables: Sequence[Table]) -> dict[str, Any]:
    """`datapackage.json` as a value."""
    names = [table.name for table in tables]
    return {
        "profile": "tabular-data-package",
        "name": "military-commitments",
        "title": SITE,
        "version": version,
        "created": f"{day}T00:00:00Z",
        "licenses": [_licence()],
        "resources": [_resource(table, names) for table in tables],
    }


def _licence() -> dict[str, str]:
    return {"name": "CC-BY-4.0", "title": LICENCE["title"], "path": LICENCE["url"]}


def _resource(table: Table, tables: Sequence[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": table.key,
        "foreignKeys": [
            {"fields": name, "reference": {"resource": target, "fields": "id"}}
            for name, target in REFERENCES.items()
            if name in table.names and target in tables and target != table.name
        ],
    }
    return {
        "name": table.name,
        "path": f"data/{table.name}.csv",
        "profile": "tabular-data-resource",
        "title": str(table.title),
        "description": str(table.meaning),
        "format": "csv",
        "mediatype": "text/csv",
        # The byte-order mark is no part of the first column's name.
        "encoding": "utf-8-sig",
        "ours": table.ours,
        **({"licenses": [_licence()]} if table.ours else {}),
        "schema": {name: value for name, value in schema.items() if value},
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": TYPES.get(column.kind, "string"),
        "title": str(column.label),
        "description": str(column.meaning),
    }
    if column.unit:
        field["unit"] = str(column.unit)
    if not column.ours:
        field["ours"] = False
    if column.kind == ValueKind.CODE:
        field["constraints"] = {"enum": column.code_list}
    if column.kind == ValueKind.PARTIAL_DATE:
        field["constraints"] = {"pattern": PATTERN}
    return field


def dictionary(tables: Iterable[Table]) -> str:
    """The data dictionary as CSV: one row per column."""
    rows = (
        [
            table.name,
            column.name,
            column.label,
            column.meaning,
            column.kind.label,
            column.unit,
            column.codes.__name__ if column.codes else "",
            "yes" if table.ours and column.ours else "no",
        ]
        for table in tables
        for column in table.columns
    )
    return _csv(("table", "column", "label", "meaning", "kind", "unit", "codes", "ours"), rows)


def code_lists(tables: Iterable[Table]) -> dict[str, list[tuple[str, str, str]]]:
    """Each list of codes that some column uses, by name: code, label, meaning. The scale's codes
    are a table of their own.
    """
    lists = {
        column.codes.__name__: column.codes
        for table in tables
        for column in table.columns
        if column.codes and issubclass(column.codes, Coded)
    }
    return {
        name: [(str(code), str(code.label), str(code.meaning)) for code in lists[name]]
        for name in sorted(lists)
    }


def codes(tables: Iterable[Table]) -> str:
    """The code lists as CSV: one row per code."""
    lists = code_lists(tables)
    rows = ([name, *row] for name, found in lists.items() for row in found)
    return _csv(("list", "code", "label", "meaning"), rows)


def _csv(header: Sequence[str], rows: Iterable[Iterable[str | Promise]]) -> str:
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([str(cell) for cell in row] for row in rows)
    return text.getvalue()
