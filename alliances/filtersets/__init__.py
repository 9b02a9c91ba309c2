"""Room 3: URL parameters to values and querysets; the same for page, export and API."""

from alliances.filtersets.parameters import (
    DayParameters,
    PageParameters,
    Parameters,
    PartnersParameters,
)

__all__ = ["DayParameters", "PageParameters", "Parameters", "PartnersParameters"]
