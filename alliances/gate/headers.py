"""Room 3: the headers that every answer carries and Django has no setting for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

# What pages of ours never ask a browser for. Features that browsers deny by default are not listed.
DENIED = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "publickey-credentials-get",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)
# Else the application server would name itself.
SERVER = "site"
ALWAYS = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in DENIED),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Server": SERVER,
}


class EveryAnswer(MiddlewareMixin):
    """Adds them, unless a view has said otherwise: a picture that is made for other sites."""

    get_response: Callable[[HttpRequest], HttpResponse]

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Also to redirects, refusals and files."""
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        return response
