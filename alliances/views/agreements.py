"""Room 4: the agreements."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alliances import queries
from alliances.filtersets import DayParameters
from alliances.views.pages import refused


def agreements(request: HttpRequest) -> HttpResponse:
    """Every agreement with its parties and its standing on the day."""
    parameters = DayParameters(request.GET)
    if not parameters.is_valid():
        return refused(request, "agreements/list.html", parameters)
    return render(
        request,
        "agreements/list.html",
        {
            "form": parameters.shown(),
            "ignored": parameters.unknown(),
            "day": parameters.day,
            "agreements": queries.agreements_on(parameters.day),
        },
    )
