"""Room 4: the sources, and one source with what rests on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from alliances.filtersets import SourceParameters
from alliances.models import Source
from alliances.views.reading import listed
from alliances.vocabulary import language_name

SOURCES_ON_A_PAGE = 100


def sources(request: HttpRequest) -> HttpResponse:
    """Sources by title, with how many records rest on each."""
    rows = list(Source.objects.order_by("title", "ref").values("pk", "kind", "seen", "language"))
    codes = {row["language"] for row in rows}
    languages = sorted(((code, language_name(code)) for code in codes), key=lambda pair: pair[1])

    def shown(keys: list[int]) -> dict[str, Any]:
        return {"sources": Source.objects.filter(pk__in=keys).order_by("title", "ref")}

    parameters = SourceParameters(request.GET, language=languages)
    return listed(request, "sources/list.html", parameters, rows, shown, SOURCES_ON_A_PAGE)


def source(request: HttpRequest, ref: str) -> HttpResponse:
    """One source with every record and fact that rests on it."""
    subject = get_object_or_404(Source.objects.with_use().select_related("article"), ref=ref)
    return render(request, "sources/detail.html", {"source": subject})
