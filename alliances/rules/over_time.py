"""Which of several promises a timeline shows, day by day.

One lane has room for one: the one that `choose` names (`strength.strongest` for a state,
`strength.best_standing` for an agreement) among those that stand or may stand on the day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from alliances.rules.status import Standing
from alliances.rules.strength import Pledge
from alliances.vocabulary import SHOWN_BY_DEFAULT

Choice = Callable[[Iterable[Pledge]], Pledge | None]


@dataclass(frozen=True)
class Stretch:
    """How a promise stands on the days from `first` up to and without `until`.

    `pledge` is None where it is no promise, but a state's part in an agreement. `subject` is the
    record that it comes from, unread here.
    """

    first: date
    until: date
    standing: Standing
    pledge: Pledge | None = None
    subject: object = None

    @property
    def stands(self) -> bool:
        """Whether it is in force, provisional, signed or unknown."""
        return self.standing.status in SHOWN_BY_DEFAULT


def over_time(stretches: Iterable[Stretch], choose: Choice) -> list[Stretch]:
    """What one lane shows, in order and without overlap; nothing on days when nothing stands."""
    begins: dict[date, list[Stretch]] = defaultdict(list)
    turns: set[date] = set()
    for stretch in stretches:
        begins[stretch.first].append(stretch)
        turns |= {stretch.first, stretch.until}
    lane: list[Stretch] = []
    standing: list[Stretch] = []
    for first, until in pairwise(sorted(turns)):
        standing = [each for each in standing if each.until > first] + begins[first]
        shown = _shown(standing, choose)
        if shown:
            _append(lane, replace(shown, first=first, until=until))
    return lane


def _shown(standing: list[Stretch], choose: Choice) -> Stretch | None:
    best = choose(each.pledge for each in standing if each.pledge)
    return next((each for each in standing if best and each.pledge is best), None)


def _append(lane: list[Stretch], stretch: Stretch) -> None:
    """Lengthen the last stretch where the same promise stands on as it stood."""
    before = lane[-1] if lane else None
    if before and before.until == stretch.first and _as_before(before, stretch):
        lane[-1] = replace(before, until=stretch.until)
    else:
        lane.append(stretch)


def _as_before(before: Stretch, stretch: Stretch) -> bool:
    alike = before.standing.reason == stretch.standing.reason
    return alike and before.pledge == stretch.pledge
