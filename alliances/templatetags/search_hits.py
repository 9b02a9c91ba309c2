"""Room 4: shows where a search found its words. No queries, no rules of matching: see search.py."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django import template
from django.db.models import Model
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from alliances.folding import excerpt, fold, stretches
from alliances.models import Agreement, Commitment
from alliances.search import texts_of

register = template.Library()

MOST_EXCERPTS = 3


@register.filter
def hits(text: str, words: Iterable[str]) -> SafeString:
    """The text, unaltered, with the words of the search marked."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", piece) if hit else piece,)
            for piece, hit in stretches(text, words)
        ),
    )


@register.filter
def found_in(subject: Commitment | Agreement, words: Iterable[str]) -> list[str]:
    """Excerpts from a row's texts that hold the words which the row itself does not show."""
    shown = fold(" ".join(_shown(subject)))
    missing = [word for word in words if word not in shown]
    found: list[str] = []
    for record in _records(subject):
        for text in texts_of(record):
            held = [word for word in missing if word in fold(text)]
            if held:
                found.append(excerpt(text, held))
                missing = [word for word in missing if word not in held]
    return found[:MOST_EXCERPTS]


def _shown(subject: Commitment | Agreement) -> Iterator[str]:
    if isinstance(subject, Agreement):
        yield subject.short_title
        yield from (state.name for state in subject.states)
    else:
        yield from (subject.agreement.short_title, subject.promisor.name, subject.partner.name)


def _records(subject: Commitment | Agreement) -> Iterator[Model]:
    if isinstance(subject, Agreement):
        yield subject
        yield from subject.obligations.all()
        yield from subject.states
        return
    if subject.obligation:
        yield subject.obligation
    yield from (subject.agreement, subject.promisor, subject.partner)
