"""Room 2: rows as the database's driver gives them, past the models."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
    yield from _answered(values.db, sql, parameters)


class RowsByKey:
    """A few rows at a time of one `values_list`, by their primary keys, in the keys' order.

    Django takes longer to write such a statement than the database to answer it, so it is written
    once for each number of keys. `values`: gives the rows, none of them chosen yet.
    """

    def __init__(self, values: Callable[[], QuerySet[Any]], paths: Sequence[str]) -> None:
        self._values = values
        self._paths = paths
        self._statement = lru_cache(maxsize=100)(self._written)

    def _written(self, number: int, _vendor: str) -> tuple[str, tuple[Any, ...]]:
        # No row has these keys: they hold the places of those that will be asked for.
        places = [-1 - place for place in range(number)]
        rows = self._values().filter(pk__in=places).order_by()
        return rows.values_list("pk", *self._paths).query.sql_with_params()

    def __call__(self, keys: Sequence[int]) -> list[Sequence[Any]]:
        """For each key that has a row: the key, and the values at the paths."""
        if not keys:
            return []
        database = self._values().db
        sql, held = self._statement(len(keys), connections[database].vendor)
        parameters = [keys[-1 - each] if _is_place(each) else each for each in held]
        found = {row[0]: row for row in _answered(database, sql, parameters)}
        return [found[key] for key in keys if key in found]


@lru_cache(maxsize=200)
def by_key(values: Callable[[], QuerySet[Any]], paths: tuple[str, ...]) -> RowsByKey:
    """The one reader of these rows and paths."""
    return RowsByKey(values, paths)


@dataclass(frozen=True)
class Chosen:
    """A few rows of a queryset in an order of their own: `values` gives all, `keys` are theirs."""

    values: Callable[[], QuerySet[Any]]
    keys: Sequence[int]

    def read(self, paths: Sequence[str]) -> Iterator[Sequence[Any]]:
        """Their values at the paths."""
        return (row[1:] for row in by_key(self.values, tuple(paths))(self.keys))


def _is_place(parameter: Any) -> bool:
    return type(parameter) is int and parameter < 0


def _answered(database: str, sql: str, parameters: Sequence[Any]) -> Iterator[Sequence[Any]]:
    with connections[database].chunked_cursor() as cursor:
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(ROWS_AT_A_TIME):
            yield from rows
