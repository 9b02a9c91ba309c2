"""Asks a WSGI application as a server does, and counts what reaches the site behind the cache."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import brotli
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory

from alliances.cache import ResponseCache
from alliances.cache.front import Application
from alliances.models.data_version import read_version

UNPACKED: dict[str, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "identity": bytes,
}
MEGABYTE = 2**20


@dataclass(frozen=True)
class Answer:
    """One answer: `body` as sent, `page` as read."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes

    def __getitem__(self, name: str) -> str | None:
        found = [value for own, value in self.headers if own.lower() == name.lower()]
        assert len(found) < 2, f"{name} is said twice"
        return found[0] if found else None

    @property
    def page(self) -> bytes:
        return UNPACKED[self["Content-Encoding"] or "identity"](self.body)


def ask(application: Application, address: str, method: str = "GET", **headers: str) -> Answer:
    """One request; headers as `if_none_match="*"`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = RequestFactory().generic(method, address, headers={"host": "localhost", **named})
    begun: list[Any] = []
    made = application(request.environ, lambda *begins: begun.extend(begins))
    try:
        body = b"".join(made)
    finally:
        getattr(made, "close", lambda: None)()
    status, said = begun
    return Answer(status, list(said), body)


class Front:
    """The site behind a cache. `made`: the addresses that the site was asked for itself."""

    def __init__(
        self, limit: int = 8 * MEGABYTE, version: Callable[[], object] = read_version
    ) -> None:
        self.site: Application = get_wsgi_application()
        self.made: list[str] = []
        self.cache = ResponseCache(self._counted, limit, version)

    def _counted(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        self.made.append(environ["PATH_INFO"])
        return self.site(environ, start_response)

    def ask(self, address: str, method: str = "GET", **headers: str) -> Answer:
        return ask(self.cache, address, method, **headers)

    def is_kept(self, address: str, **headers: str) -> bool:
        """Whether a second request for it is answered from memory."""
        self.ask(address, **headers)
        before = len(self.made)
        self.ask(address, **headers)
        return len(self.made) == before
