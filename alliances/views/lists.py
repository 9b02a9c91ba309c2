"""Room 4: what pages with a filtered list share: the panel, paging, the answer to bad input."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse

from alliances.columns import PARTNERS, Table
from alliances.filtersets import ListFilters, PageParameters, Panel, PartnersFilters
from alliances.folding import folded_words
from alliances.models.commitment import SpanQuerySet
from alliances.queries import Line
from alliances.views.data import Offer
from alliances.views.pages import missing, refused

ROWS_ON_A_PAGE = 50


def partners_offer(
    filters: PartnersFilters, rows: Callable[[], Any], table: Table = PARTNERS
) -> Offer:
    """What the views of one state's partners give as data, under the parameters that they share."""
    return Offer(table, filters.form, rows, lambda: filters.pinned)


def list_context(request: HttpRequest, filters: ListFilters) -> dict[str, Any]:
    """What every list shows around its rows."""
    return {
        "panel": Panel(filters),
        "action": request.path,
        "ignored": filters.form.unknown(),
        "day": filters.day,
        "words": folded_words(filters.query),
        "by_strength": filters.sort.removeprefix("-") == "strength",
        "total": len(filters.counts.rows),
    }


def refused_list(request: HttpRequest, template: str, filters: ListFilters) -> HttpResponse:
    """The list's panel with the messages beside the fields, no rows, status 400."""
    context = {"panel": Panel(filters), "action": request.path}
    return refused(request, template, filters.form, **context)


def page_of(filters: ListFilters, rows: SpanQuerySet | range) -> Page[Any] | None:
    """The page asked for; None beyond the last. The number of rows is the facets' own."""
    paginator: Paginator[Any] = Paginator(rows, ROWS_ON_A_PAGE)
    paginator.count = len(filters.counts.rows)
    return paginator.page(filters.number) if filters.number <= paginator.num_pages else None


def last_page(filters: ListFilters) -> int:
    """The number of the last page of a list that has pages; an empty list has one."""
    return -(-len(filters.counts.rows) // ROWS_ON_A_PAGE) or 1


def no_such_page(
    request: HttpRequest, asked: ListFilters | PageParameters, last: int
) -> HttpResponse:
    """404 with a link to the last page under the same filters."""
    return missing(request, last_page=last, last_address=request.path + asked.address(page=last))


def grouped(rows: Iterable[Line], by_level: bool) -> list[tuple[Line | None, list[Line]]]:
    """Commitments in their order; where they are sorted by level, under a first one of each."""
    if not by_level:
        return [(None, list(rows))]
    levels = (list(own) for _level, own in groupby(rows, lambda line: line.level))
    return [(own[0], own) for own in levels]
