"""What the rules find between records, for the loader and the report alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alliances.dossier.schema import AGREEMENT, MEMBER_SPELL, STATE, Noun
from alliances.models import Agreement, Coverage, MemberSpell, State
from alliances.rules.consistency import Finding, agreement_findings, circle

Found = Iterator[tuple[Noun, Finding]]


def agreement_contradictions(agreements: Iterable[Agreement]) -> Found:
    """Within these agreements (`Agreement.objects.with_facts()`) and what belongs to them."""
    researched = Coverage.objects.reach()
    for agreement in agreements:
        for finding in agreement_findings(agreement.facts(researched)):
            yield AGREEMENT, finding


def link_contradictions() -> Found:
    """Between records that name one another, over all records, in a constant number of queries."""
    for noun, field, following in (
        (AGREEMENT, "succeeded_by", Agreement.objects.successions()),
        (STATE, "continued_by", State.objects.continuations()),
    ):
        for ref in sorted(following):
            for finding in circle(ref, field, following):
                yield noun, finding
    named = ("agreement", "state", "participation__agreement", "participation__state")
    for spell in MemberSpell.objects.select_related(*named).order_by("ref"):
        for finding in spell.findings():
            yield MEMBER_SPELL, finding
