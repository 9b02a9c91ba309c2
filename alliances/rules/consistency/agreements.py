"""Contradictions of an agreement as a whole: its dates, its status, its parties."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from alliances.rules.consistency.clauses import clauses
from alliances.rules.consistency.findings import Finding, turned_round
from alliances.rules.consistency.stays import stays
from alliances.rules.facts import Agreement
from alliances.rules.status import OVER
from alliances.vocabulary import StoredStatus

# Neither over nor perhaps over: a draft may have lapsed, and what is unknown may have ended.
STANDING = (
    StoredStatus.SIGNED,
    StoredStatus.IN_FORCE,
    StoredStatus.PROVISIONAL,
    StoredStatus.SUSPENDED,
)


def agreement_findings(agreement: Agreement) -> list[Finding]:
    """Every contradiction within an agreement and what belongs to it."""
    return [
        *agreement_dates(agreement),
        *agreement_status(agreement),
        *parties(agreement),
        *stays(agreement),
        *clauses(agreement),
    ]


def agreement_dates(agreement: Agreement) -> Iterator[Finding]:
    """An agreement is signed, enters into force and ends in that order."""
    if turned_round(agreement.signed, agreement.in_force):
        yield Finding(agreement.ref, "in_force", _("It cannot be in force before its signature."))
    for start in (agreement.signed, agreement.in_force):
        if turned_round(start, agreement.ended):
            yield Finding(agreement.ref, "ended", _("It cannot end before it begins."))
            return


def agreement_status(agreement: Agreement) -> Iterator[Finding]:
    """The stored status does not contradict the dates, nor what is said of the end."""
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
    if agreement.end_reason and not agreement.ended and status in STANDING:
        yield Finding(agreement.ref, "end_reason", _("What has not ended has no reason to end."))


def parties(agreement: Agreement) -> Iterator[Finding]:
    """An agreement is between states; a former state that made it is one of them."""
    gone = {stay.state: stay.exists_until for stay in agreement.participations}
    if len(gone) < 2:
        yield Finding(
            agreement.ref, "participations", _("An agreement needs at least two parties.")
        )
    maker = agreement.made_by
    if maker and maker not in gone:
        yield Finding(
            agreement.ref,
            "made_by",
            _("%(state)s takes no part in this agreement.") % {"state": maker},
        )
    elif maker and not gone[maker]:
        yield Finding(agreement.ref, "made_by", _("Name a former state, or leave it blank."))
