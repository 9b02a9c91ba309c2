"""Contradictions within and between records; called alike by `clean()`, the loader and the check.

Each rule yields findings with the record and field that an editor can mend. What one row can hold
alone is also a database constraint.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliances.partial_dates import PartialDate
from alliances.rules.facts import Agreement, Obligation, Participation
from alliances.rules.status import OVER
from alliances.vocabulary import StoredStatus


@dataclass(frozen=True)
class Finding:
    """One contradiction: which record (ref), which field, and what is wrong in words."""

    ref: str
    field: str
    message: str | Promise

    def __str__(self) -> str:
        return f"{self.ref}: {self.field}: {self.message}"


def agreement_findings(agreement: Agreement) -> list[Finding]:
    """Every contradiction within an agreement and what belongs to it."""
    return [
        *agreement_dates(agreement),
        *agreement_status(agreement),
        *stays(agreement),
        *obligations(agreement),
    ]


def agreement_dates(agreement: Agreement) -> Iterator[Finding]:
    """An agreement is signed, enters into force and ends in that order."""
    if _reversed(agreement.signed, agreement.in_force):
        yield Finding(agreement.ref, "in_force", _("It cannot be in force before its signature."))
    for start in (agreement.signed, agreement.in_force):
        if _reversed(start, agreement.ended):
            yield Finding(agreement.ref, "ended", _("It cannot end before it begins."))
            return


def agreement_status(agreement: Agreement) -> Iterator[Finding]:
    """The stored status does not contradict the dates."""
    status = agreement.status
    if agreement.ended and status not in OVER:
        yield Finding(
            agreement.ref,
            "status",
            _("With an end date the status is expired, terminated or superseded."),
        )
    if status == StoredStatus.DRAFT and (agreement.signed or agreement.in_force):
        yield Finding(agreement.ref, "status", _("A draft has no date of signature or force."))
    if status == StoredStatus.SIGNED and agreement.in_force:
        yield Finding(
            agreement.ref, "status", _("With a date of entry into force it is more than signed.")
        )


def stays(agreement: Agreement) -> Iterator[Finding]:
    """Participations lie within the agreement's life, in order, and never twice at a time."""
    for stay in agreement.participations:
        yield from stay_dates(stay)
        if _reversed(agreement.signed, stay.joined):
            yield Finding(stay.ref, "joined", _("No state takes part before the signature."))
        if stay.joined and agreement.ended and agreement.ended.last <= stay.joined.first:
            yield Finding(stay.ref, "joined", _("No state joins an agreement that has ended."))
        if _reversed(agreement.signed, stay.left) or _reversed(stay.left, agreement.ended):
            yield Finding(stay.ref, "left", _("A state leaves while the agreement lasts."))
    yield from _overlaps(agreement)


def stay_dates(stay: Participation) -> Iterator[Finding]:
    """A stay is joined, suspended, resumed and left in that order."""
    if _reversed(stay.joined, stay.left):
        yield Finding(stay.ref, "left", _("A state cannot leave before it joins."))
    if stay.suspended_until and not stay.suspended_from:
        yield Finding(stay.ref, "suspended_until", _("A suspension that ends needs its first day."))
    if _reversed(stay.suspended_from, stay.suspended_until):
        yield Finding(stay.ref, "suspended_until", _("A suspension cannot end before it begins."))
    if _reversed(stay.joined, stay.suspended_from) or _reversed(stay.suspended_from, stay.left):
        yield Finding(
            stay.ref, "suspended_from", _("Participation is suspended while the state takes part.")
        )


def obligations(agreement: Agreement) -> Iterator[Finding]:
    """Who owes and who is owed takes part; a clause applies within the agreement's life."""
    parties = {stay.state for stay in agreement.participations}
    for clause in agreement.obligations:
        yield from clause_dates(clause)
        yield from _outside_the_life(agreement, clause)
        for state in sorted((clause.owes | clause.owed) - parties):
            yield Finding(
                clause.ref,
                "owes" if state in clause.owes else "owed",
                _("%(state)s takes no part in this agreement.") % {"state": state},
            )
        if clause.mutual and (clause.owes or clause.owed):
            yield Finding(clause.ref, "owes", _("A mutual obligation names no sides."))
        if not clause.mutual and not _has_pair(clause):
            yield Finding(
                clause.ref, "owes", _("Say who owes and who is owed, or that it is mutual.")
            )


def clause_dates(clause: Obligation) -> Iterator[Finding]:
    """A clause's own span does not end before it begins."""
    if _reversed(clause.applies_from, clause.applies_until):
        yield Finding(clause.ref, "applies_until", _("It cannot end before it begins."))


def _outside_the_life(agreement: Agreement, clause: Obligation) -> Iterator[Finding]:
    for name in ("applies_from", "applies_until"):
        value = getattr(clause, name)
        if _reversed(agreement.signed, value) or _reversed(value, agreement.ended):
            yield Finding(clause.ref, name, _("A clause applies while the agreement lasts."))


def _has_pair(clause: Obligation) -> bool:
    return any(owes != owed for owes in clause.owes for owed in clause.owed)


def _overlaps(agreement: Agreement) -> Iterator[Finding]:
    by_state: dict[str, list[Participation]] = {}
    for stay in agreement.participations:
        by_state.setdefault(stay.state, []).append(stay)
    for own in by_state.values():
        own.sort(key=lambda stay: stay.joined.first.toordinal() if stay.joined else 0)
        for earlier, later in pairwise(own):
            if not earlier.left or not later.joined or _reversed(earlier.left, later.joined):
                yield Finding(
                    later.ref,
                    "joined",
                    _("A state takes part once at a time; the earlier stay has not ended."),
                )


def _reversed(earlier: PartialDate | None, later: PartialDate | None) -> bool:
    return bool(earlier and later and later.surely_before(earlier))
