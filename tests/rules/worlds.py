"""Worlds in which every day is known, and the records that somebody with poorer sources would keep
of them. Whatever a rule says for sure of the record must be true in the world.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from alliances.partial_dates import PartialDate
from alliances.rules.facts import Agreement, Obligation, Participation
from alliances.vocabulary import DayStatus, Disclosure, StoredStatus

DAY = timedelta(days=1)
YEAR, MONTH, FULL = 4, 7, 10
HELD = (StoredStatus.IN_FORCE, StoredStatus.PROVISIONAL, StoredStatus.SUSPENDED)
OVER = (StoredStatus.EXPIRED, StoredStatus.TERMINATED, StoredStatus.SUPERSEDED)

days = st.dates(date(1990, 12, 1), date(1994, 2, 1))
partial_dates = st.builds(
    lambda day, length: PartialDate(day.isoformat()[:length]),
    days,
    st.sampled_from((YEAR, MONTH, FULL)),
)


def stays_of(state: str) -> st.SearchStrategy[Participation]:
    """Any stay, its dates in any order."""
    maybe = st.none() | partial_dates
    return st.builds(
        Participation,
        state=st.just(state),
        joined=maybe,
        left=maybe,
        suspended_from=maybe,
        suspended_until=maybe,
    )


clauses = st.builds(
    Obligation,
    ref=st.just("x/o1"),
    level=st.just("consultation"),
    applies_from=st.none() | partial_dates,
    applies_until=st.none() | partial_dates,
)
agreements = st.builds(
    Agreement,
    ref=st.just("x"),
    status=st.sampled_from(StoredStatus),
    signed=st.none() | partial_dates,
    in_force=st.none() | partial_dates,
    ended=st.none() | partial_dates,
    disclosure=st.sampled_from(Disclosure),
    participations_known=st.booleans(),
    speaks_from=st.none() | days,
    participations=st.tuples(stays_of("AAA"), stays_of("BBB"), stays_of("AAA")),
    obligations=st.tuples() | st.tuples(clauses),
)
"""Agreements whose dates may contradict each other: an editor sees a finding, never an error."""


@dataclass(frozen=True)
class World:
    """What really happened. None: never."""

    signed: date
    in_force: date | None
    ended: date | None
    starts: tuple[date | None, date | None, date | None]
    ends: tuple[date | None, date | None, date | None]
    stored: StoredStatus

    @property
    def meets(self) -> bool:
        """Whether the stays and the clause share a day; without one there is no commitment."""
        first = max([self.signed, *(start for start in self.starts if start)])
        return all(first < end for end in (self.ended, *self.ends) if end)

    def status_on(self, day: date) -> DayStatus:
        """How the promise between the two stays stood."""
        if any(end <= day for end in (self.ended, *self.ends) if end):
            return DayStatus.ENDED
        if any(day < start for start in (self.signed, *self.starts) if start):
            return DayStatus.NOT_YET
        if self.in_force is None or day < self.in_force:
            return DayStatus.SIGNED
        if self.stored == StoredStatus.PROVISIONAL:
            return DayStatus.PROVISIONAL
        return DayStatus.IN_FORCE


Records = tuple[Agreement, Obligation, tuple[Participation, Participation]]


@dataclass(frozen=True)
class Case:
    """A world, the full record of it, a lesser and a poorer one, and a day to ask about."""

    world: World
    full: Records
    record: Records
    poorer: Records
    day: date


@st.composite
def cases(draw: Any) -> Case:
    """Worlds with their records."""
    world, covered = draw(_worlds().filter(lambda drawn: drawn[0].meets))
    lengths = [draw(st.tuples(_lengths, _lengths)) for _each in range(9)]
    hidden = draw(st.sets(st.sampled_from(_may_hide(world))))
    full = _record(world, covered, [FULL] * 9, set())
    record = _record(world, covered, [max(pair) for pair in lengths], hidden)
    poorer = _record(world, covered, [min(pair) for pair in lengths], hidden)
    near = [d for d in (world.signed, world.in_force, world.ended, *world.starts, *world.ends) if d]
    day = draw(days | st.sampled_from([d + n * DAY for d in near for n in (-1, 0, 1)]))
    return Case(world, full, record, poorer, day)


_lengths = st.sampled_from((YEAR, MONTH, FULL))


@st.composite
def _worlds(draw: Any) -> tuple[World, date]:
    stored = draw(st.sampled_from([s for s in StoredStatus if s != StoredStatus.DRAFT]))
    signed, second, third = sorted(draw(st.tuples(days, days, days)))
    holds = stored in HELD or (stored != StoredStatus.SIGNED and draw(st.booleans()))
    ends = stored in OVER or (stored == StoredStatus.UNKNOWN and draw(st.booleans()))
    inside = st.none() | st.dates(signed, third)
    spans = [_in_order(draw(inside), draw(inside)) for _each in range(3)]
    world = World(
        signed=signed,
        in_force=second if holds else None,
        ended=third if ends else None,
        starts=tuple(span[0] for span in spans),
        ends=tuple(span[1] for span in spans),
        stored=stored,
    )
    known = max(day for day in (signed, world.in_force, world.ended) if day)
    return world, draw(st.dates(known, known + 400 * DAY))


def _in_order(start: date | None, end: date | None) -> tuple[date | None, date | None]:
    return (end, start) if start and end and end < start else (start, end)


def _may_hide(world: World) -> list[str]:
    """Dates that a record may lack: the stored status, true on the coverage date, says the rest."""
    found = ["signed", "nothing"]
    if world.stored != StoredStatus.SIGNED:
        found.append("in_force")
    if world.stored in OVER:
        found.append("ended")
    return found


def _record(world: World, covered: date, lengths: list[int], hidden: set[str]) -> Records:
    def kept(day: date | None, place: int, name: str = "") -> PartialDate | None:
        if day is None or name in hidden:
            return None
        return PartialDate(day.isoformat()[: lengths[place]])

    agreement = Agreement(
        ref="x",
        status=world.stored,
        signed=kept(world.signed, 0, "signed"),
        in_force=kept(world.in_force, 1, "in_force"),
        # An agreement whose fate is unknown has no recorded end.
        ended=None if world.stored == StoredStatus.UNKNOWN else kept(world.ended, 2, "ended"),
        speaks_from=covered,
    )
    clause = Obligation(
        "x/o1",
        "consultation",
        applies_from=kept(world.starts[2], 7),
        applies_until=kept(world.ends[2], 8),
    )
    own, other = (
        Participation(
            state,
            joined=kept(world.starts[n], 3 + 2 * n),
            left=kept(world.ends[n], 4 + 2 * n),
        )
        for n, state in enumerate(("AAA", "BBB"))
    )
    return agreement, clause, (own, other)


def without_suspensions(agreement: Agreement) -> Agreement:
    """The same agreement with nobody's participation suspended, and not itself suspended."""
    stays = tuple(
        replace(stay, suspended_from=None, suspended_until=None)
        for stay in agreement.participations
    )
    suspended = agreement.status == StoredStatus.SUSPENDED
    status = StoredStatus.IN_FORCE if suspended else agreement.status
    return replace(agreement, status=status, participations=stays)
