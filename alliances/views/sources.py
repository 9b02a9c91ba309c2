"""Room 4: the sources, and one source with what rests on it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from alliances.models import Source
from alliances.views.pages import paged

SOURCES_ON_A_PAGE = 100


def sources(request: HttpRequest) -> HttpResponse:
    """Every source, by title."""
    rows = Source.objects.order_by("title", "ref")
    return paged(request, "sources/list.html", "sources", rows, SOURCES_ON_A_PAGE)


def source(request: HttpRequest, ref: str) -> HttpResponse:
    """One source with every record and fact that rests on it."""
    subject = get_object_or_404(Source.objects.with_use(), ref=ref)
    return render(request, "sources/detail.html", {"source": subject})
