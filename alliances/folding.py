"""Room 0: text as a search compares it, and where in a text a word stands.

Folded: NFKC, letter case away, ё as е, every dash a hyphen, curly quotation marks straight.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

# A letter with the marks that combine with it: folded as one, so that offsets can be told.
_LETTER = re.compile(r".[\u0300-\u036f]*", re.DOTALL)
_YO = re.compile("е\u0308+")
_SAME = str.maketrans(
    dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("‘’ʼ′", "'") | dict.fromkeys("“”„«»", '"')
)


def fold(text: str) -> str:
    """The text as it is compared: two texts that a reader would call the same fold alike."""
    if text.isascii():
        return text.lower()
    return "".join(_folded(letter) for letter in _LETTER.findall(text))


def folded_words(query: str) -> list[str]:
    """The words of a query, folded, each once, in order."""
    return list(dict.fromkeys(fold(query).split()))


def stretches(text: str, words: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The text cut into stretches, each with whether a folded word stands there.

    The stretches joined are the text, unaltered.
    """
    letters = _LETTER.findall(text)
    folded = [_folded(letter) for letter in letters]
    starts = list(accumulate(map(len, folded), initial=0))
    found = [False] * starts[-1]
    whole = "".join(folded)
    for word in words:
        for match in re.finditer(f"(?={re.escape(word)})", whole):
            found[match.start() : match.start() + len(word)] = [True] * len(word)
    hits = [any(found[start:end]) for start, end in pairwise(starts)]
    begin = 0
    for end in range(1, len(letters) + 1):
        if end == len(letters) or hits[end] != hits[begin]:
            yield "".join(letters[begin:end]), hits[begin]
            begin = end


def excerpt(text: str, words: Iterable[str], around: int = 60) -> str:
    """The text around the first of the folded words, cut at blanks; whole where it is short."""
    start, end = _first_hit(text, words)
    first, last = max(start - around, 0), max(start + around, end)
    if first:
        first = text.find(" ", first, start) + 1 or first
    if last < len(text):
        last = text.rfind(" ", end, last) if " " in text[end:last] else last
    lead, tail = ("… " if first else ""), (" …" if last < len(text) else "")
    return f"{lead}{text[first:last].strip()}{tail}"


def _first_hit(text: str, words: Iterable[str]) -> tuple[int, int]:
    """Where the first word stands; the beginning of the text where none does."""
    start = 0
    for piece, hit in stretches(text, words):
        if hit:
            return start, start + len(piece)
        start += len(piece)
    return 0, 0


# A text has few letters, each many times.
@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    plain = unicodedata.normalize("NFKC", letter).casefold()
    apart = unicodedata.normalize("NFKD", plain).translate(_SAME)
    return unicodedata.normalize("NFKC", _YO.sub("е", apart))
