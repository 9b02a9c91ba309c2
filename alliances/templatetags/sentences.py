"""Room 4: the headline of one state's promises to another, as a sentence that can be quoted.

The verb is the rung's, never a stronger one: as it holds, and in the conditional where the text
is only signed or its force is not established. One table has them all.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from alliances.models import CommitmentSpan, Obligation, State
from alliances.queries import Relation
from alliances.rules.cautions import read_wording
from alliances.templatetags.footnotes import cite_source, cite_standing
from alliances.templatetags.reference import article, day, sentence, standing, suspension
from alliances.vocabulary import (
    HOLDING,
    Caution,
    Confidence,
    DayStatus,
    Force,
    Level,
    Seen,
    TriggerCode,
)

register = template.Library()

# Level: what the promisor does where it holds; what it would do where it is not known to.
VERBS: dict[Level, tuple[Any, Any]] = {
    Level.MUTUAL_DEFENCE_AUTOMATIC: (
        _("{promisor} <strong>must help {partner} militarily</strong>{occasion}"),
        _("{promisor} <strong>would have to help {partner} militarily</strong>{occasion}"),
    ),
    Level.MUTUAL_DEFENCE_DISCRETIONARY: (
        _("{promisor} <strong>pledges {partner} help</strong>{occasion} and decides itself how"),
        _(
            "{promisor} <strong>would pledge {partner} help</strong>{occasion} "
            "and decide itself how"
        ),
    ),
    Level.ASSISTANCE_POSSIBLE: (
        _("{promisor} <strong>may help {partner}</strong>{occasion}"),
        _("{promisor} <strong>might help {partner}</strong>{occasion}"),
    ),
    Level.CONSULTATION: (
        _("{promisor} <strong>must consult with {partner}</strong>{occasion}"),
        _("{promisor} <strong>would have to consult with {partner}</strong>{occasion}"),
    ),
    Level.NON_ASSISTANCE: (
        _("{promisor} <strong>will not help a state that attacks {partner}</strong>"),
        _("{promisor} <strong>would not help a state that attacks {partner}</strong>"),
    ),
    Level.NON_AGGRESSION: (
        _("{promisor} <strong>will not attack {partner}</strong>"),
        _("{promisor} <strong>would not attack {partner}</strong>"),
    ),
    Level.MILITARY_COOPERATION: (
        _("{promisor} <strong>works together militarily with {partner}</strong>"),
        _("{promisor} <strong>would work together militarily with {partner}</strong>"),
    ),
    Level.BASING_OR_ACCESS: (
        _("{promisor} <strong>grants {partner} bases or access</strong>"),
        _("{promisor} <strong>would grant {partner} bases or access</strong>"),
    ),
    Level.ARMS_AND_TECHNOLOGY: (
        _("{promisor} <strong>supplies {partner} with arms or technology</strong>"),
        _("{promisor} <strong>would supply {partner} with arms or technology</strong>"),
    ),
    Level.UNSPECIFIED: (
        _("The text between {promisor} and {partner} <strong>holds no such promise</strong>"),
        _("The text between {promisor} and {partner} <strong>holds no such promise</strong>"),
    ),
    Level.UNDISCLOSED: (
        _("{promisor} and {partner} have an agreement <strong>whose text is not public</strong>"),
        _("{promisor} and {partner} have an agreement <strong>whose text is not public</strong>"),
    ),
    Level.NOT_ESTABLISHED: (
        _(
            "{promisor} and {partner} have an agreement <strong>whose content is not established"
            "</strong>"
        ),
        _(
            "{promisor} and {partner} have an agreement <strong>whose content is not established"
            "</strong>"
        ),
    ),
}
# When it does so; said where the verb has a place for it: help and consultation.
OCCASIONS: dict[str, Any] = {
    TriggerCode.ARMED_ATTACK: _(" if it is attacked"),
    TriggerCode.THREAT: _(" in the face of a threat"),
    TriggerCode.ON_REQUEST: _(" if asked to"),
    TriggerCode.PRESENCE: _(" where forces are present or visit"),
    TriggerCode.INTERNAL_UNREST: _(" in case of unrest inside it"),
    TriggerCode.OTHER: _(" in the case that the text names"),
}
TAKES_AN_ARTICLE = ("Republic", "Union", "Congo")
WEAK_FORMS = (Force.DECLARATION, Force.STATEMENT, Force.ARRANGEMENT)


@register.simple_tag
def headline(
    relation: Relation, promisor: State, partner: State, on: date, notes: Any
) -> SafeString:
    """The strongest promise in one sentence, how it stands, and what weakens it."""
    span = relation.headline
    if span is None:
        return SafeString("")
    parts = [
        sentence(_as_of(on, span) + _claim(span, promisor, partner) + _basis(span))
        + _wording_note(span, notes),
        sentence(standing(span)) + cite_standing(notes, span.commitment.agreement, span),
        *_weakened(span),
        _more(relation),
        _beside(relation, promisor, partner, notes),
    ]
    return format_html_join(" ", "{}", ((part,) for part in parts if part))


# What a promise that is not known to be in force is called, before anything is said of it.
HOLLOW: dict[str, Any] = {
    DayStatus.SIGNED: _("by a text that is only signed"),
    DayStatus.UNKNOWN: _("by a text whose force is not established"),
}


def _as_of(on: date, span: CommitmentSpan) -> SafeString:
    """The day, where it is not today, and how far the text goes, where it is not in force."""
    parts = [format_html(gettext("as of {on}"), on=day(on))] if on != date.today() else []
    parts += [HOLLOW[span.status]] if span.status in HOLLOW else []
    words = format_html_join(", ", "{}", ((part,) for part in parts))
    return format_html("{}, ", words) if parts else words


def _claim(span: CommitmentSpan, promisor: State, partner: State) -> SafeString:
    clause = span.commitment.obligation
    holds, would = VERBS[span.commitment.level.level]
    return format_html(
        str(holds if span.status in HOLDING else would),
        promisor=_named(promisor),
        partner=_named(partner),
        occasion=OCCASIONS.get(clause.trigger_code, "") if clause else "",
    )


def _named(state: State) -> str:
    """The state's name as it stands within a sentence."""
    if state.name.endswith(TAKES_AN_ARTICLE):
        return gettext("the %(state)s") % {"state": state.name}
    return state.name


