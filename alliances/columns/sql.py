"""Room 3: how a table's rows are read from the database: past the models, and lists in one text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import F, QuerySet, Subquery

# Between the parts of a list where a format, or SQL, knows only texts. No code contains it.
SEPARATOR = "; "
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


class Joined(Subquery):
    """One value of all rows of a subquery, each once, by letters, as one text."""

    output_field = models.TextField()
    template = "(SELECT %(joins)s(each, '%(separator)s') FROM (%(subquery)s) AS own)"

    def __init__(self, rows: QuerySet[Any], path: str) -> None:
        own = rows.order_by(path).values(each=F(path)).distinct()
        super().__init__(own, joins="string_agg", separator=SEPARATOR)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """SQLite names the function differently."""
        return self.as_sql(compiler, connection, joins="group_concat", **extra)  # type: ignore[call-arg]
