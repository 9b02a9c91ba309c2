"""Room 4: superscript links to the page's numbered sources (views.footnotes), and cautions."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Model
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from alliances.models import Obligation
from alliances.models.commitment import SpanRow
from alliances.rules.cautions import Wording, cautions_about, read_wording
from alliances.vocabulary import Caution, DayStatus

register = template.Library()

STANDS_ON: dict[str, tuple[str, ...]] = {
    DayStatus.IN_FORCE: ("in_force", "status"),
    DayStatus.PROVISIONAL: ("in_force", "status"),
    DayStatus.ENDED: ("ended", "end_reason", "status"),
}
OTHERWISE_STANDS_ON = ("signed", "status")


@register.simple_tag
def cite(notes: Any, record: Model, *facts: str) -> SafeString:
    """The sources of a record's facts; without facts, all of its sources."""
    numbers, more = notes.of(record, *facts)
    return _links(numbers, more, record)


@register.simple_tag
def cite_source(notes: Any, source: Any) -> SafeString:
    """The one source that a record names by itself; nothing where there is none."""
    return _links([notes.of_source(source)], 0, source) if source else SafeString("")


@register.simple_tag
def cite_standing(notes: Any, agreement: Model, span: SpanRow) -> SafeString:
    """The sources of the dates that a standing rests on, else of the signature."""
    facts = STANDS_ON.get(span.status, OTHERWISE_STANDS_ON)
    numbers, more = notes.of(agreement, *facts)
    if not numbers:
        numbers, more = notes.of(agreement, "signed")
    return _links(numbers, more, agreement)


@register.simple_tag
def cautions_of(notes: Any, clause: Obligation, level: Any, agreement: Any) -> list[Caution]:
    """What to be careful about with a clause; the page's list will explain each."""
    found = cautions_about(
        wording_of(clause),
        article=clause.article,
        article_seen=clause.article_seen,
        ranked=level.rank is not None,
        disclosure=agreement.text_disclosure,
        seen=clause.source.seen if clause.source else "",
        confidence=clause.confidence,
    )
    notes.warn(found)
    return found


@register.filter
def wording_of(clause: Obligation) -> Wording:
    """The clause's words apart from the record's remark on them."""
    return read_wording(clause.wording, clause.note)


def _links(numbers: list[int], more: int, record: Any) -> SafeString:
    if not numbers:
        return SafeString("")
    links = format_html_join(" ", '<a href="#s{}">{}</a>', ((n, n) for n in numbers))
    if more:
        words = ngettext("%(n)s more source", "%(n)s more sources", more) % {"n": more}
        rest = f"{record.get_absolute_url()}#sources"
        links += format_html(' <a href="{}" aria-label="{}">+{}</a>', rest, words, more)
    return format_html('<sup class="fn">{}</sup>', links)
