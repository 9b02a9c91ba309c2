"""Room 4: what values look like in the schema: rows from the columns, parameters from the forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.columns import Column, Table
from alliances.filtersets import CodesField, DayField, PageField
from alliances.partial_dates import PATTERN
from alliances.vocabulary import ValueKind

Plain = dict[str, Any]

KEY = r"[A-Za-z0-9_:/.-]+"
TEXT_OR_NOTHING = ["string", "null"]
DAY = r"^[1-9]\d{3}-\d{2}-\d{2}$"

# What a value of each kind looks like.
KINDS: dict[ValueKind, Plain] = {
    ValueKind.TEXT: {"type": TEXT_OR_NOTHING},
    ValueKind.CODE: {"type": TEXT_OR_NOTHING},
    ValueKind.NUMBER: {"type": ["integer", "null"]},
    ValueKind.YES_NO: {"type": ["boolean", "null"]},
    ValueKind.DAY: {"type": TEXT_OR_NOTHING, "format": "date"},
    ValueKind.PARTIAL_DATE: {"type": TEXT_OR_NOTHING, "pattern": PATTERN},
    ValueKind.ADDRESS: {"type": TEXT_OR_NOTHING, "format": "iri-reference"},
    ValueKind.LIST: {"type": "array", "items": {"type": "string"}},
}

# What only some parameters say of themselves, by name.
WORDS = {
    "on": _("A day, YYYY-MM-DD. Without it: today."),
    "q": _("Words that all must stand in the row’s names and texts."),
    "status": _("Without it: in_force, provisional, signed and unknown."),
    "sort": _("A hyphen before it reverses it; what has no value stays last."),
    "fields": _("Without it: all."),
    "page_size": _("Without it: 25."),
    "cursor": _("Only as an answer’s “next” has it, with the same parameters."),
}
SEVERAL = _("May be repeated: any of the values.")

PROBLEM: Plain = {
    "type": "object",
    "description": "A problem document (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "iri-reference"},
        "title": {"type": "string", "description": "The status in words."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What was wrong."},
        "errors": {
            "type": "array",
            "description": "What was wrong with which parameter.",
            "items": {
                "type": "object",
                "required": ["parameter", "message"],
                "properties": {"parameter": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}

# What stands around the rows.
ENVELOPE: Plain = {
    "day": {
        "type": TEXT_OR_NOTHING,
        "format": "date",
        "description": "The day as of which the rows stand; nothing where they stand on none.",
    },
    "data_version": {
        "type": "string",
        "description": "Moves with every change of the data, whichever record it concerns.",
    },
}
LIST: Plain = {
    "count": {"type": "integer", "description": "How many rows match in all."},
    "parameters": {
        "type": "object",
        "description": "What was asked, with the day that was taken.",
        "additionalProperties": {"type": "array", "items": {"type": "string"}},
    },
    "next": {
        "type": TEXT_OR_NOTHING,
        "format": "uri",
        "description": "The address of the rows after these; nothing after the last.",
    },
}


def array(items: Plain) -> Plain:
    """Several of these."""
    return {"type": "array", "items": items}


def of_column(column: Column) -> Plain:
    """The values of a column."""
    found = dict(KINDS[column.kind])
    if column.code_list and column.kind == ValueKind.LIST:
        found["items"] = {"type": "string", "enum": column.code_list}
    elif column.code_list:
        found["enum"] = [*column.code_list, None]
    unit = f" ({column.unit})" if column.unit else ""
    return found | {"title": str(column.label), "description": f"{column.meaning}{unit}"}


def of_row(table: Table) -> Plain:
    """One row of a table. No column is required: `fields` leaves some out."""
    return {
        "type": "object",
        "title": str(table.title),
        "description": str(table.meaning),
        "properties": {column.name: of_column(column) for column in table.columns},
    }


def of_field(field: Any) -> Plain:
    """The values of a parameter."""
    listed: Any = getattr(field, "choices", ())
    if isinstance(field, CodesField):
        return array({"type": "string", "enum": [str(code) for code, _label in listed]})
    if isinstance(field, forms.ChoiceField):
        return {"type": "string", "enum": [code for code, _label in listed]}
    if isinstance(field, DayField):
        return {"type": "string", "format": "date", "pattern": DAY}
    if isinstance(field, PageField):
        return {"type": "integer", "minimum": 1, "maximum": field.max_value}
    return {"type": "string", "maxLength": field.max_length, "pattern": r"^[^\x00]*$"}


def in_words(name: str, field: Any) -> str:
    """What a parameter asks: its label, its rule, its codes."""
    rules = [WORDS[name]] if name in WORDS else []
    if isinstance(field, CodesField):
        rules.append(SEVERAL)
    listed = [
        f"- `{code}`: {label}"
        for code, label in getattr(field, "choices", ())
        if str(code) != str(label)
    ]
    text = " ".join(str(part) for part in (f"{field.label}.", *rules))
    return "\n".join([text, "", *listed]) if listed else text
