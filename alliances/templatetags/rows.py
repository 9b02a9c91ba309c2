"""Room 4: rows of the longest list through Jinja2, which writes them ten times as fast (ADR 0017).

Only what those rows need. The words and marks are those of the Django templates.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from django.template import Context, Library
from django.template.loader import get_template
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from jinja2 import Environment

from alliances.filtersets import Choice
from alliances.queries import Line
from alliances.queries.lines import Stands, date_of
from alliances.templatetags.reference import article, sentence, suspension_of, words_of
from alliances.templatetags.search_hits import hits
from alliances.vocabulary import Confidence, TriggerCode

register = Library()


def environment(**options: Any) -> Environment:
    """What the row templates may use."""
    made = Environment(**options, trim_blocks=True, lstrip_blocks=True)  # noqa: S701  Django turns escaping on
    made.globals |= {"_": gettext, "page": page, "mark": mark, "said": said}
    made.filters |= {
        "article": article,
        "confidence": lambda code: Confidence(code).label,
        "hits": hits,
        "trigger": lambda code: TriggerCode(code).label,
    }
    return made


class Said(NamedTuple):
    """A standing and its suspension as sentences."""

    standing: str
    suspension: str


def said(stands: Stands) -> Said:
    """How a promise stands, in words."""
    return _said(stands, get_language())


@lru_cache(maxsize=2_000)
def _said(stands: Stands, _language: str | None) -> Said:
    standing = stands.standing
    words = words_of(standing, date_of(stands.signed), date_of(stands.whole))
    return Said(sentence(words), sentence(suspension_of(standing)))


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
    return SafeString(get_template("parts/_mark.html").render({"span": span, "rank": rank}))


@register.simple_tag(takes_context=True)
def commitment_rows(context: Context, lines: list[Line]) -> SafeString:
    """The table rows of some commitments. Of the page: day, words, excerpts, by_strength."""
    names = ("day", "words", "excerpts", "by_strength")
    return _rendered(
        "commitments/rows.jinja", lines=lines, **{name: context[name] for name in names}
    )


@register.simple_tag
def choices(name: str, choices: list[Choice]) -> SafeString:
    """The choices of a filter, with their counts."""
    return _rendered("parts/choices.jinja", name=name, choices=choices, listed=True)


@register.simple_tag
def choice(name: str, choice: Choice) -> SafeString:
    """One of them alone."""
    return _rendered("parts/choices.jinja", name=name, choices=[choice], listed=False)


def _rendered(template: str, /, **inputs: Any) -> SafeString:
    return SafeString(get_template(template, using="rows").render(inputs))
