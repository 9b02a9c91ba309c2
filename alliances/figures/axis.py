"""Room 3: an axis of years: days as percentages of its width, round years as ticks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

# The last year after whose end there is a date.
LAST_YEAR = date.max.year - 1
# More labels than these have no room on a phone, which leaves out every other one.
MANY_TICKS = 6
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
MOST_TICKS = 8
# A label stands in the middle of its place, but within the lane: what a year and a day need.
ROOM_FOR_A_YEAR = 5
ROOM_FOR_A_DAY = 14


@dataclass(frozen=True)
class Axis:
    """The years shown, whole ones, the last one included."""

    first_year: int
    last_year: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.first_year, 1, 1)

    @property
    def until(self) -> date:
        """The first day after it."""
        return date(self.last_year + 1, 1, 1)

    def place(self, day: date) -> float:
        """Where a day begins, in percent of the width; a day beyond an edge is at the edge."""
        share = (day - self.first) / (self.until - self.first)
        return round(100 * min(1.0, max(0.0, share)), 2)

    @property
    def ticks(self) -> list[Tick]:
        """Round years, at most eight of them."""
        span = self.last_year - self.first_year + 1
        step = next(step for step in STEPS if span / step <= MOST_TICKS)
        start = -(-self.first_year // step) * step
        years = range(start, self.last_year + 1, step)
        return [Tick(year, self.place(date(year, 1, 1)), ROOM_FOR_A_YEAR) for year in years]

    @property
    def is_dense(self) -> bool:
        """Whether its labels are too many for a phone."""
        return len(self.ticks) > MANY_TICKS


@dataclass(frozen=True)
class Tick:
    """A place on the axis with its label: a round year, or the chosen day."""

    label: int | date
    at: float
    room: int

    @property
    def x(self) -> str:
        """Its place."""
        return percent(self.at)

    @property
    def label_x(self) -> str:
        """Where its label stands: its place, or the edge near which it would not fit."""
        return {"from-here": "0%", "up-to-here": "100%"}.get(self.side, self.x)

    @property
    def side(self) -> str:
        """Where the label grows from there; nothing: both ways."""
        if self.at < self.room:
            return "from-here"
        return "up-to-here" if self.at > 100 - self.room else ""


def percent(value: float) -> str:
    """A place as SVG has it, the same in every language."""
    return f"{round(value, 2):g}%"
