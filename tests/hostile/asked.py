"""Hostile requests, each like the last for the same seed, over every pattern of the site's addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote

from tests.hostile.words import (
    BODIES,
    BYTES,
    DAYS,
    HEADERS,
    HOSTS,
    METHODS,
    NUMBERS,
    TEXTS,
    TYPES,
)

HOST = "localhost"
NAME = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
# Of every hundred requests: which door they knock at. The desk has most of the addresses.
DOORS = {"pages": 50, "api": 25, "desk": 20, "others": 5}
OTHERS = ("healthz", "readyz", "static/", "static/css/base.css", "styleguide/", "favicon.ico", "")


SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


@dataclass(frozen=True)
class Site:
    """What there is to attack: the addresses by door, words that mean something there, and who
    signed in, by their cookies.
    """

    patterns: dict[str, list[str]]
    refs: list[str]
    names: list[str]
    values: list[str]
    owner: str
    looker: str
    token: str


@dataclass
class Request:
    """One request: `target` percent-encoded, header values as a browser would send their bytes."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""

    def __str__(self) -> str:
        body = f" + {len(self.body)} bytes {self.body[:60]!r}" if self.body else ""
        return f"{self.method} {self.target[:400]!r} {self.headers!r:.600}{body}"


def raw(text: str) -> bytes:
    """A header's value as bytes: as it stands where it can, so that not all of it is UTF-8."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


class Hostile:
    """An endless row of requests."""

    def __init__(self, site: Site, seed: int) -> None:
        # Nothing here is a secret: the seed is printed, so that a row can be asked again.
        self._site, self._random = site, Random(seed)  # noqa: S311

    def __iter__(self) -> Iterator[Request]:
        while True:
            yield self._request()

    def _one(self, of: Sequence[Any]) -> Any:
        return self._random.choice(of)

    def _seldom(self, one_in: int) -> bool:
        return self._random.randrange(one_in) == 0

    def _request(self) -> Request:
        (door,) = self._random.choices(list(DOORS), list(DOORS.values()))
        asked = Request("GET", self._path(door), {"Host": HOST})
        # Most requests are wrong in one or two ways: what is wrong in all is refused at once.
        if not self._seldom(5):
            asked.target += self._query(door)
        if self._seldom(4):
            self._with_body(asked)
        if door == "desk" and not self._seldom(3):
            self._sign_in(asked)
        if self._seldom(6):
            asked.headers["Host"] = self._one(HOSTS)
        for _header in range(self._one((0, 0, 1, 2, 6))):
            name = self._one(list(HEADERS))
            asked.headers[name] = self._one(TEXTS if self._seldom(4) else HEADERS[name])
        return asked

    # Where

    def _path(self, door: str) -> str:
        pattern = self._one(self._site.patterns.get(door) or OTHERS)
        path = NAME.sub(lambda _match: self._segment(), pattern).replace(r"[\s\S]*", "nothing")
        path = "/" + re.sub(r"[\^$]|\(\?:|\)\?", "", path)
        return self._mangled(path) if self._seldom(4) else path

    def _segment(self) -> str:
        if self._seldom(3):
            return self._encoded(self._text())
        return quote(self._one(self._site.refs), safe="/")

    def _mangled(self, path: str) -> str:
        place = self._random.randint(0, len(path))
        way: Callable[[], str] = self._one(
            (
                lambda: path[:place] + self._encoded(self._text()) + path[place:],
                lambda: path[:place] + quote(self._one(BYTES)) + path[place:],
                lambda: path[:place],
                lambda: path.upper(),
                lambda: path.replace("/", "//"),
                lambda: path.rstrip("/"),
                lambda: path + "/",
                lambda: path + "%00",
                lambda: path + "%2f..%2f",
                lambda: "/.." + path,
                lambda: path + ";a=b",
                lambda: path * 60,
            )
        )
        return way() or "/"

    # What

    def _text(self) -> str:
        text: str = self._one((TEXTS, NUMBERS, DAYS)[self._one((0, 0, 0, 1, 2))])
        return text

    def _encoded(self, text: str) -> str:
        raw = text.encode("utf-8", "surrogatepass")
        if self._seldom(12):
            raw += self._one(BYTES)
        return quote(raw, safe="")

    def _value(self, name: str) -> str:
        kind = self._random.randrange(10)
        if kind < 4:
            return self._encoded(self._one(self._site.values))
        if name in ("on", "from", "to", "since") and kind < 8:
            return self._encoded(self._one(DAYS))
        if name.startswith("page") and kind < 8:
            return self._encoded(self._one(NUMBERS))
        return self._encoded(self._text())

    def _query(self, door: str) -> str:
        names = [self._one(self._site.names) for _name in range(self._one((1, 1, 2, 3, 8)))]
        if door == "desk":
            names = [self._one(DESK) for _name in names]
        parts = []
        for name in names:
            spelled = self._encoded(self._text()) if self._seldom(15) else quote(name)
            spelled += self._one(("", "", "", "", "", "", "[]", "__lookup", "%00"))
            times = self._one((1, 1, 1, 1, 2, 3, 40))
            parts += [f"{spelled}={self._value(name)}" for _time in range(times)]
        if self._seldom(60):
            parts *= 300
        return "?" + self._one(("&", "&", "&", "&", ";", "&&")).join(parts)

    # How

    def _with_body(self, asked: Request) -> None:
        asked.method = self._one(METHODS)
        if asked.method in ("GET", "HEAD", "TRACE") and not self._seldom(4):
            return
        asked.body = self._one(BODIES)
        asked.headers["Content-Type"] = self._one(TYPES)
        if self._seldom(2):
            # Past Django's first look at a form.
            asked.headers["Content-Type"] = "application/x-www-form-urlencoded"
            form = [f"csrfmiddlewaretoken={self._site.token}", *self._query("desk")[1:].split("&")]
            asked.body = "&".join(form).encode()
            cookie = asked.headers.get("Cookie", "")
            asked.headers["Cookie"] = f"csrftoken={self._site.token}; {cookie}".strip("; ")

    def _sign_in(self, asked: Request) -> None:
        # Who may change the data only looks; who may only look tries to change them.
        who = self._site.owner if asked.method in SAFE else self._site.looker
        if "logout" not in asked.target:
            asked.headers["Cookie"] = f"{asked.headers.get('Cookie', '')}; {who}".strip("; ")


# What the editors' desk reads from an address or a form.
DESK = (
    "q",
    "o",
    "p",
    "all",
    "e",
    "_popup",
    "_to_field",
    "_changelist_filters",
    "_facets",
    "next",
    "id",
    "pk",
    "pk__in",
    "ref",
    "ref__contains",
    "name__regex",
    "history__history_user__password__startswith",
    "app_label",
    "model_name",
    "field_name",
    "term",
    "page",
    "username",
    "password",
    "action",
    "_selected_action",
    "select_across",
    "index",
    "_save",
    "_continue",
    "_saveasnew",
    "post",
    "form-TOTAL_FORMS",
    "form-INITIAL_FORMS",
)
