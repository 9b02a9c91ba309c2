"""Room 4: promises tested: what was asked and what was done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from alliances import queries
from alliances.views.pages import paged

EVENTS_ON_A_PAGE = 25


def events(request: HttpRequest) -> HttpResponse:
    """Every event, latest first, with the promises that it tested."""
    return paged(
        request, "events/list.html", "events", queries.events_with_tests(), EVENTS_ON_A_PAGE
    )
