"""Which rule of a record the database refused, in words: its own errors name no field."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.db.models import BaseConstraint, CheckConstraint, F, Model, UniqueConstraint


def broken_rule(record: Model, error: DatabaseError) -> tuple[set[str], str]:
    """The fields that the broken rule is about and its message; else the database's first line."""
    try:
        record.validate_unique()
    except ValidationError as refusal:
        name, messages = next(iter(refusal.message_dict.items()))
        return {name}, " ".join(messages)
    for constraint in record._meta.constraints:
        try:
            constraint.validate(type(record), record)  # type: ignore[attr-defined]
        except ValidationError as refusal:
            return _fields_of(constraint), " ".join(refusal.messages)
    return set(), str(error).splitlines()[0]


def _fields_of(constraint: BaseConstraint) -> set[str]:
    if isinstance(constraint, CheckConstraint):
        return set(constraint.condition.referenced_base_fields)  # type: ignore[union-attr]
    if isinstance(constraint, UniqueConstraint):
        parts = [part for each in constraint.expressions for part in each.flatten()]  # type: ignore[union-attr]
        return {*constraint.fields, *(part.name for part in parts if isinstance(part, F))}
    return set()
