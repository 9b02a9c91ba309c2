"""Room 4: the method, what was researched, and how far to trust a blank."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from alliances.columns import COVERAGE
from alliances.filtersets import Parameters
from alliances.models import Coverage
from alliances.views.data import Offer, with_data
from alliances.views.pages import shared_page
from alliances.vocabulary import Blank, Caution, Confidence, DayReason, DayStatus


def _offer(request: HttpRequest) -> Offer:
    return Offer(COVERAGE, Parameters(request.GET), lambda: Coverage.objects.all())


@with_data(_offer)
def about(request: HttpRequest) -> HttpResponse:
    """Method, coverage pair by pair, the meanings of the words for status, doubt and blanks."""
    context = {
        "coverage": Coverage.objects.select_related("promisor", "partner"),
        "statuses": list(DayStatus),
        "reasons": list(DayReason),
        "blanks": list(Blank),
        "confidences": list(Confidence),
        # Low confidence is explained among the confidences.
        "cautions": [word for word in Caution if word != Caution.LOW_CONFIDENCE],
    }
    return shared_page(request, "about/about.html", context)
