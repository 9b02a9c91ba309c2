"""Room 4: a table's list and one of its rows: parse, ask, answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import QueryDict
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from alliances.api import cursors
from alliances.api.endpoints import Endpoint, Question
from alliances.api.parameters import ListParameters, RowParameters, refuse_unless_valid
from alliances.api.reading import Reading, unless_known
from alliances.columns import Table
from alliances.exports import NO_SUCH_RECORD
from alliances.filtersets import DayParameters, Parameters
from alliances.models import DataVersion


class ListView(Reading):
    """The rows of a table that the parameters leave, one page of them."""

    endpoint: Any = None

    def get(self, request: Request) -> Response:
        """Judge the parameters, then the cursor, then read a page of rows."""
        query = _with_day(request.GET, self.endpoint)
        question = self.endpoint.many(query)
        paging = ListParameters(request.GET, self.endpoint.table)
        refuse_unless_valid(request.GET, question.form, paging)
        version = DataVersion.objects.current().label
        day = question.form.cleaned_data.get("on")
        return unless_known(
            request, version, day, lambda: _page(request, question, paging, version)
        )


class RowView(Reading):
    """One row of a table by its key."""

    endpoint: Any = None

    def get(self, request: Request, key: str) -> Response:
        """Judge the parameters, then look the row up."""
        query = _with_day(request.GET, self.endpoint)
        form = DayParameters(query) if self.endpoint.dated else Parameters(query)
        columns = RowParameters(request.GET, self.endpoint.table)
        refuse_unless_valid(request.GET, form, columns)
        version = DataVersion.objects.current().label
        day = form.cleaned_data.get("on")

        def answer() -> dict[str, Any]:
            found = _objects(columns.table, self.endpoint.one(key, day or date.today()))
            if not found:
                raise NotFound(NO_SUCH_RECORD)
            return {"day": _iso(day), "data_version": version, "result": found[0]}

        return unless_known(request, version, day, answer)


def _with_day(query: QueryDict, endpoint: Endpoint) -> QueryDict:
    """The parameters, with today's day where rows stand on a day and none was asked for: so that
    all that is answered and every later page is of one day.
    """
    if endpoint.dated and not query.get("on"):
        query = query.copy()
        query["on"] = date.today().isoformat()
    return query


def _page(
    request: Request, question: Question, paging: ListParameters, version: str
) -> dict[str, Any]:
    day = question.form.cleaned_data.get("on")
    query = question.form.address(**({"on": day} if day else {}))
    address = f"{request.path}{query}"
    cursor = paging.cleaned_data["cursor"]
    start = cursors.read(cursor, version, address) if cursor else 0
    end = start + paging.size
    rows = question.rows()
    count = len(rows) if isinstance(rows, list) else rows.count()
    results = _objects(paging.table, rows[start:end])
    # The rows may have changed while they were read: then they do not follow the page before.
    if cursor and DataVersion.objects.current().label != version:
        raise cursors.changed()
    after = cursors.written(version, address, end) if end < count else None
    return {
        "count": count,
        "day": _iso(day),
        "data_version": version,
        "parameters": dict(QueryDict(query[1:]).lists()),
        "next": _next(request, query, paging, after) if after else None,
        "results": results,
    }


def _next(request: Request, query: str, paging: ListParameters, cursor: str) -> str:
    """The address of the rows after these, with the day that was taken."""
    own = paging.address(cursor=cursor)
    joined = "&".join(part for part in (query[1:], own[1:]) if part)
    address: str = request.build_absolute_uri(f"{request.path}?{joined}")
    return address


def _objects(table: Table, source: Any) -> list[dict[str, Any]]:
    names = table.names
    return [dict(zip(names, row, strict=True)) for row in table.rows(source)]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
