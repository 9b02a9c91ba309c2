"""The plain values that the rules judge: what the record says of an agreement, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from alliances.partial_dates import PartialDate
from alliances.vocabulary import Disclosure


@dataclass(frozen=True)
class Participation:
    """One stay of a state in an agreement; `left` and `suspended_until` are first days without.

    `status` is a code of ParticipationStatus; `exists_from` and `exists_until` are the state's.
    """

    state: str
    ref: str = ""
    joined: PartialDate | None = None
    left: PartialDate | None = None
    suspended_from: PartialDate | None = None
    suspended_until: PartialDate | None = None
    ratified: PartialDate | None = None
    status: str = ""
    exists_from: PartialDate | None = None
    exists_until: PartialDate | None = None


@dataclass(frozen=True)
class Obligation:
    """One clause. `mutual`: each party owes every other; else `owes` owe `owed` (state codes)."""

    ref: str
    level: str
    mutual: bool = True
    owes: frozenset[str] = frozenset()
    owed: frozenset[str] = frozenset()
    applies_from: PartialDate | None = None
    applies_until: PartialDate | None = None


@dataclass(frozen=True)
class Agreement:
    """An agreement with all that its status and its commitments depend on.

    `status` is a code of StoredStatus, `disclosure` one of Disclosure.
    `made_by` is the code of a former state.
    `speaks_from` is the coverage date: the first day for which the stored status speaks;
    None when no pair of its parties, nor any other, was researched.
    """

    ref: str
    status: str
    signed: PartialDate | None = None
    in_force: PartialDate | None = None
    ended: PartialDate | None = None
    disclosure: str = Disclosure.UNKNOWN
    participations_known: bool = True
    speaks_from: date | None = None
    participations: tuple[Participation, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    made_by: str = ""
    end_reason: str = ""


def coverage_day(
    parties: Iterable[str], researched: Mapping[frozenset[str], PartialDate]
) -> date | None:
    """The day from which an agreement's stored status speaks.

    The earliest day that the research on any pair of its parties reaches; where none of its pairs
    was researched, the earliest of all. `researched` maps a pair of state codes to how far its
    research reaches; a month counts to its last day ("to the end of April 2026").
    """
    members = frozenset(parties)
    own = [reach.last for pair, reach in researched.items() if pair <= members]
    return min(own or [reach.last for reach in researched.values()], default=None)
