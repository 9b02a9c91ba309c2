"""Room 2: all that is recorded between two states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from alliances.models import (
    Agreement,
    Citation,
    Commitment,
    CommitmentSpan,
    Coverage,
    DataSet,
    Difference,
    ExternalCoding,
    MemberSpell,
    ObligationLevel,
    Participation,
    State,
)
from alliances.queries.over_time import History, agreement_histories
from alliances.queries.pledges import between_two
from alliances.queries.records import Codings, Tested, citations_of, codings_of, events_where
from alliances.queries.relations import Relation, by_rung_then_standing, pledge_ref
from alliances.vocabulary import SHOWN_BY_DEFAULT, AtopType, ParticipationStatus


@dataclass
class PairClause:
    """A clause as it reads between two states: from the one, from the other, or both ways."""

    there: CommitmentSpan | None
    back: CommitmentSpan | None

    @property
    def span(self) -> CommitmentSpan:
        """Its standing, which is the same in both directions."""
        found = self.there or self.back
        assert found is not None
        return found

    @property
    def level(self) -> ObligationLevel:
        """Its rung."""
        return self.span.commitment.level

    @property
    def mutual(self) -> bool:
        """Whether each owes it to the other."""
        return self.there is not None and self.back is not None

    @property
    def stands(self) -> bool:
        """Whether it is in force, provisional, signed or unknown on the day."""
        return self.span.status in SHOWN_BY_DEFAULT


@dataclass
class CodedAgreement:
    """An agreement of the two as data sets code it, beside our own clauses between the two."""

    agreement: Agreement
    codings: list[ExternalCoding] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    levels: list[ObligationLevel] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    """ATOP's types as we would give them."""

    def add(self, commitment: Commitment) -> None:
        """Count one of our clauses in."""
        if commitment.level not in self.levels:
            self.levels.append(commitment.level)
        clause = commitment.obligation
        own = {*self.types, *(clause.atop_types if clause else [])}
        self.types = [str(kind) for kind in AtopType if kind in own]


@dataclass
class Between:
    """All that is recorded between two states."""

    there: Relation
    back: Relation
    clauses: list[PairClause]
    coverage: Coverage | None
    histories: list[History]
    held: list[Participation]
    tests: list[Tested]
    codings: Codings
    citations: list[Citation]

    @property
    def coded(self) -> list[CodedAgreement]:
        """Each agreement that a data set codes, or differs about, with ours beside it."""
        found: dict[int, CodedAgreement] = {}
        for coding in self.codings.codings:
            entry = found.setdefault(coding.agreement_id, CodedAgreement(coding.agreement))
            entry.codings.append(coding)
        for difference in self.codings.differences:
            entry = found.setdefault(difference.agreement_id, CodedAgreement(difference.agreement))
            entry.differences.append(difference)
        for clause in self.clauses:
            if clause.span.commitment.agreement_id in found:
                found[clause.span.commitment.agreement_id].add(clause.span.commitment)
        return list(found.values())

    @property
    def datasets(self) -> list[DataSet]:
        """Whose codings are shown."""
        rows: list[ExternalCoding | Difference | MemberSpell] = [
            *self.codings.codings,
            *self.codings.differences,
            *self.codings.spells,
        ]
        return list(dict.fromkeys(row.dataset for row in rows))

    @property
    def same_both_ways(self) -> bool:
        """Whether one clause is the strongest promise in both directions."""
        there, back = self.there.headline, self.back.headline
        return bool(there and back and pledge_ref(there) == pledge_ref(back))

    @property
    def standing(self) -> list[PairClause]:
        """What stands on the day in either direction."""
        return [entry for entry in self.clauses if entry.stands]

    @property
    def gone(self) -> list[PairClause]:
        """What ended before the day, begins after it, or is a draft."""
        return [entry for entry in self.clauses if not entry.stands]


def between(one: State, other: State, day: date) -> Between:
    """Both directions on `day`, the tests of promises between the two, and others' codings."""
    sides = (one, other)
    ever = list(CommitmentSpan.objects.as_pledges().filter(between_two(one, other)))
    spans = sorted((s for s in ever if s.first <= day < s.until), key=by_rung_then_standing)
    there = [span for span in spans if span.commitment.promisor == one]
    back = [span for span in spans if span.commitment.promisor == other]
    shared = {span.commitment.agreement_id for span in spans}
    tests = _tests_between(one, other, shared)
    return Between(
        there=Relation(one, there),
        back=Relation(other, back),
        clauses=clauses_both_ways(there, back),
        coverage=Coverage.objects.filter(promisor__in=sides, partner__in=sides).first(),
        histories=agreement_histories(ever, tests, [one.pk, other.pk]),
        held=_held(sides, shared),
        tests=tests,
        codings=codings_of(Q(agreement__in=shared), Q(agreement__in=shared, state__in=sides)),
        citations=citations_of(shared, [test.event.pk for test in tests]),
    )


def clauses_both_ways(
    there: Iterable[CommitmentSpan], back: Iterable[CommitmentSpan]
) -> list[PairClause]:
    """Each clause once, strongest first; what stands on the day before what does not."""
    found = {pledge_ref(span): PairClause(span, None) for span in there}
    for span in back:
        found.setdefault(pledge_ref(span), PairClause(None, None)).back = span
    return sorted(found.values(), key=lambda clause: by_rung_then_standing(clause.span))


def _tests_between(one: State, other: State, shared: Iterable[int]) -> list[Tested]:
    """Events in which one of them needed help under an agreement that binds the other."""
    sides = {one.pk, other.pk}
    return events_where(
        Q(state__in=sides, agreement_links__agreement__in=shared),
        counts=lambda span: span.commitment.promisor_id in sides,
    )


def _held(sides: Iterable[State], shared: Iterable[int]) -> list[Participation]:
    """Stays of the two that are or were suspended in an agreement between them."""
    rows = Participation.objects.filter(state__in=sides, agreement__in=shared)
    held = rows.filter(Q(suspended_from__isnull=False) | Q(status=ParticipationStatus.FROZEN))
    return sorted(held.select_related("state", "agreement"), key=lambda stay: -len(stay.note))
