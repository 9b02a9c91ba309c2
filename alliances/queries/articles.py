"""Room 2: what the checked articles say, and what they leave out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from alliances.models import Claim, Omission
from alliances.models.claim import evidence
from alliances.vocabulary import Verdict


@dataclass
class Article:
    """What the checked articles say of a partner: verdicts with their counts, rungs asserted."""

    category: str = ""
    verdicts: dict[Verdict, int] = field(default_factory=dict)
    asserted: set[int] = field(default_factory=set)
    sentences: int = 0


@dataclass
class Passage:
    """A sentence of an article with the statements in it, one per state."""

    number: int
    claims: list[Claim] = field(default_factory=list)

    @property
    def shared_claim(self) -> str:
        """The paraphrase, where the same words say it of every state; else nothing."""
        return _the_one({claim.claim for claim in self.claims})

    @property
    def shared_quote(self) -> str:
        """The quotation, where all share it, so that it is printed once; else nothing."""
        return _the_one({f"{c.quote} …" if c.quote_cut else c.quote for c in self.claims})


def _the_one(texts: set[str]) -> str:
    return texts.pop() if len(texts) == 1 else ""


def claim_codes() -> list[dict[str, Any]]:
    """Of every checked sentence, in the article's order, what filters ask: key, state, verdict,
    category.
    """
    rows = Claim.objects.checked().in_the_articles_order()
    codes = rows.values("pk", "ref", "number", "verdict", "category", "state__ref", "state__name")
    return [{**row, "state": row["state__ref"]} for row in codes]


def verdict_counts(verdicts: Iterable[str]) -> list[tuple[Verdict, int]]:
    """How many sentences have each verdict, in the vocabulary's order."""
    found = Counter(verdicts)
    return [(verdict, found[verdict]) for verdict in Verdict]


def omissions_with_evidence(states: Collection[str] = ()) -> list[Omission]:
    """What the articles leave out (about these states, or about any), in the order of their ids,
    with what it rests on.
    """
    rows = Omission.objects.select_related("state").prefetch_related(evidence())
    chosen = rows.filter(state__ref__in=states) if states else rows
    return list(chosen.order_by("ref"))


def passages(claims: Iterable[Claim]) -> list[Passage]:
    """Claims in the article's order, grouped by the sentence that they come from."""
    found: dict[tuple[int, int], Passage] = {}
    for claim in claims:
        key = (claim.article_id, claim.number)
        found.setdefault(key, Passage(claim.number)).claims.append(claim)
    return list(found.values())


def articles_by_state() -> dict[int, Article]:
    """What the articles say, by the primary key of the state that the sentences are about."""
    found: dict[int, Article] = {}
    for claim in Claim.objects.select_related("level"):
        said = found.setdefault(claim.state_id, Article())
        if claim.verdict:
            said.sentences += 1
            verdict = Verdict(claim.verdict)
            said.verdicts[verdict] = said.verdicts.get(verdict, 0) + 1
            said.category = said.category or str(claim.get_category_display())
        if claim.level and claim.level.rank:
            said.asserted.add(claim.level.rank)
    return found
