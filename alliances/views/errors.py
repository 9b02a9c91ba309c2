"""Room 4: the pages for an address that does not exist and for a fault of ours."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from alliances.views.pages import missing


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that nothing is here and where to look."""
    return missing(request)
