"""Room 2: the scale with what stands on each rung."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from alliances.models import Commitment, ObligationLevel
from alliances.vocabulary import Level


@dataclass
class LevelUse:
    """A rung, or an answer without a rank, with how much of the record stands on it."""

    level: ObligationLevel
    clauses: int
    agreements: int
    without_clause: int
    """Agreements whose records hold no clause: they stand here as a whole."""


def scale() -> list[LevelUse]:
    """Every level in the order of the vocabulary: strongest first, those without a rank last."""
    silent = Commitment.objects.filter(obligation=None).values_list("level")
    without_clause = dict(silent.annotate(Count("agreement", distinct=True)))
    levels = {level.ref: level for level in ObligationLevel.objects.with_clause_counts()}
    found = [levels[member.code] for member in Level if member.code in levels]
    return [
        LevelUse(level, level.clauses, level.texts, without_clause.get(level.pk, 0))  # type: ignore[attr-defined]
        for level in found
    ]
