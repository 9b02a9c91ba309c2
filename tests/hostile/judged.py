"""Whether an answer to a hostile request is one that the site means to give."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping

import brotli

from tests.hostile.words import MARK

# A database that does not answer, and nothing else; none is taken away in these runs.
MEANT = range(200, 500)
TELLTALE = re.compile(
    rb"Traceback \(most recent|File \"/|site-packages|OperationalError|DoesNotExist|ValueError"
    rb"|Django Version|DEBUG = True|Request Method:|granian",
    re.I,
)
# Of every answer; and of pages, which a browser may show.
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Server": "site",
    "Cross-Origin-Resource-Policy": None,
    "Permissions-Policy": None,
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
OF_PAGES = {"Content-Security-Policy": None, "X-Frame-Options": "DENY"}
PROBE = {"X-Content-Type-Options": "nosniff", "Server": "site", "Cache-Control": "no-store"}


def faults(
    path: str, method: str, status: int, headers: Mapping[str, str], body: bytes
) -> list[str]:
    """What is wrong with an answer, in a few words each. Header names in any case."""
    said = {name.lower(): value for name, value in headers.items()}
    found = [] if status in MEANT else [f"status {status}"]
    found += _missing(path, said)
    if any("\r" in value or "\n" in value for value in said.values()):
        found.append("a header of two lines")
    if "hostile" in said.get("set-cookie", ""):
        found.append("a cookie of the visitor's making")
    if said.get("location", "").startswith(
        ("//", "http://example", "https://example", "javascript")
    ):
        found.append(f"leads away: {said['location'][:80]}")
    if (method == "HEAD" or status == 304) and body:
        found.append("a body where none belongs")
    elif method != "HEAD" and "content-length" in said and int(said["content-length"]) != len(body):
        found.append(f"{len(body)} bytes, said to be {said['content-length']}")
    return found + _telling(said, body)


def _missing(path: str, said: dict[str, str]) -> list[str]:
    wanted: dict[str, str | None] = {**ALWAYS}
    if path in ("/healthz", "/readyz"):
        wanted = {**PROBE}
    elif said.get("content-type", "").startswith("text/html"):
        wanted |= OF_PAGES
    return [
        f"{name}: {said.get(name.lower())!r}"
        for name, value in wanted.items()
        if not said.get(name.lower()) or (value and said[name.lower()] != value)
    ]


def _telling(said: dict[str, str], body: bytes) -> list[str]:
    page = {"br": brotli.decompress, "gzip": gzip.decompress}.get(
        said.get("content-encoding", ""), bytes
    )(body)
    kind = said.get("content-type", "")
    found = []
    if kind.startswith(("text/html", "application/problem")) and (told := TELLTALE.search(page)):
        found.append(f"tells {page[max(0, told.start() - 40) : told.end() + 40]!r}")
    if kind.startswith("text/html") and MARK.encode() in page:
        found.append("a script of the visitor's making")
    return found