def _basis(span: CommitmentSpan) -> SafeString:
    """The text that says so, with its article, and by whose word."""
    clause, agreement = span.commitment.obligation, span.commitment.agreement
    address = agreement.get_absolute_url() + (f"#{clause.anchor}" if clause else "")
    possessive = agreement.short_title.partition(" ")[0].endswith(("'s", "’s"))
    pattern = "{link}" if possessive else gettext("the {link}")
    text = format_html(pattern, link=format_html('<a href="{}">{}</a>', address, agreement))
    if clause is None or span.commitment.level.rank is None:
        return format_html(gettext(": {text}."), text=text)
    if clause.article:
        text = format_html("{}, {},", text, article(clause))
    return format_html(gettext(": {text} says so{voice}."), text=text, voice=_voice(span, clause))


def _voice(span: CommitmentSpan, clause: Obligation) -> str:
    """By whose word, where it is not the text's own."""
    wording = read_wording(clause.wording, clause.note)
    if span.is_reported:
        return gettext(", as reported; its text is not public")
    if not wording.words:
        return gettext(", as recorded; its words are not quoted here")
    if Caution.SUMMARY in wording.cautions:
        return gettext(", according to a summary")
    if Caution.SPOKEN in wording.cautions:
        return gettext(", according to what was said of it")
    return ""


def _wording_note(span: CommitmentSpan, notes: Any) -> SafeString:
    clause = span.commitment.obligation
    return cite_source(notes, clause.source if clause else None)


def _weakened(span: CommitmentSpan) -> list[str]:
    """What makes the promise less than it sounds: suspension, form, source, confidence."""
    clause, form = span.commitment.obligation, Force(span.commitment.agreement.force)
    found: list[str] = [suspension(span)] if span.suspended else []
    found += [escape(form.meaning)] if form in WEAK_FORMS else []
    if clause and clause.source and clause.source.seen == Seen.RECALL:
        found.append(escape(Caution.RECALLED.label))
    if clause and clause.confidence == Confidence.LOW:
        found.append(escape(Caution.LOW_CONFIDENCE.label))
    return [sentence(words) for words in found]


def _more(relation: Relation) -> str:
    more = relation.equals - 1
    if more < 1:
        return ""
    return ngettext(
        "Another clause stands on this rung.",
        "Another %(n)s clauses stand on this rung.",
        more,
    ) % {"n": more}


def _beside(relation: Relation, promisor: State, partner: State, notes: Any) -> SafeString:
    """What belongs beside the strongest promise: cooperation beside restraint, a suspension."""
    parts = []
    if also := relation.cooperation:
        words = sentence(_claim(also, promisor, partner) + _basis(also))
        parts.append(words + _wording_note(also, notes))
    if (held := relation.suspended) and held != relation.headline:
        parts.append(format_html("{}: {}", held.commitment.agreement, sentence(suspension(held))))
    return format_html_join(" ", "{}", ((part,) for part in parts))
