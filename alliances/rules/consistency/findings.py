"""What a rule says of a record: which record, which field, and what is wrong in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from alliances.partial_dates import PartialDate


@dataclass(frozen=True)
class Finding:
    """One contradiction: which record (ref), which field, and what is wrong in words."""

    ref: str
    field: str
    message: str | Promise

    def __str__(self) -> str:
        return f"{self.ref}: {self.field}: {self.message}"


def turned_round(earlier: PartialDate | None, later: PartialDate | None) -> bool:
    """Whether what should come later surely came first; unknown dates contradict nothing."""
    return bool(earlier and later and later.surely_before(earlier))
