"""Room 2: orders that both databases share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import CharField, QuerySet, Value
from django.db.models.expressions import OrderBy
from django.db.models.functions import Cast, Collate, Concat, Lower, Replace, StrIndex


def directed(expression: Any, reverse: bool) -> OrderBy:
    """Upwards or, in reverse, downwards; what has no value comes last in both directions."""
    return OrderBy(expression, descending=reverse, nulls_last=True)


def as_listed(rows: QuerySet[Any], keys: Sequence[int]) -> QuerySet[Any]:
    """The rows with these few primary keys, in their order."""
    listed = Value(f",{','.join(map(str, keys))},")
    place = StrIndex(listed, Concat(Value(","), Cast("pk", CharField()), Value(",")))
    return rows.filter(pk__in=keys).order_by(place) if keys else rows.none()


def by_letters(path: str) -> Collate:
    """Alphabetically, capitals and dashes of every length alike, whatever the server's collation.

    For names and ids in the Latin alphabet.
    """
    plain = Replace(Lower(path), Value("–"), Value("-"))
    return Collate(plain, "C" if connection.vendor == "postgresql" else "BINARY")
