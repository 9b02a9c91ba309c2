"""Room 4: the method, what was researched, and how far to trust a blank."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alliances.models import Coverage
from alliances.vocabulary import DayReason, DayStatus


def about(request: HttpRequest) -> HttpResponse:
    """Method, coverage pair by pair, the meanings of the words for status."""
    coverage = Coverage.objects.select_related("promisor", "partner")
    words = {"statuses": list(DayStatus), "reasons": list(DayReason)}
    return render(request, "about/about.html", {"coverage": coverage, **words})
