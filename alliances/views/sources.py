"""Room 4: a source and what rests on it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from alliances.models import Source


def source(request: HttpRequest, ref: str) -> HttpResponse:
    """One source with every record and fact that rests on it."""
    subject = get_object_or_404(Source.objects.with_use(), ref=ref)
    return render(request, "sources/detail.html", {"source": subject})
