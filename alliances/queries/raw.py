"""Room 2: rows as the database's driver gives them, past the models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

ROWS_AT_A_TIME = 500


def raw_rows(values: QuerySet[Any]) -> Iterator[Sequence[Any]]:
    """The rows of a `values_list` as the driver gives them, past the models' conversions: a regular
    expression for each date costs more than the query.
    """
    try:
        sql, parameters = values.query.sql_with_params()
    except EmptyResultSet:
        return
    with connections[values.db].chunked_cursor() as cursor:
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(ROWS_AT_A_TIME):
            yield from rows
