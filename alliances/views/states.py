"""Room 4: the partners' table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from alliances import queries
from alliances.filtersets import PartnersFilters
from alliances.views.data import Offer, with_data
from alliances.views.lists import list_context, no_such_page, partners_offer, refused_list
from alliances.views.pages import shared_page
from alliances.vocabulary import Direction


def _offer(request: HttpRequest) -> Offer:
    filters = PartnersFilters(request.GET)
    return partners_offer(filters, lambda: filters.rows)


@with_data(_offer)
def partners(request: HttpRequest) -> HttpResponse:
    """On one page, a row per partner of the promisor: its strongest promise that matches."""
    filters = PartnersFilters(request.GET)
    if not filters.is_valid():
        return refused_list(request, "states/list.html", filters)
    if filters.number > 1:
        return no_such_page(request, filters, last=1)
    promisor, day = filters.whose, filters.day
    context = list_context(request, filters)
    by_strength = context["by_strength"]
    context |= {
        "promisor": promisor,
        "received": filters.towards == Direction.RECEIVED,
        "rows": filters.rows,
        "all": filters.of_how_many,
        "narrowed": filters.narrowed,
        "groups": queries.grouped_by_level(filters.rows) if by_strength else [(None, filters.rows)],
        "predecessors": promisor.continues.filter(exists_until_first__gt=day),
    }
    return shared_page(request, "states/list.html", context)
