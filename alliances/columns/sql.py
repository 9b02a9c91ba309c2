"""Room 3: how lists in one text are read from the database."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, QuerySet, Subquery

# Between the parts of a list where a format, or SQL, knows only texts. No code contains it.
SEPARATOR = "; "


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
