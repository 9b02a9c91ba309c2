"""Room 4: every piece of the pages on one page, for those who build them; only while developing."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from alliances import queries
from alliances.filtersets import PartnersParameters, SourceParameters
from alliances.models import Coverage, ObligationLevel, Source
from alliances.vocabulary import Blank, Caution, Confidence, DayStatus, Verdict

TOKENS = Path(settings.BASE_DIR, "static", "css", "tokens.css")
SIZES = ("t-small", "t-note", "t-body", "t-lead", "t-section", "t-title")
SPACES = range(1, 8)


def styleguide(request: HttpRequest) -> HttpResponse:
    """The pieces in their states, on real records where there are any."""
    parameters = PartnersParameters(request.GET)
    if not parameters.is_valid():
        parameters = PartnersParameters({})
        parameters.is_valid()
    rows = queries.partners_of(parameters.whose, parameters.day)
    context = {
        "form": parameters.shown(),
        "ignored": parameters.unknown(),
        "rows": rows[:6],
        "levels": ObligationLevel.objects.all(),
        "statuses": list(DayStatus),
        "verdicts": list(Verdict),
        "cautions": list(Caution),
        "confidences": list(Confidence),
        "blanks": list(Blank),
        "coverage": Coverage.objects.first(),
        "sources": Source.objects.order_by("seen", "ref").reverse()[:3],
        "dates": ("1998", "2024-12", "2024-12-04"),
        "drops": [(_("Status"), "?", 6)],
        "groups": _choices(),
        "page": Paginator(range(60), 20).page(2),
    }
    return render(request, "styleguide/page.html", context | _tokens())


def _choices() -> object:
    parameters = SourceParameters({}, language=[("hy", "Armenian"), ("ru", "Russian")])
    parameters.is_valid()
    return parameters.groups()


def _tokens() -> dict[str, object]:
    """The names of the colours, in the order of tokens.css; sizes and spaces."""
    light = TOKENS.read_text(encoding="utf-8").split("@media")[0]
    return {"colours": re.findall(r"--([\w-]+): #", light), "sizes": SIZES, "spaces": SPACES}
