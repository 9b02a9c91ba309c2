"""Room 3: the matrix: a row per state, a column per rung, a mark where a clause promises it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from alliances.rules.strength import HEADLINE_HOLLOW, Pledge, best_standing_by_rank
from alliances.vocabulary import HOLDING, LAST_RANK, DayStatus

RANKS = range(1, LAST_RANK + 1)
GONE = (DayStatus.ENDED, DayStatus.NOT_YET, DayStatus.DRAFT)


@dataclass(frozen=True)
class Promise:
    """One clause in one direction; `subject` is what the page says of it, unread here."""

    pledge: Pledge
    subject: object


@dataclass(frozen=True)
class Cell:
    """What a state is promised on one rung: the promise that stands best, and how many there are.

    `count` counts the promises that stand or may stand; of rungs where none does, all, and then
    `gone` has their statuses, which a list shows only when asked for them.
    """

    rank: int
    best: Promise | None
    count: int
    gone: tuple[DayStatus, ...] = ()


@dataclass(frozen=True)
class Row:
    """A state (`subject`, unread here) with its promises, and the heading that it stands under."""

    subject: object
    group: str
    promises: Sequence[Promise]

    @property
    def cells(self) -> list[Cell]:
        """The nine rungs, strongest first."""
        return [self._cell(rank) for rank in RANKS]

    @property
    def unranked(self) -> list[Promise]:
        """The texts without a rank that stand or may stand."""
        return [p for p in self.promises if p.pledge.level.rank is None and not _gone(p)]

    def _cell(self, rank: int) -> Cell:
        here = [p for p in self.promises if p.pledge.level.rank == rank]
        best = best_standing_by_rank(p.pledge for p in here).get(rank)
        standing = [p for p in here if not _gone(p)]
        shown = next((p for p in here if p.pledge is best), None)
        gone = () if standing else tuple(dict.fromkeys(p.pledge.status for p in here))
        return Cell(rank, shown, len(standing or here), gone)


@dataclass(frozen=True)
class Sums:
    """How many states hold such a promise in force on each rung, and how many perhaps."""

    holding: list[int]
    hollow: list[int]


def sums(rows: Sequence[Row]) -> Sums:
    """The two rows of counts above the matrix, rung by rung."""
    by_rank = zip(*(row.cells for row in rows), strict=True) if rows else ()
    statuses = [[c.best.pledge.status for c in column if c.best] for column in by_rank]
    return Sums(
        [sum(status in HOLDING for status in column) for column in statuses],
        [sum(status in HEADLINE_HOLLOW for status in column) for column in statuses],
    )


def grouped(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Rows in their order, under their headings."""
    return [(group, list(own)) for group, own in groupby(rows, lambda row: row.group)]


def _gone(promise: Promise) -> bool:
    return promise.pledge.status in GONE
