"""Room 2: orders that both databases share."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Value
from django.db.models.expressions import OrderBy
from django.db.models.functions import Collate, Lower, Replace


def directed(expression: Any, reverse: bool) -> OrderBy:
    """Upwards or, in reverse, downwards; what has no value comes last in both directions."""
    return OrderBy(expression, descending=reverse, nulls_last=True)


def by_letters(path: str) -> Collate:
    """Alphabetically, capitals and dashes of every length alike, whatever the server's collation.

    For names and ids in the Latin alphabet.
    """
    plain = Replace(Lower(path), Value("–"), Value("-"))
    return Collate(plain, "C" if connection.vendor == "postgresql" else "BINARY")
