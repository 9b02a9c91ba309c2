"""Contradictions within and between records; called alike by `clean()`, the loader and the check.

Each rule yields findings with the record and field that an editor can mend. What one row can hold
alone is also a database constraint.
"""

from alliances.rules.consistency.agreements import (
    STANDING,
    agreement_dates,
    agreement_findings,
    agreement_status,
)
from alliances.rules.consistency.clauses import clause_dates
from alliances.rules.consistency.findings import Finding
from alliances.rules.consistency.links import circle, spell_beside_its_stay
from alliances.rules.consistency.stays import stay_dates, stay_status
from alliances.rules.consistency.texts import unprintable

__all__ = [
    "STANDING",
    "Finding",
    "agreement_dates",
    "agreement_findings",
    "agreement_status",
    "circle",
    "clause_dates",
    "spell_beside_its_stay",
    "stay_dates",
    "stay_status",
    "unprintable",
]
