"""Room 2: what is read once for a version of the data and kept by each process: small tables that
every page shows, and what is computed from all rows. Not answers to a visitor.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import connection

from alliances.models.data_version import read_version

Value = TypeVar("Value")


def per_version(read: Callable[[], Value]) -> Callable[[], Value]:
    """Let a function read the database once for each version of the data.

    Who gets the value may not change it. Inside a transaction the function reads anew: its own
    writes move the version only once, and a rollback takes that back.
    """
    kept: dict[Any, Value] = {}

    @wraps(read)
    def current() -> Value:
        if connection.in_atomic_block:
            return read()
        version = read_version()
        try:
            return kept[version]
        except KeyError:
            value = read()
        if read_version() == version:
            kept.clear()
            kept[version] = value
        return value

    return current
