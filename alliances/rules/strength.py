"""Which of several pledges is the strongest on a day, and which one to name of equals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from alliances.partial_dates import PartialDate
from alliances.vocabulary import (
    HOLDING,
    LAST_RANK,
    SHOWN_BY_DEFAULT,
    DayStatus,
    Family,
    Level,
)

# The best standing first, for a strip that has room for one.
STANDING_ORDER = (
    DayStatus.IN_FORCE,
    DayStatus.PROVISIONAL,
    DayStatus.SIGNED,
    DayStatus.UNKNOWN,
    DayStatus.ENDED,
    DayStatus.NOT_YET,
    DayStatus.DRAFT,
)
HEADLINE_HOLLOW = (DayStatus.SIGNED, DayStatus.UNKNOWN)


@dataclass(frozen=True)
class Pledge:
    """A commitment as it stands on a day. `since` is its agreement's entry into force: an amended
    clause is no younger a promise. `ref` orders equals so that the answer is stable.
    """

    ref: str
    level: Level
    status: DayStatus
    suspended: bool = False
    quoted: bool = False
    since: PartialDate | None = None


def strongest(pledges: Iterable[Pledge]) -> Pledge | None:
    """The headline: the strongest promise in force or provisional; if there is none, the strongest
    one signed or unknown; None where neither is. Unranked texts come after every rung.
    """
    found = list(pledges)
    for statuses in (HOLDING, HEADLINE_HOLLOW):
        standing = [pledge for pledge in found if pledge.status in statuses]
        if standing:
            return min(standing, key=order)
    return None


def strongest_cooperation(pledges: Iterable[Pledge]) -> Pledge | None:
    """The strongest of rungs 7 to 9 that stands as the headline would; named by 5 and 6."""
    return strongest(p for p in pledges if p.level.family == Family.COOPERATION)


def order(pledge: Pledge) -> tuple[int, bool, bool, date, str]:
    """Sorts the strongest first: rank, then unsuspended, then quoted, then longest in force."""
    rank = pledge.level.rank or LAST_RANK + 1
    since = pledge.since.last if pledge.since else date.max
    return (rank, pledge.suspended, not pledge.quoted, since, pledge.ref)


def best_standing(pledges: Iterable[Pledge]) -> Pledge | None:
    """For a text with several promises: of those that stand or may stand the one that stands best,
    the strongest of equals; None where none does.
    """
    return next((p for p in _by_standing(pledges) if p.status in SHOWN_BY_DEFAULT), None)


def best_standing_by_rank(pledges: Iterable[Pledge]) -> dict[int, Pledge]:
    """For the strip of nine rungs: on each rung the pledge that stands best on the day."""
    best: dict[int, Pledge] = {}
    for pledge in _by_standing(pledges):
        if pledge.level.rank is not None:
            best.setdefault(pledge.level.rank, pledge)
    return best


def _by_standing(pledges: Iterable[Pledge]) -> Iterator[Pledge]:
    yield from sorted(pledges, key=lambda p: (STANDING_ORDER.index(p.status), order(p)))
