"""Contradictions of clauses: whom they bind, and when."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from alliances.rules.consistency.findings import Finding, turned_round
from alliances.rules.facts import Agreement, Obligation


def clauses(agreement: Agreement) -> Iterator[Finding]:
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
    if turned_round(clause.applies_from, clause.applies_until):
        yield Finding(clause.ref, "applies_until", _("It cannot end before it begins."))


def _outside_the_life(agreement: Agreement, clause: Obligation) -> Iterator[Finding]:
    for name in ("applies_from", "applies_until"):
        value = getattr(clause, name)
        if turned_round(agreement.signed, value) or turned_round(value, agreement.ended):
            yield Finding(clause.ref, name, _("A clause applies while the agreement lasts."))


def _has_pair(clause: Obligation) -> bool:
    return any(owes != owed for owes in clause.owes for owed in clause.owed)
