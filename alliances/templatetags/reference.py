"""Room 4: the reference's own words for dates and standings. No queries."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alliances.models import Agreement, CommitmentSpan, Obligation
from alliances.models.commitment import SpanRow
from alliances.partial_dates import PartialDate
from alliances.queries import Line, Relation
from alliances.rules.status import Standing
from alliances.vocabulary import IN_A_WORD, DayReason, DayStatus

register = template.Library()

FORMATS = {4: "Y", 7: "M Y", 10: "j M Y"}


@register.filter
def day(value: PartialDate | date | str | None) -> SafeString:
    """A date as recorded, in words: 1998, Dec 2024, 4 Dec 2024. Nothing for an unknown date."""
    if not value:
        return SafeString("")
    text = str.__str__(value) if isinstance(value, str) else value.isoformat()
    return _day(text, get_language())


# Formatting a date costs as much as a short template, and pages repeat the same few.
@lru_cache(maxsize=2_000)
def _day(text: str, _language: str | None) -> SafeString:
    partial = PartialDate(text)
    words = date_format(partial.first, FORMATS[len(partial)])
    return format_html('<time datetime="{}">{}</time>', text, words)


@register.filter
def until(first: PartialDate, last: PartialDate | None) -> SafeString:
    """From one date to another as recorded. An end that is known less exactly than the beginning is
    said to be some day of its month or year: 12 Jul 2020 – some day in Jul 2020.
    """
    if not last or last == first:
        return day(first)
    words = _("%s – some day in %s") if len(last) < len(first) else "%s – %s"
    return format_html(words.replace("%s", "{}"), day(first), day(last))


@register.filter
def standing(span: SpanRow) -> SafeString:
    """How a promise stands on the day, in words that a status badge can stand beside."""
    return words_of(span.standing, _signed(span), _whole_text_since(span))


@register.filter
def suspension(span: SpanRow) -> SafeString:
    """The suspension beside a standing, in words; nothing where there is none."""
    return suspension_of(span.standing)


def words_of(
    standing: Standing, signed: PartialDate | None, whole: PartialDate | None
) -> SafeString:
    """A standing in words. `whole`: when the agreement began, where the standing rests on an
    amended clause's own start.
    """
    return _words_of(standing, signed, whole, get_language())


def suspension_of(standing: Standing) -> SafeString:
    """A standing's suspension in words; nothing where there is none."""
    if not standing.suspended:
        return SafeString("")
    return _with(
        _("participation suspended since %s"),
        _("its operation is suspended"),
        standing.suspended_since,
    )


# A list says the same few standings over and over.
@lru_cache(maxsize=2_000)
def _words_of(
    standing: Standing,
    signed: PartialDate | None,
    whole: PartialDate | None,
    _language: str | None,
) -> SafeString:
    status = standing.status
    if status == DayStatus.ENDED:
        return _ended(standing)
    if status in (DayStatus.IN_FORCE, DayStatus.PROVISIONAL):
        return _holding(standing, signed, whole)
    if status == DayStatus.SIGNED:
        return _with(
            _("Signed %s; not known to be in force"),
            _("Signed, day not known; not known to be in force"),
            signed,
        )
    if status == DayStatus.NOT_YET:
        return _with(_("Not yet; begins %s"), _("Not yet"), standing.since)
    if status == DayStatus.DRAFT:
        return escape(_("A draft; no signature is known"))
    return _unknown(standing, signed)


def _signed(span: SpanRow) -> PartialDate | None:
    owner: Any = span
    agreement: Agreement = (
        owner.commitment.agreement if isinstance(span, CommitmentSpan) else owner.agreement
    )
    return agreement.signed


def _whole_text_since(span: SpanRow) -> PartialDate | None:
    if not isinstance(span, CommitmentSpan) or span.commitment.obligation is None:
        return None
    amended = span.commitment.obligation.applies_from == span.since
    return span.commitment.agreement.in_force if amended else None


