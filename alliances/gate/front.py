"""Room 3: the gate itself, a WSGI application around the cache and the site.

A page from memory costs less than a tenth of a millisecond, so each step here is a comparison or
two. What needs a whole request is Django's.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from math import ceil
from time import perf_counter
from typing import Any

from django.conf import settings

from alliances.gate.access import AccessLog, access_log
from alliances.gate.address import visitor
from alliances.gate.probes import PROBES, Probes
from alliances.gate.rates import Rates
from alliances.gate.refusals import (
    LARGEST_BODY,
    LONGEST_ADDRESS,
    MOST_PARAMETERS,
    TOO_CROWDED,
    TOO_LARGE,
    TOO_LONG,
    TOO_MANY,
    TOO_MANY_REPORTS,
    UNREADABLE,
    Refusal,
    refused,
)
from alliances.request_id import answering

Environment = dict[str, Any]
Begin = Callable[..., Any]
Application = Callable[[Environment, Begin], Iterable[bytes]]

# Where readers without an account may write: so many an hour, and so many at once.
READERS_FORMS = "/corrections/"
SENT_AN_HOUR, SENT_AT_ONCE = 20, 10

# Whatever a proxy makes, it must fit into one field of a log.
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
# Of the longest number that is worth reading: to read one of thousands is refused by Python.
DIGITS = 9


class Gate:
    """Answers the probes, names each request, refuses what is too much, and lets the rest in."""

    def __init__(self, site: Application) -> None:
        self.site = site
        self._probes = Probes()
        self._proxies = settings.TRUSTED_PROXIES
        limit = settings.RATE_LIMIT
        self._rates = Rates(limit, settings.RATE_BURST) if limit else None
        self._sent = Rates(SENT_AN_HOUR / 3_600, SENT_AT_ONCE) if limit else None
        self._log = access_log(settings.LOG_FORMAT) if settings.ACCESS_LOG else None
        # Random for each process, then counted: a random number for each request costs more.
        self._process, self._count = os.urandom(6).hex(), count(1)

    def __call__(self, environ: Environment, begin: Begin) -> Iterable[bytes]:
        """As WSGI has it."""
        if environ["PATH_INFO"] in PROBES:
            return self._probes(environ, begin)
        request_id = self._named(environ)
        answering(request_id)
        asked = Asked(environ, begin, request_id, self._log)
        made: Iterable[bytes] | None = self._refused(environ, asked.begin)
        if made is None:
            made = self.site(environ, asked.begin)
        # What is whole is logged before it is sent: a server that ends may not come back for it.
        if isinstance(made, list) or not getattr(made, "streaming", True):
            asked.leave()
            return made
        return Streamed(made, asked.leave)

    def _named(self, environ: Environment) -> str:
        """The id that our own proxy has given the request, else a new one."""
        given: str = environ.get("HTTP_X_REQUEST_ID", "") if self._proxies else ""
        if given and WELL_FORMED.fullmatch(given):
            return given
        return f"{self._process}{next(self._count):08x}"

    def _refused(self, environ: Environment, begin: Begin) -> list[bytes] | None:
        """The answer to a request that is too much; None for all others."""
        often, wait = self._too_often(environ)
        excess = often or _excess(environ)
        if excess is None:
            return None
        status, headers, body = refused(excess, environ)
        if wait:
            headers.append(("Retry-After", str(ceil(wait))))
        begin(status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _too_often(self, environ: Environment) -> tuple[Refusal | None, float]:
        """What is asked too often, and in how many seconds it may be asked again."""
        if not self._rates or not self._sent:
            return None, 0
        address = visitor(environ, self._proxies)
        if wait := self._rates.wait(address):
            return TOO_MANY, wait
        sends = environ["REQUEST_METHOD"] == "POST"
        if sends and environ["PATH_INFO"].startswith(READERS_FORMS):
            wait = self._sent.wait(address)
        return (TOO_MANY_REPORTS, wait) if wait else (None, 0)


class Asked:
    """One request while it is answered."""

    __slots__ = ("_began", "_begin", "_environ", "_id", "_log", "_status")

    def __init__(
        self, environ: Environment, begin: Begin, request_id: str, log: AccessLog | None
    ) -> None:
        self._environ, self._begin, self._id, self._log = environ, begin, request_id, log
        self._began = perf_counter()
        self._status = ""

    def begin(self, status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        """As WSGI's start_response. The answer is named on a copy: kept headers are everybody's."""
        self._status = status
        return self._begin(status, [*headers, ("X-Request-ID", self._id)], *rest)

    def leave(self) -> None:
        """It is answered, or given up."""
        if self._log:
            self._log(self._environ, self._status, self._id, self._began)
        answering("")


class Streamed:
    """An answer that is made while it is sent; it ends when the server closes it."""

    def __init__(self, made: Iterable[bytes], finish: Callable[[], None]) -> None:
        self._made, self._finish = made, finish

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._made)

    def close(self) -> None:
        """Once, whether all of it was sent or not."""
        try:
            close = getattr(self._made, "close", None)
            if close:
                close()
        finally:
            self._finish()


def _excess(environ: Environment) -> Refusal | None:
    query = environ.get("QUERY_STRING", "")
    if len(environ["PATH_INFO"]) + len(query) > LONGEST_ADDRESS:
        return TOO_LONG
    if query.count("&") >= MOST_PARAMETERS:
        return TOO_CROWDED
    length = environ.get("CONTENT_LENGTH", "")
    if length and not length.isdecimal():
        # Django would take it for a fault of its own.
        return UNREADABLE
    is_huge = len(length) > DIGITS or int(length or 0) > LARGEST_BODY
    return TOO_LARGE if is_huge else None
