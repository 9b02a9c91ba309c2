"""Room 3: the cache itself, a WSGI application around the site's.

Each request asks for the version of the data first, so an answer is never older than the last
commit, and none needs a time to live. While the database does not answer, what is kept is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.conf import settings

from alliances.cache.commits import Watched
from alliances.cache.kept import Kept, kept
from alliances.cache.responses import KEEP
from alliances.cache.store import Key, Moment, Store
from alliances.cache.version import LastVersion

Environment = dict[str, Any]
Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]

LONGEST_KEY = 2_000


class ResponseCache:
    """Answers what it has kept for the moment, else asks the site. `limit` in bytes."""

    def __init__(
        self, site: Application, limit: int, version: Callable[[], object] | None = None
    ) -> None:
        self.site = site
        self.store = Store(limit)
        self._version = LastVersion(version or Watched())
        self._moment = Moment(None, date.min)
        # Who signed in, or waits for a message, is known by one of these. The CSRF cookie, which a
        # reader keeps who opened a form, is not: no page with its token may be kept.
        self._personal = (settings.SESSION_COOKIE_NAME, "messages")
        # The proxy's word for http or https, where one is listened to.
        proxy: tuple[str, str] | None = settings.SECURE_PROXY_SSL_HEADER
        self._forwarded = proxy[0] if proxy else ""
        self._static = f"/{settings.STATIC_URL.lstrip('/')}"

    def __call__(self, environ: Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """As WSGI has it."""
        key = self._key(environ)
        if key is None:
            return self.site(environ, start_response)
        version, is_current = self._version()
        moment = self._now(version)
        found = self.store.get(key, moment)
        if found:
            return self._given(found, environ, start_response)
        if environ["REQUEST_METHOD"] == "GET" and is_current:
            return self._made(environ, start_response, key, moment)
        return self.site(environ, start_response)

    def _now(self, version: object) -> Moment:
        """The moment of this version and of today: the same one until either moves."""
        today, moment = date.today(), self._moment
        if moment.version is not version or moment.today != today:
            moment = self._moment = Moment(version, today)
        return moment

    def _key(self, environ: Environment) -> Key | None:
        """What is asked; None where the answer could be for this visitor alone, or a file."""
        cookies = environ.get("HTTP_COOKIE", "")
        if (
            environ["REQUEST_METHOD"] not in ("GET", "HEAD")
            or "HTTP_AUTHORIZATION" in environ
            or (cookies and any(name in cookies for name in self._personal))
        ):
            return None
        host = environ.get("HTTP_HOST", "")
        path = environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"]
        query = environ.get("QUERY_STRING", "")
        size = len(host) + len(path) + len(query)
        if not host or size > LONGEST_KEY or path.startswith(self._static):
            return None
        forwarded = environ.get(self._forwarded, "")
        return Key(environ["wsgi.url_scheme"], forwarded, host, path, query)

    def _made(
        self, environ: Environment, start_response: Callable[..., Any], key: Key, moment: Moment
    ) -> Iterable[bytes]:
        """The site's own answer, kept if it may be."""
        environ[KEEP] = False
        begun: list[Any] = []
        made = self.site(environ, lambda *begins: begun.extend(begins))
        if not environ[KEEP]:
            start_response(*begun)
            return made
        try:
            answer = kept(begun[1], b"".join(made))
        finally:
            _close(made)
        self.store.put(key, moment, answer)
        return self._given(answer, environ, start_response)

    @staticmethod
    def _given(
        answer: Kept, environ: Environment, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        status, headers, body = answer.answer(
            environ.get("HTTP_ACCEPT_ENCODING", ""), environ.get("HTTP_IF_NONE_MATCH", "")
        )
        start_response(status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _close(made: Iterable[bytes]) -> None:
    close = getattr(made, "close", None)
    if close:
        close()
