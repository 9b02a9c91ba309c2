"""Contradictions of stays: within the agreement's life, within the state's, and in order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from alliances.rules.consistency.findings import Finding, turned_round
from alliances.rules.facts import Agreement, Participation
from alliances.vocabulary import ParticipationStatus, StoredStatus

TAKES_PART = (
    ParticipationStatus.MEMBER,
    ParticipationStatus.SIGNATORY,
    ParticipationStatus.FROZEN,
)
WHILE_IT_TAKES_PART = _("Participation is suspended while the state takes part.")


def stays(agreement: Agreement) -> Iterator[Finding]:
    """Participations lie within the agreement's life, in order, and never twice at a time."""
    for stay in agreement.participations:
        yield from stay_dates(stay)
        yield from stay_status(stay)
        yield from _within_the_agreement(agreement, stay)
        yield from _while_the_state_exists(agreement, stay)
        yield from _gone_and_still_in(agreement, stay)
    yield from _overlaps(agreement)


def stay_dates(stay: Participation) -> Iterator[Finding]:
    """A stay is joined, suspended, resumed and left in that order."""
    if turned_round(stay.joined, stay.left):
        yield Finding(stay.ref, "left", _("A state cannot leave before it joins."))
    if stay.suspended_until and not stay.suspended_from:
        yield Finding(stay.ref, "suspended_until", _("A suspension that ends needs its first day."))
    if turned_round(stay.suspended_from, stay.suspended_until):
        yield Finding(stay.ref, "suspended_until", _("A suspension cannot end before it begins."))
    if turned_round(stay.joined, stay.suspended_from) or turned_round(
        stay.suspended_from, stay.left
    ):
        yield Finding(stay.ref, "suspended_from", WHILE_IT_TAKES_PART)
    if turned_round(stay.suspended_until, stay.left):
        yield Finding(stay.ref, "suspended_until", WHILE_IT_TAKES_PART)


def stay_status(stay: Participation) -> Iterator[Finding]:
    """Without the day on which it left, a promise would go on."""
    if stay.status == ParticipationStatus.WITHDRAWN and not stay.left:
        yield Finding(stay.ref, "left", _("A state that withdrew has left: say when."))


def _gone_and_still_in(agreement: Agreement, stay: Participation) -> Iterator[Finding]:
    """The status speaks from the coverage date; a departure announced for later is none of it."""
    speaks = agreement.speaks_from
    if stay.status in TAKES_PART and stay.left and speaks and stay.left.last <= speaks:
        yield Finding(stay.ref, "status", _("A state that has left takes part no more."))


def _within_the_agreement(agreement: Agreement, stay: Participation) -> Iterator[Finding]:
    if turned_round(agreement.signed, stay.joined):
        yield Finding(stay.ref, "joined", _("No state takes part before the signature."))
    if stay.joined and agreement.ended and agreement.ended.last <= stay.joined.first:
        yield Finding(stay.ref, "joined", _("No state joins an agreement that has ended."))
    if turned_round(agreement.signed, stay.left) or turned_round(stay.left, agreement.ended):
        yield Finding(stay.ref, "left", _("A state leaves while the agreement lasts."))
    if turned_round(agreement.signed, stay.ratified):
        yield Finding(stay.ref, "ratified", _("No state ratifies before the signature."))
    for name in ("suspended_from", "suspended_until"):
        if turned_round(getattr(stay, name), agreement.ended):
            yield Finding(stay.ref, name, _("A suspension lies within the agreement's life."))


def _while_the_state_exists(agreement: Agreement, stay: Participation) -> Iterator[Finding]:
    """A draft binds nobody, so nobody has to leave it."""
    start, gone = stay.joined or agreement.signed, stay.exists_until
    field = "joined" if stay.joined else "state"
    if turned_round(stay.exists_from, start):
        yield Finding(stay.ref, field, _("The state did not exist yet."))
    if gone is None:
        return
    if start and gone.last <= start.first:
        yield Finding(stay.ref, field, _("The state did not exist any more."))
    elif turned_round(stay.left, gone):
        yield Finding(stay.ref, "left", _("A state leaves at the latest when it ceases to exist."))
    elif not stay.left and agreement.status != StoredStatus.DRAFT and _outlives(agreement, stay):
        yield Finding(stay.ref, "left", _("A state that ceased to exist has left: say when."))


def _outlives(agreement: Agreement, stay: Participation) -> bool:
    return agreement.ended is None or turned_round(agreement.ended, stay.exists_until)


def _overlaps(agreement: Agreement) -> Iterator[Finding]:
    by_state: dict[str, list[Participation]] = {}
    for stay in agreement.participations:
        by_state.setdefault(stay.state, []).append(stay)
    for own in by_state.values():
        own.sort(key=lambda stay: stay.joined.first.toordinal() if stay.joined else 0)
        for earlier, later in pairwise(own):
            if not earlier.left or not later.joined or turned_round(earlier.left, later.joined):
                yield Finding(
                    later.ref,
                    "joined",
                    _("A state takes part once at a time; the earlier stay has not ended."),
                )
