"""Room 4: rows of the longest list through Jinja2, which writes them ten times as fast (ADR 0017).

Only what those rows need. The words and marks are those of the Django templates.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.template.loader import get_template
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from jinja2 import Environment

from alliances.queries import Line
from alliances.templatetags.reference import article, sentence, suspension_of, words_of
from alliances.templatetags.search_hits import hits
from alliances.vocabulary import Confidence, TriggerCode

register = template.Library()


def environment(**options: Any) -> Environment:
    """What the row templates may use."""
    made = Environment(**options, trim_blocks=True, lstrip_blocks=True)  # noqa: S701  Django turns escaping on
    made.globals |= {"_": gettext, "page": page, "mark": mark}
    made.filters |= {
        "article": article,
        "confidence": lambda code: Confidence(code).label,
        "hits": hits,
        "standing": standing,
        "suspension": lambda line: sentence(suspension_of(line.standing)),
        "trigger": lambda code: TriggerCode(code).label,
    }
    return made


def standing(line: Line) -> str:
    """How it stands on the day, as a sentence."""
    return sentence(words_of(line.standing, line.signed_on, line.whole_text_since))


def page(name: str, key: str) -> str:
    """The address of the page of this name and key."""
    return _page(name, key, get_script_prefix())


@lru_cache(maxsize=10_000)
def _page(name: str, key: str, _prefix: str) -> str:
    return reverse(name, args=[key])


def mark(line: Line) -> SafeString:
    """The rung's mark."""
    return _mark(line.rank, line.status, bool(line.suspended), line.is_reported, get_language())


@lru_cache(maxsize=1_000)
def _mark(
    rank: int | None, status: str, suspended: bool, is_reported: bool, _language: str
) -> SafeString:
    span = {"status": status, "suspended": suspended, "is_reported": is_reported}
    return get_template("parts/_mark.html").render({"span": span, "rank": rank})


@register.simple_tag(takes_context=True)
def commitment_rows(context: Context, lines: list[Line]) -> SafeString:
    """The table rows of some commitments. Of the page: day, words, by_strength, found."""
    names = ("day", "words", "by_strength", "excerpts")
    shown = {name: context[name] for name in names}
    made = get_template("commitments/rows.jinja", using="rows").render({**shown, "lines": lines})
    return SafeString(made)
