"""Room 0: ISO 8601 dates with reduced precision (YYYY, YYYY-MM, YYYY-MM-DD) as values.

A partial date is a range of possible days. Nothing here guesses a missing part.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Self

# Also for other languages' regular expressions.
PATTERN = r"^[1-9][0-9]{3}(-[0-9]{2}(-[0-9]{2})?)?$"
FORM = re.compile(PATTERN)


class PartialDate(str):
    """A date as recorded; the text is the value, `first` and `last` bound the possible days."""

    __slots__ = ("first", "last")

    first: date
    last: date

    def __new__(cls, text: str) -> Self:
        """Read `text`; raises ValueError that names the text when it is no possible date."""
        if not FORM.fullmatch(text):
            raise ValueError(f"“{text}” is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD")
        value = super().__new__(cls, text)
        try:
            value.first, value.last = _bounds(text[:4], text[5:7], text[8:])
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


def _bounds(year: str, month: str, day: str) -> tuple[date, date]:
    first = date(int(year), int(month or 1), int(day or 1))
    if day:
        return first, first
    last_month = first.month if month else 12
    return first, date(first.year, last_month, monthrange(first.year, last_month)[1])
