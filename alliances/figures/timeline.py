"""Room 3: the timeline: a lane per state or agreement, a bar for each stretch of days.

Places are percentages of the lane's width, so that a figure fits any width and its text keeps its
size. What a lane shows is a judgement of `rules.over_time`; here it is only placed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from alliances.figures.axis import LAST_YEAR, ROOM_FOR_A_DAY, Axis, Tick, percent
from alliances.partial_dates import PartialDate
from alliances.rules.over_time import Stretch
from alliances.rules.status import BEGINNING_OF_TIME, END_OF_TIME
from alliances.vocabulary import HOLDING, DayReason

# Of the lane's width: room for a digit, and for a finger (24 px of a phone's 300).
ROOM_FOR_A_DIGIT = 5
ROOM_FOR_A_FINGER = 8


@dataclass(frozen=True)
class Trial:
    """Days on which a promise was tested; `subject` is the event, unread here."""

    first: date
    last: date
    subject: object


@dataclass(frozen=True)
class Bar:
    """A stretch of days on a lane, between two places.

    `begins` and `ends` are its days as recorded, None where it has no known beginning or end.
    `is_drawn`: it lies within the years shown. `is_closed`: nothing follows it, and its end does.
    `is_turn`: another thick bar ends where it begins.
    """

    stretch: Stretch
    left: float
    right: float
    begins: PartialDate | date | None
    ends: PartialDate | date | None
    is_drawn: bool
    is_closed: bool
    is_turn: bool

    @property
    def x(self) -> str:
        """Where it begins."""
        return percent(self.left)

    @property
    def x2(self) -> str:
        """Where it ends."""
        return percent(self.right)

    @property
    def width(self) -> str:
        """How long it is."""
        return percent(self.right - self.left)

    @property
    def rank(self) -> int | None:
        """The rung that it stands on."""
        return self.stretch.pledge.level.rank if self.stretch.pledge else None

    @property
    def is_thick(self) -> bool:
        """Whether it is in force or applied provisionally."""
        return self.stretch.standing.status in HOLDING

    @property
    def is_soft(self) -> bool:
        """Whether it is only the possible days of a date known to the month or the year."""
        return self.stretch.standing.reason == DayReason.DATE_IMPRECISE

    @property
    def has_digit(self) -> bool:
        """Whether the digit of its rung fits on it."""
        return self.is_thick and self.right - self.left >= ROOM_FOR_A_DIGIT

    @property
    def has_room(self) -> bool:
        """Whether a finger can press it alone."""
        return self.right - self.left >= ROOM_FOR_A_FINGER


@dataclass(frozen=True)
class Mark:
    """Days of a test on a lane, between two places that may be one."""

    trial: Trial
    left: float
    right: float

    @property
    def x(self) -> str:
        """Where it begins."""
        return percent(self.left)

    @property
    def x2(self) -> str:
        """Where it ends."""
        return percent(self.right)


@dataclass(frozen=True)
class Course:
    """What a lane is drawn from: its stretches in order, its tests, and the heading it is under.

    `recorded` gives turning days that are known only to the month or the year as they are recorded.
    """

    subject: object
    stretches: Sequence[Stretch]
    trials: Sequence[Trial] = ()
    recorded: Mapping[date, PartialDate] = field(default_factory=dict)
    group: str = ""

    def on(self, day: date) -> Stretch | None:
        """What stands on a day."""
        return next((each for each in self.stretches if each.first <= day < each.until), None)


@dataclass(frozen=True)
class Lane:
    """One lane: `subject` is what it is about, unread here."""

    subject: object
    group: str
    bars: list[Bar]
    marks: list[Mark]

    @property
    def drawn(self) -> list[Bar]:
        """The bars within the years shown; `bars` are all."""
        return [bar for bar in self.bars if bar.is_drawn]


@dataclass(frozen=True)
class Timeline:
    """All lanes under one axis. `chosen` is None where the day lies outside it."""

    axis: Axis
    lanes: list[Lane]
    day: date

    @property
    def chosen(self) -> Tick | None:
        """The chosen day on the axis."""
        inside = self.axis.first <= self.day < self.axis.until
        return Tick(self.day, self.axis.place(self.day), ROOM_FOR_A_DAY) if inside else None

    @property
    def groups(self) -> list[tuple[str, list[Lane]]]:
        """Lanes in their order, under their headings."""
        return [(group, list(own)) for group, own in groupby(self.lanes, lambda lane: lane.group)]


def timeline(courses: Sequence[Course], day: date, axis: Axis) -> Timeline:
    """Every course as a lane."""
    return Timeline(axis, [_lane(course, axis) for course in courses], day)


def axis_of(
    courses: Iterable[Course], today: date, first: int | None = None, last: int | None = None
) -> Axis:
    """The years asked for; else from the first known day, a round year, to this year or later."""
    years = [day.year for course in courses for day in _known_days(course)]
    end = last or max([today.year, first or 0, *years])
    start = first or min([*years, end])
    return Axis(first or min(start - start % 5, end), min(end, LAST_YEAR))


def _known_days(course: Course) -> Iterator[date]:
    for stretch in course.stretches:
        yield from {stretch.first, stretch.until} - {BEGINNING_OF_TIME, END_OF_TIME}
    for trial in course.trials:
        yield trial.first


def _lane(course: Course, axis: Axis) -> Lane:
    bars = [_bar(course, place, axis) for place, _stretch in enumerate(course.stretches)]
    marks = [
        Mark(trial, axis.place(trial.first), axis.place(trial.last))
        for trial in course.trials
        if trial.first < axis.until and trial.last >= axis.first
    ]
    return Lane(course.subject, course.group, bars, marks)


def _bar(course: Course, place: int, axis: Axis) -> Bar:
    stretch = course.stretches[place]
    before, following = course.stretches[:place][-1:], course.stretches[place + 1 : place + 2]
    goes_on = any(each.first == stretch.until for each in following)
    turns = any(each.until == stretch.first and each.standing.status in HOLDING for each in before)
    return Bar(
        stretch,
        axis.place(stretch.first),
        axis.place(stretch.until),
        None if stretch.first == BEGINNING_OF_TIME else _recorded(course, stretch.first),
        None if stretch.until == END_OF_TIME else _recorded(course, stretch.until),
        stretch.first < axis.until and stretch.until > axis.first,
        not goes_on and axis.first < stretch.until <= axis.until,
        turns and stretch.first > axis.first,
    )


def _recorded(course: Course, day: date) -> PartialDate | date:
    return course.recorded.get(day, day)
