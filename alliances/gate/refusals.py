"""Room 3: what is answered to a request that is not let in, in plain words; made once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import Any

from csp.middleware import CSPMiddleware
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliances.exports import PROBLEM_TYPE, problem
from alliances.gate.headers import EveryAnswer

# RFC 9110 asks servers to take at least 8,000 octets; the longest search that the filters can make
# has less than half.
LONGEST_ADDRESS = 8_000
# The longest form of the editors' desk has a fifth of it.
LARGEST_BODY = 2**20
# Django's own limit, which it meets too early to answer where a charset is named, too.
MOST_PARAMETERS = 1_000


@dataclass(frozen=True, eq=False)
class Refusal:
    """A status, what it is called and what to do."""

    status: HTTPStatus
    title: Promise
    said: Promise


TOO_LONG = Refusal(
    HTTPStatus.REQUEST_URI_TOO_LONG,
    _("This address is too long"),
    _(
        "The address you asked for has more than 8,000 characters, the most that is read here."
        " Please choose fewer filters, or a shorter text to search for."
    ),
)
TOO_LARGE = Refusal(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    _("This is too much to send"),
    _("What you sent is larger than 1 MB, the most that is taken here. Nothing was stored."),
)
UNREADABLE = Refusal(
    HTTPStatus.BAD_REQUEST,
    _("This request cannot be read"),
    _("It does not say in digits how long it is. Nothing was stored."),
)
TOO_CROWDED = Refusal(
    HTTPStatus.BAD_REQUEST,
    _("This address asks too much at once"),
    _(
        "The address you asked for names more than 1,000 parameters, the most that are read here."
        " Please choose fewer filters."
    ),
)
TOO_MANY = Refusal(
    HTTPStatus.TOO_MANY_REQUESTS,
    _("Too many requests"),
    _(
        "More requests came from your network address than one reader or program needs."
        " Please wait a few seconds and try again. To have all the data at once, take a release."
    ),
)
TOO_MANY_REPORTS = Refusal(
    HTTPStatus.TOO_MANY_REQUESTS,
    _("Too many reports at once"),
    _(
        "More reports came from your network address than one reader writes. This one was not"
        " stored. Go back, where your words still stand, and send it again in a few minutes."
    ),
)

# Those of Django's layers that only add headers.
DRESSING = (XFrameOptionsMiddleware, CSPMiddleware, SecurityMiddleware, EveryAnswer)


def refusal_page(refusal: Refusal) -> HttpResponse:
    """The refusal as a page that stands alone."""
    page = render_to_string("refusal.html", {"title": refusal.title, "said": refusal.said})
    return HttpResponse(page, status=refusal.status, headers={"Cache-Control": "no-store"})


def refused(refusal: Refusal, environ: dict[str, Any]) -> tuple[str, list[Any], bytes]:
    """Status, headers and body: a problem document where data were asked for, else a page."""
    for_programs = environ["PATH_INFO"].startswith("/api/") or "format=" in environ["QUERY_STRING"]
    # Whatever else a request says could be what it is refused for.
    is_secure = WSGIRequest({**environ, "CONTENT_TYPE": ""}).is_secure()
    status, headers, body = _made(refusal, for_programs, is_secure)
    return status, list(headers), body


@lru_cache(maxsize=32)
def _made(refusal: Refusal, for_programs: bool, secure: bool) -> tuple[str, tuple[Any, ...], bytes]:
    """The same for everybody, so that a flood of requests costs next to nothing."""
    response = _problem(refusal) if for_programs else refusal_page(refusal)
    response["Content-Length"] = str(len(response.content))
    for layer in DRESSING:
        layer(lambda _request: response).process_response(_Asked(secure), response)
    status = f"{refusal.status.value} {refusal.status.phrase}"
    return status, tuple(response.items()), response.content


def _problem(refusal: Refusal) -> HttpResponse:
    # As with the API's own answers, programs in other sites' pages may read why.
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Retry-After",
        "Cache-Control": "no-store",
    }
    said = problem(refusal.status, refusal.said)
    return JsonResponse(said, status=said["status"], content_type=PROBLEM_TYPE, headers=headers)


class _Asked(HttpRequest):
    """Nothing is known of a request but whether it came over https."""

    def __init__(self, secure: bool) -> None:
        super().__init__()
        self._scheme = "https" if secure else "http"

    def _get_scheme(self) -> str:
        return self._scheme
