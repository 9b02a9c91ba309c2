"""What the rules find between records, for the loader and the report alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Model

from alliances.dossier.schema import AGREEMENT, MEMBER_SPELL, STATE, Noun
from alliances.models import Agreement, Coverage, MemberSpell, State
from alliances.rules.consistency import Finding, agreement_findings, circle

Found = Iterator[tuple[Noun, Finding]]


def agreement_contradictions(agreements: Iterable[Agreement]) -> Found:
    """Within these agreements (`Agreement.objects.with_facts()`) and what belongs to them."""
    agreements = list(agreements)
    researched = Coverage.objects.reach()
    for agreement in agreements:
        for finding in agreement_findings(agreement.facts(researched)):
            yield AGREEMENT, finding
    named = ("agreement", "state", "participation__agreement", "participation__state")
    spells = MemberSpell.objects.filter(agreement__in=agreements)
    for spell in spells.select_related(*named).order_by("ref"):
        for finding in spell.findings():
            yield MEMBER_SPELL, finding


def contradictions_after(written: Iterable[Model]) -> Found:
    """What these records, as they are now, contradict; a state or a coverage row bears on many."""
    written = list(written)
    agreements = Agreement.objects.with_facts()
    if not any(isinstance(row, State | Coverage) for row in written):
        pks = [row.pk for row in written if isinstance(row, Agreement)]
        agreements = agreements.filter(pk__in=pks)
    yield from agreement_contradictions(agreements)
    yield from circles()


def circles() -> Found:
    """Records that follow themselves, over all records."""
    for noun, field, following in (
        (AGREEMENT, "succeeded_by", Agreement.objects.successions()),
        (STATE, "continued_by", State.objects.continuations()),
    ):
        for ref in sorted(following):
            for finding in circle(ref, field, following):
                yield noun, finding
