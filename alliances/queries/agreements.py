"""Room 2: agreements with their standing on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch

from alliances.models import CommitmentSpan, Participation
from alliances.models.commitment import SpanQuerySet
from alliances.rules.strength import STANDING_ORDER
from alliances.vocabulary import LAST_RANK, DayStatus, Disclosure, Level


def listed(spans: SpanQuerySet) -> SpanQuerySet:
    """Agreements' standings with what a list shows of each, in a constant number of queries."""
    stays: Any = Prefetch(
        "agreement__participations", Participation.objects.select_related("state")
    )
    return spans.select_related("agreement").prefetch_related(stays, "agreement__obligations")


def rungs_on(agreements: Iterable[int], day: date) -> dict[int, list[RungOnDay]]:
    """For each agreement (by primary key) the levels of its promises, strongest first, each as it
    stands best on `day`.
    """
    spans = CommitmentSpan.objects.on(day).filter(commitment__agreement__in=agreements)
    keys = spans.order_by().values_list(
        "commitment__agreement",
        "commitment__level__ref",
        "status",
        "suspended",
        "commitment__agreement__text_disclosure",
    )
    found: dict[int, dict[str, RungOnDay]] = {}
    for agreement, ref, status, suspended, disclosure in keys.distinct():
        reported = disclosure == Disclosure.UNDISCLOSED
        rung = RungOnDay(Level.of(ref), DayStatus(status), suspended, reported)
        best = found.setdefault(agreement, {}).setdefault(ref, rung)
        found[agreement][ref] = min(best, rung, key=_by_standing)
    return {key: sorted(own.values(), key=_by_rank) for key, own in found.items()}


@dataclass(frozen=True)
class RungOnDay:
    """A level as an agreement's promises at it stand best on a day."""

    level: Level
    status: DayStatus
    suspended: bool
    is_reported: bool


def _by_standing(rung: RungOnDay) -> tuple[int, bool]:
    return (STANDING_ORDER.index(rung.status), rung.suspended)


def _by_rank(rung: RungOnDay) -> int:
    return rung.level.rank or LAST_RANK + 1
