"""Room 4: shows where a search found its words. No queries, no rules of matching: see search.py."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from alliances.folding import stretches
from alliances.search import excerpts

register = template.Library()
register.filter("found_in", excerpts)


@register.filter
def hits(text: str, words: Sequence[str]) -> SafeString:
    """The text, unaltered, with the words of the search marked."""
    if not words:
        return escape(text)
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", piece) if hit else piece,)
            for piece, hit in stretches(text, words)
        ),
    )
