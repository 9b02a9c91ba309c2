"""Room 4: the pages for what is not there, not taken or not understood, for a fault of ours, and
for no database.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from alliances.exports import PROBLEM_TYPE, problem
from alliances.gate.refusals import Refusal, refusal_page
from alliances.queries.belonging import WITH_PAGE
from alliances.queries.versions import Named, called
from alliances.request_id import current_request_id
from alliances.views.pages import missing

logger = logging.getLogger(__name__)

RETRY_AFTER = 10  # seconds
DISK_FULL = "53100"  # as PostgreSQL names it
API = "api"  # as its addresses are named


UNREADABLE = Refusal(
    HTTPStatus.BAD_REQUEST,
    _lazy("This request cannot be read"),
    _lazy("What was asked makes no sense here. Please start again from the front page."),
)
FORGED = Refusal(
    HTTPStatus.FORBIDDEN,
    _lazy("This was not taken"),
    _lazy(
        "Nothing was stored: what was sent did not come from a form of this site, or the form was"
        " open too long, or your browser keeps no cookies. Load the form again and send it again."
    ),
)
FULL = Refusal(
    HTTPStatus.INSUFFICIENT_STORAGE,
    _lazy("There is no room for this just now"),
    _lazy(
        "Nothing was stored: the disk of the database is full. Keep what you wrote and send it"
        " again when there is room. Reading goes on."
    ),
)
LOCKED_OUT = Refusal(
    HTTPStatus.TOO_MANY_REQUESTS,
    _lazy("Too many attempts"),
    _lazy(
        "Nobody can sign in from your network address for the next 15 minutes. Your account is"
        " not changed, and from elsewhere you can sign in. Reading needs no account."
    ),
)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that nothing is here and where to look; of a withdrawn record, that it was here."""
    gone = _withdrawn(request)
    page = missing(request, gone=gone)
    page.status_code = HTTPStatus.GONE if gone else HTTPStatus.NOT_FOUND
    return page


def _withdrawn(request: HttpRequest) -> Named | None:
    """The record that had a page at this address, and has none any more."""
    match = request.resolver_match
    if match is None or match.url_name not in WITH_PAGE:
        return None
    name = match.kwargs.get("ref") or match.kwargs.get("name", "")
    found = called(match.url_name, name)
    return found if found and found.gone else None


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request makes no sense: a host that is not ours, a thousand parameters."""
    return refusal_page(UNREADABLE)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that what was sent was not taken. Why exactly is nobody's business but Django's log's."""
    return refusal_page(FORGED)


def locked_out(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, str] | None = None
) -> HttpResponse:
    """In place of the sign-in form, for as long as its address is not trusted."""
    page = refusal_page(LOCKED_OUT)
    page["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    return page


def fault(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, under the id that the log has it by."""
    page = render_to_string("500.html", {"request_id": current_request_id()})
    return HttpResponse(page, status=500, headers={"Cache-Control": "no-store"})


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
        full = is_full(error)
        said = "The database is full" if full else "The database does not answer"
        logger.error("%s: %s", said, " ".join(str(error).split()))
        for connection in connections.all(initialized_only=True):
            if not connection.in_atomic_block:
                connection.close()
        return no_room() if full else unavailable(request)


def is_full(error: Exception) -> bool:
    """Whether the database answers, and takes nothing more."""
    cause = error.__cause__
    found = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
    return found in ("SQLITE_FULL", DISK_FULL)


def no_room() -> HttpResponse:
    """Try again when there is room; whoever looks after the site reads it in the log."""
    page = refusal_page(FULL)
    page["Retry-After"] = str(RETRY_AFTER)
    return page


def unavailable(request: HttpRequest) -> HttpResponse:
    """Try again in a moment; as a problem document where data were asked for."""
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store"}
    match = request.resolver_match
    if "format" in request.GET or (match and match.app_name == API):
        said = problem(503, _("The database does not answer. Try again in a moment."))
        return JsonResponse(said, status=503, content_type=PROBLEM_TYPE, headers=headers)
    return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
