"""Room 3: one kept answer: its body in each encoding, its strong ETags, what a request is given.

HTTP as in RFC 9110: negotiation 12.5.3, conditional requests 13.1.2, the headers of a 304 15.4.5.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import brotli

Headers = list[tuple[str, str]]

IDENTITY = "identity"
# The better one first: it is taken where a browser likes both alike.
ENCODINGS = ("br", "gzip")
# Measured: brotli 11 takes a hundred times as long as 5 for an eighth less.
BROTLI_QUALITY, GZIP_LEVEL = 5, 6
# A list of encodings that means something is shorter.
LONGEST_ACCEPT = 200
# They describe a body that a 304 has not.
OF_THE_BODY = {"content-type", "content-length", "content-encoding"}


@dataclass(frozen=True, slots=True)
class Variant:
    """A body in one encoding. `packed`: not stored for itself, but with gzip."""

    etag: str
    headers: Headers
    unchanged: Headers
    body: bytes
    packed: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer of status 200 in every encoding that it is kept in. `size` in bytes, about."""

    variants: Mapping[str, Variant]
    size: int

    def answer(self, accept: str, known: str) -> tuple[str, Headers, bytes]:
        """Status, headers and body for a request's Accept-Encoding and If-None-Match."""
        variant = self.variants.get(preferred(accept[:LONGEST_ACCEPT])) or self.variants[IDENTITY]
        if known and (variant.etag in known or known.strip() == "*"):
            return "304 Not Modified", list(variant.unchanged), b""
        body = gzip.decompress(variant.body) if variant.packed else variant.body
        return "200 OK", list(variant.headers), body


def kept(headers: Headers, body: bytes) -> Kept:
    """Prepare an answer to be given many times. Pictures are packed as they are."""
    digest = hashlib.blake2b(body, digest_size=16).hexdigest()
    if not dict(headers)["Content-Type"].startswith("text/"):
        return _of({IDENTITY: _variant(headers, digest, "", body)}, len(body))
    zipped = gzip.compress(body, GZIP_LEVEL, mtime=0)
    brotlied = brotli.compress(body, quality=BROTLI_QUALITY)
    plain = _variant(headers, digest, "", body)
    variants = {
        "br": _variant(headers, digest, "br", brotlied),
        "gzip": _variant(headers, digest, "gzip", zipped),
        IDENTITY: Variant(plain.etag, plain.headers, plain.unchanged, zipped, packed=True),
    }
    return _of(variants, len(zipped) + len(brotlied))


def _variant(headers: Headers, digest: str, encoding: str, body: bytes) -> Variant:
    etag = f'"{digest}-{encoding}"' if encoding else f'"{digest}"'
    length = str(len(body))
    own = [(name, length if name == "Content-Length" else value) for name, value in headers]
    if encoding:
        own.append(("Content-Encoding", encoding))
    own.append(("ETag", etag))
    unchanged = [(name, value) for name, value in own if name.lower() not in OF_THE_BODY]
    return Variant(etag, own, unchanged, body)


def _of(variants: Mapping[str, Variant], bodies: int) -> Kept:
    pairs = [pair for each in variants.values() for pair in each.headers]
    return Kept(variants, bodies + sum(len(name) + len(value) for name, value in pairs))


@lru_cache(maxsize=64)
def preferred(accept: str) -> str:
    """The encoding to send under an Accept-Encoding: of ours the one that it likes best."""
    weights = dict(_weighed(part) for part in accept.lower().split(","))
    others = weights.get("*", 0.0)
    best = max(ENCODINGS, key=lambda encoding: weights.get(encoding, others))
    return best if weights.get(best, others) > 0 else IDENTITY


def _weighed(part: str) -> tuple[str, float]:
    """One element and its weight; none where that cannot be read."""
    encoding, _, parameters = part.partition(";")
    name, _, weight = parameters.strip().partition("=")
    try:
        return encoding.strip(), float(weight) if name == "q" else 1.0
    except ValueError:
        return encoding.strip(), 0.0
