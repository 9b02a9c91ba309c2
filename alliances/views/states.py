"""Room 4: the partners' table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alliances import queries
from alliances.filtersets import PartnersParameters
from alliances.views.pages import refused


def partners(request: HttpRequest) -> HttpResponse:
    """One row per partner of the promisor: the strongest promise on the day."""
    parameters = PartnersParameters(request.GET)
    if not parameters.is_valid():
        return refused(request, "states/list.html", parameters)
    promisor, day = parameters.whose, parameters.day
    rows = queries.partners_of(promisor, day)
    predecessors = promisor.continues.filter(exists_until_first__gt=day)
    return render(
        request,
        "states/list.html",
        {
            "form": parameters.shown(),
            "ignored": parameters.unknown(),
            "promisor": promisor,
            "day": day,
            "rows": rows,
            "groups": queries.grouped_by_headline(rows),
            "predecessors": predecessors,
        },
    )
