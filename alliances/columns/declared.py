"""Room 3: columns as their models declare them: label, meaning, kind and codes stand there."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.text import capfirst

from alliances.columns.column import Stored, Words
from alliances.columns.sql import SEPARATOR, Joined
from alliances.models.fields import CodedField, PartialDateField
from alliances.vocabulary import ValueKind

KINDS: tuple[tuple[type[models.Field], ValueKind], ...] = (
    (CodedField, ValueKind.CODE),
    (PartialDateField, ValueKind.PARTIAL_DATE),
    (models.URLField, ValueKind.ADDRESS),
    (models.BooleanField, ValueKind.YES_NO),
    (models.DateField, ValueKind.DAY),
    (models.IntegerField, ValueKind.NUMBER),
)


def kind_of(field: models.Field) -> ValueKind:
    """The kind of value that a field holds."""
    if isinstance(field, models.JSONField):
        return ValueKind.LIST if field.default is list else ValueKind.JSON
    return next((kind for known, kind in KINDS if isinstance(field, known)), ValueKind.TEXT)


def of(
    model: type[models.Model],
    field: str,
    *,
    name: str = "",
    at: str = "",
    label: Words = "",
    meaning: Words = "",
    unit: Words = "",
    ours: bool = True,
) -> Stored:
    """A column as its model declares it; `at`: the path from the table's rows to that model."""
    own: Any = model._meta.get_field(field)
    return Stored(
        name=name or field,
        label=label or capfirst(own.verbose_name),
        meaning=meaning or own.help_text,
        kind=kind_of(own),
        codes=getattr(own, "vocabulary", None),
        unit=unit,
        ours=ours,
        paths=(f"{at}{field}",),
    )


def several(
    name: str, rows: QuerySet[Any], path: str, *, label: Words, meaning: Words, unit: Words = ""
) -> Stored:
    """A list column: one value of all rows of a subquery."""
    return Stored(
        name=name,
        label=label,
        meaning=meaning,
        kind=ValueKind.LIST,
        unit=unit,
        expression=Joined(rows, path),
        read=_separate,
    )


def _separate(text: str | None) -> list[str]:
    return text.split(SEPARATOR) if text else []
