"""Room 2: all that a state's page asks, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from alliances.models import (
    Citation,
    Claim,
    CommitmentSpan,
    Evidence,
    Omission,
    Participation,
    State,
)
from alliances.queries.over_time import History, agreement_histories
from alliances.queries.pairs import PairClause, clauses_both_ways
from alliances.queries.pledges import between_two, to_and_by
from alliances.queries.practice import Practice, practice_of
from alliances.queries.records import Codings, Tested, citations_of, codings_of, events_where
from alliances.queries.relations import (
    Relation,
    by_rung_then_standing,
    pledge_ref,
    strongest_first,
)
from alliances.vocabulary import SHOWN_BY_DEFAULT, Family, ParticipationStatus

FROZEN = ParticipationStatus.FROZEN
LONG_LIST = 8
MANY_AGREEMENTS = 40


@dataclass
class Checked:
    """A statement of an article, or something that it leaves out, with its evidence."""

    record: Claim | Omission
    evidence: list[Evidence]


@dataclass
class StatePage:
    """What is recorded of a state, seen from one promisor, on a day.

    `promised` and `owed` are the two directions; where the state is the promisor itself,
    `promised` is empty and `partners` are those to whom it has a promise that stands. Of a state
    with very many agreements the page from another's side has only those between the two;
    `elsewhere` says that the rest is on its own.
    """

    promised: Relation
    owed: Relation
    clauses: list[PairClause]
    others: list[Relation]
    elsewhere: bool
    partners: list[Relation]
    histories: list[History]
    stays: list[Participation]
    claims: list[Checked]
    omissions: list[Checked]
    tests: list[Tested]
    codings: Codings
    citations: list[Citation]

    @property
    def dated(self) -> list[Participation]:
        """Stays with something of their own to tell."""
        return [stay for stay in self.stays if _tells(stay)]

    @property
    def undated(self) -> list[Participation]:
        """Stays taken from the lists of parties, without anything of their own."""
        return [stay for stay in self.stays if not _tells(stay)]

    @property
    def promised_first(self) -> list[PairClause]:
        """What the promisor owes the state on the day; of a long list the rungs down to 6."""
        return [entry for entry in self._promised if not self._is_rest(entry)]

    @property
    def promised_rest(self) -> list[PairClause]:
        """Of a long list, what comes after rung 6."""
        return [entry for entry in self._promised if self._is_rest(entry)]

    @property
    def _promised(self) -> list[PairClause]:
        return [entry for entry in self.clauses if entry.there and entry.stands]

    def _is_rest(self, entry: PairClause) -> bool:
        late = entry.level.family in (Family.COOPERATION, Family.UNRANKED)
        return late and len(self._promised) > LONG_LIST

    @property
    def promised_gone(self) -> list[PairClause]:
        """What it owed, or will owe, on another day; or a draft."""
        return [entry for entry in self.clauses if entry.there and not entry.stands]

    @property
    def owed_alike(self) -> list[PairClause]:
        """What the state owes the promisor just as it is owed, on the day."""
        return [entry for entry in self.clauses if entry.mutual and entry.stands]

    @property
    def owed_alone(self) -> list[PairClause]:
        """What the state owes the promisor and is not owed."""
        return [entry for entry in self.clauses if not entry.there]

    @property
    def practice(self) -> Practice:
        """What came of the promises to it."""
        standing = [pledge_ref(entry.span) for entry in self._promised]
        claims = [checked.record for checked in self.claims if isinstance(checked.record, Claim)]
        return practice_of(self.promised.other, standing, self.tests, claims)

    @property
    def held(self) -> list[Participation]:
        """Stays that are or were suspended or frozen, the one with most to tell first."""
        held = [stay for stay in self.stays if stay.suspended_from or stay.status == FROZEN]
        return sorted(held, key=lambda stay: -len(stay.note))


def state_page(subject: State, promisor: State, day: date) -> StatePage:
    """All of it. The footnotes are numbered where the page is made."""
    ever = _spans_of(subject, promisor, day)
    spans = sorted((s for s in ever if s.first <= day < s.until), key=by_rung_then_standing)
    there = [
        s for s in spans if s.commitment.promisor == promisor and s.commitment.partner == subject
    ]
    back = [
        s for s in spans if s.commitment.promisor == subject and s.commitment.partner == promisor
    ]
    stays = list(Participation.objects.of(subject).select_related("agreement", "state"))
    agreements = [stay.agreement_id for stay in stays]
    shared = {span.commitment.agreement_id for span in (*there, *back)}
    elsewhere = subject != promisor and len(stays) > MANY_AGREEMENTS
    if elsewhere:
        stays = [stay for stay in stays if stay.agreement_id in shared]
    claims, omissions = _checked(subject)
    tests = events_where(Q(state=subject))
    between = (s for s in ever if promisor in (s.commitment.promisor, s.commitment.partner))
    return StatePage(
        promised=Relation(promisor, there),
        owed=Relation(subject, back),
        clauses=clauses_both_ways(there, back),
        others=[] if elsewhere else _summed(s for s in spans if s.commitment.partner == subject),
        elsewhere=elsewhere,
        partners=_summed((s for s in spans if s.commitment.promisor == subject), by_partner=True)
        if subject == promisor
        else [],
        histories=agreement_histories(between, tests, [promisor.pk]) if subject != promisor else [],
        stays=stays,
        claims=claims,
        omissions=omissions,
        tests=tests,
        codings=codings_of(Q(agreement__in=shared), Q(agreement__in=shared, state=subject)),
        citations=citations_of(agreements, [test.event.pk for test in tests]),
    )


def _tells(stay: Participation) -> bool:
    return bool(stay.joined or stay.left or stay.ratified or stay.suspended_from or stay.note)


def _spans_of(subject: State, promisor: State, day: date) -> list[CommitmentSpan]:
    """Every promise to the state on the day, and those by it to the promisor (or, if it is, to
    anyone); of those between the two also how they stand on all other days.
    """
    wanted = Q(first__lte=day, until__gt=day) & to_and_by(subject, promisor)
    if subject != promisor:
        wanted |= between_two(subject, promisor)
    return list(CommitmentSpan.objects.as_pledges().filter(wanted))


def _summed(spans: Iterable[CommitmentSpan], *, by_partner: bool = False) -> list[Relation]:
    """One row per other state, strongest first; only what stands on the day."""
    found: dict[State, list[CommitmentSpan]] = {}
    for span in spans:
        if span.status in SHOWN_BY_DEFAULT:
            other = span.commitment.partner if by_partner else span.commitment.promisor
            found.setdefault(other, []).append(span)
    return sorted((Relation(*row) for row in found.items()), key=strongest_first)


def _checked(subject: State) -> tuple[list[Checked], list[Checked]]:
    about = Q(claim__state=subject) | Q(omission__state=subject)
    evidence: dict[tuple[int | None, int | None], list[Evidence]] = {}
    for row in Evidence.objects.filter(about).select_related("agreement", "event", "source"):
        evidence.setdefault((row.claim_id, row.omission_id), []).append(row)
    claims = Claim.objects.filter(state=subject).select_related("level", "article__source")
    return (
        [Checked(claim, evidence.get((claim.pk, None), [])) for claim in claims],
        [
            Checked(omission, evidence.get((None, omission.pk), []))
            for omission in Omission.objects.filter(state=subject)
        ],
    )
