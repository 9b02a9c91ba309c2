"""Room 4: the pages for an address that does not exist, a fault of ours, and no database."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from alliances.exports import PROBLEM_TYPE, problem
from alliances.views.pages import missing

logger = logging.getLogger(__name__)

RETRY_AFTER = 10  # seconds
API = "api"  # as its addresses are named


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that nothing is here and where to look."""
    return missing(request)


class NoDatabase:
    """Answers 503 where the database does not answer, and has the next request connect anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do unless a view fails."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What a view's failure means for the visitor."""
        if not isinstance(error, OperationalError | InterfaceError):
            return None
        logger.error("The database does not answer: %s", " ".join(str(error).split()))
        for connection in connections.all(initialized_only=True):
            if not connection.in_atomic_block:
                connection.close()
        return unavailable(request)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Try again in a moment; as a problem document where data were asked for."""
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    match = request.resolver_match
    if "format" in request.GET or (match and match.app_name == API):
        said = problem(503, _("The database does not answer. Try again in a moment."))
        return JsonResponse(said, status=503, content_type=PROBLEM_TYPE, headers=headers)
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
