"""Room 0: ISO 8601 dates with reduced precision (YYYY, YYYY-MM, YYYY-MM-DD) as values.

A partial date is a range of possible days. Nothing here guesses a missing part.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Self

FORM = re.compile(r"(?P<year>[1-9][0-9]{3})(-(?P<month>[0-9]{2})(-(?P<day>[0-9]{2}))?)?", re.ASCII)


class PartialDate(str):
    """A date as recorded; the text is the value, `first` and `last` bound the possible days."""

    __slots__ = ("first", "last")

    first: date
    last: date

    def __new__(cls, text: str) -> Self:
        """Read `text`; raises ValueError that names the text when it is no possible date."""
        found = FORM.fullmatch(text)
        if found is None:
            raise ValueError(f"“{text}” is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")
        value = super().__new__(cls, text)
        try:
            value.first, value.last = _bounds(found["year"], found["month"], found["day"])
        except ValueError as error:
            raise ValueError(f"“{text}” is not a possible date") from error
        return value

    @property
    def is_exact(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last

    def surely_before(self, other: PartialDate | date) -> bool:
        """Whether every possible day lies before every possible day of `other`."""
        return self.last < (other.first if isinstance(other, PartialDate) else other)


def _bounds(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    first = date(int(year), int(month or 1), int(day or 1))
    if day:
        return first, first
    last_month = first.month if month else 12
    return first, date(first.year, last_month, monthrange(first.year, last_month)[1])
