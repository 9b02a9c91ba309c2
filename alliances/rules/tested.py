"""When an event tests a commitment: the partner needed help while the promise may have stood."""

from __future__ import annotations

from alliances.partial_dates import PartialDate
from alliances.rules.status import Span
from alliances.vocabulary import DayStatus

TESTABLE = (DayStatus.IN_FORCE, DayStatus.PROVISIONAL, DayStatus.UNKNOWN)


def is_tested(spans: tuple[Span, ...], event_day: PartialDate) -> bool:
    """Whether a promise to the state that needed help, under a linked agreement, was tested.

    It was, where it was in force, provisional or unknown on a possible day of the event: a day
    known only to the month leaves open whether it stood, and unknown counts.
    """
    return any(
        span.standing.status in TESTABLE
        and span.first <= event_day.last
        and event_day.first < span.until
        for span in spans
    )
