"""Room 3: URL parameters to values and querysets; the same for page, export and API."""

from alliances.filtersets.agreements import AgreementFilters
from alliances.filtersets.commitments import CommitmentFilters
from alliances.filtersets.compare import CompareParameters
from alliances.filtersets.lists import ListFilters
from alliances.filtersets.panel import Panel
from alliances.filtersets.parameters import (
    REPLACEMENT,
    DayParameters,
    PageParameters,
    Parameters,
    PartnersParameters,
    address_of,
    without_noise,
)
from alliances.filtersets.partners import PartnersFilters
from alliances.filtersets.records import (
    ChangeParameters,
    ClaimParameters,
    EventParameters,
    RecordParameters,
    SourceParameters,
    select,
)
from alliances.filtersets.timeline import TimelineFilters

__all__ = [
    "REPLACEMENT",
    "AgreementFilters",
    "ChangeParameters",
    "ClaimParameters",
    "CommitmentFilters",
    "CompareParameters",
    "DayParameters",
    "EventParameters",
    "ListFilters",
    "PageParameters",
    "Panel",
    "Parameters",
    "PartnersFilters",
    "PartnersParameters",
    "RecordParameters",
    "SourceParameters",
    "TimelineFilters",
    "address_of",
    "select",
    "without_noise",
]
