"""Room 4: two to six partners of one state, rung by rung, wording beside wording."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alliances import queries
from alliances.filtersets import CompareParameters
from alliances.views.footnotes import Footnotes
from alliances.views.pages import refused

TEMPLATE = "compare/page.html"


def compare(request: HttpRequest) -> HttpResponse:
    """The comparison; without partners the form alone, which offers them."""
    parameters = CompareParameters(request.GET)
    if not parameters.is_valid():
        return refused(request, TEMPLATE, parameters)
    promisor, day = parameters.whose, parameters.day
    context = {
        "form": parameters,
        "ignored": parameters.unknown(),
        "promisor": promisor,
        "day": day,
        "notes": Footnotes([]),
    }
    if parameters.partners:
        found = queries.compared(promisor, parameters.partners, day)
        context |= {
            "comparison": found,
            "columns": [(row, parameters.address_without(row.other)) for row in found.columns],
        }
    return render(request, TEMPLATE, context)
