"""Room 4: promises tested: what was asked and what was done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from alliances import queries
from alliances.filtersets import EventParameters
from alliances.models import Event
from alliances.views.reading import listed

EVENTS_ON_A_PAGE = 15


def events(request: HttpRequest) -> HttpResponse:
    """Events, latest first, with the promises that they tested; those on other pages by name."""
    rows = queries.event_codes()
    states = sorted({(row["state__ref"], row["state__name"]) for row in rows}, key=lambda s: s[1])

    def shown(keys: list[int]) -> dict[str, Any]:
        elsewhere = [row for row in rows if row["pk"] not in keys]
        return {"events": queries.events_with_tests(keys), "elsewhere": elsewhere}

    parameters = EventParameters(request.GET, state=states)
    return listed(request, "events/list.html", parameters, rows, shown, EVENTS_ON_A_PAGE)


def event(request: HttpRequest, ref: str) -> HttpResponse:
    """One event under its permanent address."""
    key = get_object_or_404(Event.objects.only("pk"), ref=ref).pk
    (test,) = queries.events_with_tests([key])
    return render(request, "events/detail.html", {"test": test})
