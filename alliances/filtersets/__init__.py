"""Room 3: URL parameters to values and querysets; the same for page, export and API."""

from alliances.filtersets.parameters import (
    DayParameters,
    PageParameters,
    Parameters,
    PartnersParameters,
)
from alliances.filtersets.records import (
    ClaimParameters,
    EventParameters,
    RecordParameters,
    SourceParameters,
    select,
)

__all__ = [
    "ClaimParameters",
    "DayParameters",
    "EventParameters",
    "PageParameters",
    "Parameters",
    "PartnersParameters",
    "RecordParameters",
    "SourceParameters",
    "select",
]
