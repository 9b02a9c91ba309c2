"""Room 4: what all addresses of the API share: who may ask, which methods, when nothing changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

EVERYONE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag",
}
BEFOREHAND = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}


class Reading(APIView):
    """GET and HEAD for pages of every site, without credentials; OPTIONS says so."""

    http_method_names = ("get", "head", "options")

    def options(self, request: Request, *_args: Any, **_named: Any) -> Response:
        """What a browser asks before it lets another site's page read."""
        return Response(status=204, headers=BEFOREHAND)

    def finalize_response(self, *args: Any, **named: Any) -> Response:
        """Also on refusals: readable from everywhere, and by what the answer was chosen."""
        response: Response = super().finalize_response(*args, **named)
        for name, value in EVERYONE.items():
            response[name] = value
        patch_vary_headers(response, ["Accept", "Accept-Encoding"])
        return response


@cache
def software() -> str:
    """A digest of the sources: an answer of other software is another answer."""
    files = sorted(Path(settings.BASE_DIR, "alliances").rglob("*.py"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def unless_known(
    request: Request, version: str, day: date | None, answer: Callable[[], Any]
) -> Response:
    """The answer under its ETag; where the client has it already, 304 without making it."""
    address = request.build_absolute_uri()
    named = f"{address} {version} {day} {software()}"
    etag = f'"{sha256(named.encode()).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    # Compression makes an ETag weak; If-None-Match compares weakly (RFC 9110, 13.1.2).
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if etag in {each.removeprefix("W/") for each in known}:
        return Response(status=304, headers=headers)
    return Response(answer(), headers=headers)
