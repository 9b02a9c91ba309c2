"""Room 3: what a view gives to be kept, and who compresses what."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

# In the request's environment wherever the cache waits for the answer; true if it may keep it.
KEEP = "alliances.cache.keep"


class SharedResponse(HttpResponse):
    """An answer that, by its address, is the same for everybody until the data or the day changes:
    every parameter of the address is known and valid, and nothing else was asked.
    """


class CompressOrKeep(GZipMiddleware):
    """Leave what the cache keeps to the cache, which compresses it once; compress the rest."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Also let browsers ask again on each visit: an answer that is still good costs nothing."""
        if isinstance(response, SharedResponse):
            response.headers.setdefault("Cache-Control", "no-cache")
        if KEEP not in request.META or not may_be_kept(response):
            return super().process_response(request, response)
        request.META[KEEP] = True
        patch_vary_headers(response, ["Accept-Encoding"])
        return response


def may_be_kept(response: HttpResponseBase) -> bool:
    """Whether everybody may be given this answer, whatever else their request says."""
    return (
        isinstance(response, SharedResponse)
        and response.status_code == 200
        and not response.cookies
        and not response.has_header("Vary")
        and not response.has_header("Content-Encoding")
        and "nonce-" not in response.get("Content-Security-Policy", "")
    )
