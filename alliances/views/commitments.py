"""Room 4: the commitments: one row per clause and direction."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse

from alliances.columns import COMMITMENTS
from alliances.filtersets import CommitmentFilters
from alliances.models import CommitmentSpan
from alliances.queries import lines
from alliances.search import excerpts
from alliances.views.data import Offer, with_data
from alliances.views.lists import (
    grouped,
    last_page,
    list_context,
    no_such_page,
    page_of,
    refused_list,
)
from alliances.views.pages import shared_page

TEMPLATE = "commitments/list.html"


def _offer(request: HttpRequest) -> Offer:
    filters = CommitmentFilters(request.GET)
    return Offer(
        COMMITMENTS, filters.form, lambda: filters.ordered, pinned=lambda: {"on": filters.day}
    )


@with_data(_offer)
def commitments(request: HttpRequest) -> HttpResponse:
    """Every clause in every direction, filtered."""
    filters = CommitmentFilters(request.GET)
    if not filters.is_valid():
        return refused_list(request, TEMPLATE, filters)
    page = page_of(filters, range(len(filters.counts.rows)))
    if page is None:
        return no_such_page(request, filters, last_page(filters))
    context = list_context(request, filters)
    keys = filters.keys(cast(range, page.object_list))
    rows = lines(keys)
    context |= {"page": page, "rows": rows, "excerpts": _excerpts(keys, context["words"])}
    context["groups"] = grouped(rows, context["by_strength"])
    return shared_page(request, TEMPLATE, context)


def _excerpts(keys: list[int], words: list[str]) -> dict[int, list[str]]:
    """Where a search found what a row does not show; read from the records themselves."""
    if not words:
        return {}
    spans = CommitmentSpan.objects.filter(pk__in=keys).as_pledges()
    return {span.pk: excerpts(span.commitment, words) for span in spans}