def _holding(
    standing: Standing, signed: PartialDate | None, whole: PartialDate | None
) -> SafeString:
    provisional = standing.status == DayStatus.PROVISIONAL
    if standing.since:
        words = _("Applied provisionally since %s") if provisional else _("In force since %s")
        begun = format_html(words.replace("%s", "{}"), day(whole or standing.since))
        wording = _with(_("; this wording since %s"), "", standing.since if whole else None)
        return begun + wording
    words = _("Applied provisionally") if provisional else _("In force")
    return _with(_("%(status)s; signed %%s") % {"status": words}, words, signed)


def _ended(standing: Standing) -> SafeString:
    if standing.reason == DayReason.END_NOT_ESTABLISHED:
        return escape(_("Ended; when is not established"))
    return _with(_("Ended %s"), _("Ended"), standing.since)


def _unknown(standing: Standing, signed: PartialDate | None) -> SafeString:
    reason = standing.reason.label if standing.reason else _("not established")
    words = _("Unknown on the day: %(reason)s") % {"reason": reason}
    return _with(_("%(words)s; signed %%s") % {"words": words}, words, signed)


def _with(words: str, without: str, value: PartialDate | None) -> SafeString:
    """`words` with the date in place of %s, or `without` where no date is known."""
    return format_html(words.replace("%s", "{}"), day(value)) if value else escape(without)


@register.filter
def basis(span: CommitmentSpan) -> SafeString:
    """The text that a promise rests on, linked, with its article."""
    commitment = span.commitment
    clause, address = commitment.obligation, commitment.agreement.get_absolute_url()
    if clause is None:
        return format_html('<a href="{}">{}</a>', address, commitment.agreement)
    link = format_html('<a href="{}#{}">{}</a>', address, clause.anchor, commitment.agreement)
    return format_html("{}, {}", link, article(clause))


@register.filter
def article(clause: Obligation | Line) -> str:
    """The clause's article, and whether its number was seen."""
    if not clause.article:
        return _("article not known")
    unconfirmed = "" if clause.article_seen else _("number unconfirmed")
    return f"{clause.article} ({unconfirmed})" if unconfirmed else clause.article


@register.filter
def strip_words(row: Relation) -> str:
    """The strip in words, for those who do not see it: which rungs stand how."""
    by_status: dict[str, list[str]] = {}
    for rank, span, _asserted in row.strip:
        if span:
            words = str(DayStatus(span.status).label).lower()
            if span.suspended:
                words = _("%(status)s, participation suspended") % {"status": words}
            by_status.setdefault(words, []).append(str(rank))
    parts = [f"{', '.join(ranks)}: {words}" for words, ranks in by_status.items()]
    asserted = [str(rank) for rank, _span, said in row.strip if said]
    if asserted:
        parts.append(_("the article asserts rung %(ranks)s") % {"ranks": ", ".join(asserted)})
    if row.unranked:
        parts.append(_("texts without a rank: %(count)s") % {"count": row.unranked})
    return _("Rungs %(parts)s") % {"parts": "; ".join(parts)} if parts else _("No rung")


@register.filter
def in_a_word(status: str) -> Promise:
    """A status on a day in a word or two."""
    return IN_A_WORD[DayStatus(status)]


@register.filter
def times(count: int) -> range:
    """As many turns of a loop."""
    return range(count)


@register.filter
def remark(note: str) -> str | SafeString:
    """A record's note as a sentence; one that only points to another agreement as a link to it."""
    found = re.fullmatch(r"[Ss]ee ([a-z0-9-]+)\.?", note)
    if not found:
        return sentence(note)
    address = reverse("agreement", args=[found[1]])
    words = _("As noted under the agreement that it belongs to.")
    return format_html('<a href="{}">{}</a>', address, words)


@register.simple_tag
def address(parameters: Any, **changes: Any) -> str:
    """The query of the page's own address with some parameters changed."""
    return str(parameters.address(**changes))


@register.filter
def sentence(text: object) -> str | SafeString:
    """With a capital letter and a full stop; marked-up words stay marked up."""
    words = str(text).strip()
    words = words[:1].upper() + words[1:]
    ended = words if not words or words[-1] in ".!?…”" else f"{words}."
    return mark_safe(ended) if isinstance(text, SafeString) else ended  # noqa: S308
