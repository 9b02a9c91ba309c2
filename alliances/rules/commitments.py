"""Which commitments an agreement gives: each obligation read in one direction between two parties.

Judges one agreement at a time; which of several commitments is stronger is `strength`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import permutations

from alliances.rules.facts import Agreement, Obligation, Participation
from alliances.rules.status import (
    Span,
    Standing,
    agreement_turns,
    promise_on,
    spans_of,
    turning_days,
)
from alliances.vocabulary import DayStatus, Disclosure, Level

OUTSIDE = (DayStatus.NOT_YET, DayStatus.ENDED)


@dataclass(frozen=True)
class Commitment:
    """One promise in one direction. `obligation` is the clause's ref, None for a text without one.

    `spans` cover all days in order, half-open, without gap or overlap.
    """

    promisor: str
    partner: str
    level: str
    obligation: str | None
    spans: tuple[Span, ...]

    def on(self, day: date) -> Standing:
        """The standing on `day`."""
        return next(span.standing for span in self.spans if span.first <= day < span.until)


def commitments_of(agreement: Agreement) -> list[Commitment]:
    """Every commitment that the agreement gives, in order of clause, promisor and partner.

    An agreement without obligations gives one unranked commitment per ordered pair of parties.
    Pairs whose stays never meet (the Soviet Union and the state that continues it) give none.
    """
    clauses: tuple[Obligation | None, ...] = agreement.obligations or (None,)
    found = (
        _commitment(agreement, clause, promisor, partner)
        for clause in clauses
        for promisor, partner in directions(agreement, clause)
    )
    return [commitment for commitment in found if commitment]


def participation_spans(agreement: Agreement, state: str) -> tuple[Span, ...]:
    """How the state takes part, over all days, as the fewest spans that cover them: what a promise
    between two states with its stays would be.
    """
    meetings = [(stay, stay) for stay in _stays(agreement, state)]
    turns = sorted({*agreement_turns(agreement), *_turns_of(meetings, None)})
    return spans_of(turns, lambda day: _standing(agreement, None, meetings, day))


def directions(agreement: Agreement, clause: Obligation | None) -> Iterator[tuple[str, str]]:
    """Ordered pairs (who owes, who is owed) of state codes."""
    parties = sorted({stay.state for stay in agreement.participations})
    for promisor, partner in permutations(parties, 2):
        if clause is None or clause.mutual or (promisor in clause.owes and partner in clause.owed):
            yield promisor, partner


def _commitment(
    agreement: Agreement, clause: Obligation | None, promisor: str, partner: str
) -> Commitment | None:
    meetings = [
        (own, other)
        for own in _stays(agreement, promisor)
        for other in _stays(agreement, partner)
        if _can_meet(own, other, clause)
    ]
    if not meetings:
        return None
    turns = sorted({*agreement_turns(agreement), *_turns_of(meetings, clause)})
    spans = spans_of(turns, lambda day: _standing(agreement, clause, meetings, day))
    return Commitment(
        promisor,
        partner,
        clause.level if clause else _level_without_clause(agreement),
        clause.ref if clause else None,
        spans,
    )


def _stays(agreement: Agreement, state: str) -> list[Participation]:
    own = [stay for stay in agreement.participations if stay.state == state]
    return sorted(own, key=lambda stay: stay.joined.first if stay.joined else date.min)


def _can_meet(own: Participation, other: Participation, clause: Obligation | None) -> bool:
    """Whether some day may lie in both stays and in the clause's span (first possible to last)."""
    starts = [own.joined, other.joined, clause.applies_from if clause else None]
    ends = [own.left, other.left, clause.applies_until if clause else None]
    start = max((value.first for value in starts if value), default=date.min)
    end = min((value.last for value in ends if value), default=date.max)
    return start < end


def _turns_of(
    meetings: list[tuple[Participation, Participation]], clause: Obligation | None
) -> list[date]:
    dates = [
        value
        for meeting in meetings
        for stay in meeting
        for value in (stay.joined, stay.left, stay.suspended_from, stay.suspended_until)
    ]
    if clause:
        dates += [clause.applies_from, clause.applies_until]
    return turning_days(*dates)


def _standing(
    agreement: Agreement,
    clause: Obligation | None,
    meetings: list[tuple[Participation, Participation]],
    day: date,
) -> Standing:
    """Stays that do not overlap: at most one holds on a day; between two of them it has ended.

    Where one may have ended and the next has surely begun, the next one speaks.
    """
    standings = [promise_on(agreement, clause, meeting, day) for meeting in meetings]
    inside = [standing for standing in standings if standing.status not in OUTSIDE]
    ended = [standing for standing in standings if standing.status == DayStatus.ENDED]
    if inside:
        return min(
            inside, key=lambda found: (found.status == DayStatus.UNKNOWN, not found.suspended)
        )
    return ended[-1] if ended else standings[0]


def _level_without_clause(agreement: Agreement) -> str:
    hidden = agreement.disclosure == Disclosure.UNDISCLOSED
    return (Level.UNDISCLOSED if hidden else Level.NOT_ESTABLISHED).code
