"""Room 3: URL parameters to values and querysets; the same for page, export and API."""

from alliances.filtersets.agreements import AgreementFilters
from alliances.filtersets.codes import CodesField, FixedChoices
from alliances.filtersets.commitments import CommitmentFilters, Listed
from alliances.filtersets.compare import CompareParameters
from alliances.filtersets.lists import ListFilters
from alliances.filtersets.panel import Choice, Panel
from alliances.filtersets.parameters import (
    REPLACEMENT,
    DayField,
    DayParameters,
    PageField,
    PageParameters,
    Parameters,
    PartnersParameters,
    address_of,
    faults,
    is_of_a_campaign,
)
from alliances.filtersets.partners import PartnersFilters
from alliances.filtersets.records import (
    ChangeParameters,
    ClaimParameters,
    EventParameters,
    RecordParameters,
    SourceParameters,
    by_name,
    select,
)
from alliances.filtersets.tables import (
    CoverageParameters,
    ObligationParameters,
    ParticipationParameters,
    StateParameters,
)
from alliances.filtersets.timeline import TimelineFilters

__all__ = [
    "REPLACEMENT",
    "AgreementFilters",
    "ChangeParameters",
    "Choice",
    "ClaimParameters",
    "CodesField",
    "CommitmentFilters",
    "CompareParameters",
    "CoverageParameters",
    "DayField",
    "DayParameters",
    "EventParameters",
    "FixedChoices",
    "ListFilters",
    "Listed",
    "ObligationParameters",
    "PageField",
    "PageParameters",
    "Panel",
    "Parameters",
    "ParticipationParameters",
    "PartnersFilters",
    "PartnersParameters",
    "RecordParameters",
    "SourceParameters",
    "StateParameters",
    "TimelineFilters",
    "address_of",
    "by_name",
    "faults",
    "is_of_a_campaign",
    "select",
]
