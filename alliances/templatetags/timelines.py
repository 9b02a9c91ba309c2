"""Room 4: a timeline's bars in words: what stands, from when, until when. No queries."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from alliances.figures.timeline import Bar, Lane, Mark
from alliances.models import CommitmentSpan
from alliances.partial_dates import PartialDate
from alliances.templatetags.reference import FORMATS, article
from alliances.vocabulary import IN_A_WORD, DayReason

register = template.Library()


@register.filter
def bar_status(bar: Bar) -> str:
    """How it stands, in a few words."""
    if bar.is_soft:
        return _("day not known")
    standing = bar.stretch.standing
    words = str(IN_A_WORD[standing.status])
    if standing.reason == DayReason.START_NOT_ESTABLISHED and bar.is_thick:
        words = _("%(status)s; since when is not established") % {"status": words}
    elif standing.reason:
        words = f"{words}: {standing.reason.label}"
    return _("%(status)s, suspended") % {"status": words} if standing.suspended else words


@register.filter
def period(bar: Bar) -> str:
    """From when until when, never more precise than the record."""
    if bar.begins and bar.begins == bar.ends:
        return _("in %(when)s") % {"when": _plain(bar.begins)}
    if bar.begins and bar.ends:
        return f"{_plain(bar.begins)} – {_plain(bar.ends)}"
    if bar.begins:
        return _("from %(when)s") % {"when": _plain(bar.begins)}
    if bar.ends:
        return _("until %(when)s; since when is not known") % {"when": _plain(bar.ends)}
    return _("at all times; no day is known")


@register.filter
def bar_words(bar: Bar) -> str:
    """A bar whole: the promise, how it stands, when, and the text that it rests on."""
    span: Any = bar.stretch.subject
    words = f"{bar_status(bar)}, {period(bar)}"
    if not isinstance(span, CommitmentSpan):
        return words
    commitment = span.commitment
    text = str(commitment.agreement)
    if commitment.obligation:
        text = f"{text}, {article(commitment.obligation)}"
    return f"{commitment.level.label}: {words}. {text}"


@register.filter
def lane_words(lane: Lane) -> str:
    """A lane whole, for those who do not see it."""
    parts = [f"{bar_status(bar)} {period(bar)}" for bar in lane.bars]
    parts += [_("tested: %(what)s") % {"what": mark_words(mark)} for mark in lane.marks]
    return "; ".join(parts) or _("nothing stands")


@register.filter
def mark_words(mark: Mark) -> str:
    """A test of a promise: what and when."""
    test: Any = mark.trial.subject
    return f"{test.title} ({_plain(test.day)})"


@register.filter
def moment(bar: Bar, day: date) -> date:
    """The day of the bar that is nearest to the chosen one: the day to see its record on."""
    return min(max(day, bar.stretch.first), bar.stretch.until - timedelta(days=1))


def _plain(value: PartialDate | date) -> str:
    partial = PartialDate(value if isinstance(value, str) else value.isoformat())
    return date_format(partial.first, FORMATS[len(partial)])
