"""Room 3: what a page says in plain words: its first sentences, without markup and footnotes."""

from __future__ import annotations

import re
from html import unescape

from django.utils.html import strip_tags
from django.utils.text import Truncator

ANSWER = re.compile(r'<p class="answer[^"]*">(.*?)</p>', re.DOTALL)
FOOTNOTE = re.compile(r'<sup class="fn">.*?</sup>', re.DOTALL)
LONGEST = 400


def plain(html: str) -> str:
    """The words alone, without footnote numbers."""
    words = " ".join(unescape(strip_tags(FOOTNOTE.sub("", html))).split())
    return re.sub(r" ([,.;:])", r"\1", words)


def answer(html: str) -> str:
    """The sentences that a page opens with; nothing where it has none."""
    found = " ".join(plain(each) for each in ANSWER.findall(html))
    return Truncator(found).chars(LONGEST)
