"""Room 2: what the checked articles say, and what they leave out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from alliances.models import Claim, Omission
from alliances.models.claim import EVIDENCE_PATHS
from alliances.vocabulary import Verdict


@dataclass
class Article:
    """What the checked articles say of a partner: verdicts with their counts, rungs asserted."""

    category: str = ""
    verdicts: dict[str, int] = field(default_factory=dict)
    asserted: set[int] = field(default_factory=set)
    sentences: int = 0


def verdict_counts(claims: Iterable[Claim]) -> list[tuple[Verdict, int]]:
    """How many sentences have each verdict, in the vocabulary's order."""
    found = Counter(claim.verdict for claim in claims)
    return [(verdict, found[verdict]) for verdict in Verdict]


def omissions_with_evidence() -> list[Omission]:
    """What the articles leave out, in the order of their ids, with what it rests on."""
    rows = Omission.objects.select_related("state").prefetch_related(*EVIDENCE_PATHS)
    return list(rows.order_by("ref"))


def articles_by_state() -> dict[int, Article]:
    """What the articles say, by the primary key of the state that the sentences are about."""
    found: dict[int, Article] = {}
    for claim in Claim.objects.select_related("level"):
        said = found.setdefault(claim.state_id, Article())
        if claim.verdict:
            said.sentences += 1
            verdict = str(claim.get_verdict_display())
            said.verdicts[verdict] = said.verdicts.get(verdict, 0) + 1
            said.category = said.category or str(claim.get_category_display())
        if claim.level and claim.level.rank:
            said.asserted.add(claim.level.rank)
    return found
