"""Room 3: the parameters of the timeline: the partners' own, and which years are shown.

A lane shows a promise over all days: without `status` those that match whatever their standing on
the day, with `status` those that have it on the day.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alliances.filtersets.codes import ParameterFilter
from alliances.filtersets.parameters import FIRST_DAY, LAST_DAY, Parameters
from alliances.filtersets.partners import PartnersFilters
from alliances.models import CommitmentSpan
from alliances.models.commitment import SpanQuerySet

# A year is shown whole: up to the first day of the next one, which a date must hold.
FIRST_YEAR, LAST_YEAR = FIRST_DAY.year, LAST_DAY.year - 1
# The years shown.
YEARS = ("from", "to")


class YearField(forms.IntegerField):
    """A year of four digits, one spelling each."""

    def __init__(self, **options: Any) -> None:
        message = _("Write a year from %(first)s to %(last)s, for example 1992.")
        bounds = {"first": FIRST_YEAR, "last": LAST_YEAR}
        self.refusal = ValidationError(message, params=bounds)
        # Text, so that what cannot be read stands there to be corrected.
        widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "size": 4})
        super().__init__(widget=widget, **options)

    def to_python(self, value: Any) -> int | None:
        """Read a year."""
        if value in self.empty_values:
            return None
        if not re.fullmatch(r"[0-9]{4}", str(value)) or not FIRST_YEAR <= int(value) <= LAST_YEAR:
            raise self.refusal
        return int(value)


class YearFilter(ParameterFilter):
    """A year."""

    field_class = YearField


class TimelineParameters(Parameters):
    """Also: the first year shown is not after the last."""

    def clean(self) -> dict[str, Any]:
        """Refuse years in the wrong order."""
        cleaned = super().clean()
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last and first > last:
            self.add_error("to", _("The last year lies before the first."))
        return cleaned


class TimelineFilters(PartnersFilters):
    """Whose promises, on which day, which of them, and which years are shown.

    `year` is asked by the stepper and answered with an address that has its last day as `on`.
    """

    only_here = YEARS

    class Meta(PartnersFilters.Meta):
        form = TimelineParameters

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.filters["from"] = YearFilter(label=_("Years from"))
        self.filters["to"] = YearFilter(label=_("to"))
        self.filters["year"] = YearFilter(label=_("On 31 December of"))

    @property
    def day(self) -> date:
        """Also the last day of the year that the stepper asks for."""
        year = self.form.cleaned_data["year"]
        return date(year, 12, 31) if year else super().day

    @property
    def pinned(self) -> dict[str, Any]:
        """The day in place of the stepper's year."""
        return super().pinned | {"year": None}

    @property
    def years(self) -> tuple[int | None, int | None]:
        """The first and the last year asked for."""
        first, last = (self.form.cleaned_data[name] for name in YEARS)
        return first, last

    @property
    def year_address(self) -> str | None:
        """Where the stepper leads: the same on the last day of the year asked for."""
        year = self.form.cleaned_data["year"]
        return self.address(on=f"{year}-12-31") if year else None

    def address(self, **changes: Any) -> str:
        """As for every list; the stepper's year never stays in it."""
        return super().address(**{"year": None} | changes)

    @property
    def steps(self) -> tuple[date | None, date | None]:
        """The last day of the year before the chosen day's, the first of the year after it."""
        year = self.day.year
        before = date(year - 1, 12, 31) if year > FIRST_YEAR else None
        return before, date(year + 1, 1, 1) if year < LAST_YEAR else None

    def kept(self, *dropped: str) -> list[tuple[str, str]]:
        """The parameters now asked, as hidden fields of a form that asks for those dropped."""
        names = [name for name in self.filters if name not in (*dropped, "year", "page")]
        return [(name, value) for name in names for value in self.data.getlist(name) if value]

    @property
    def kept_by_the_panel(self) -> list[tuple[str, str]]:
        """What the panel of filters has no field for."""
        return [(name, value) for name, value in self.kept() if name in YEARS]

    @property
    def kept_for_a_day(self) -> list[tuple[str, str]]:
        """What the stepper keeps."""
        return self.kept("on")

    @property
    def kept_for_years(self) -> list[tuple[str, str]]:
        """What the choice of years keeps."""
        return self.kept(*YEARS)

    @property
    def histories(self) -> SpanQuerySet:
        """All spans of the promises that match."""
        asked = {name: self.form.cleaned_data[name] for name in self.facets}
        conditions = self.conditions({name: codes for name, codes in asked.items() if codes})
        promises = self.day_spans().filter(conditions).values("commitment")
        spans = CommitmentSpan.objects.filter(commitment__in=promises).as_pledges()
        return spans.order_by("commitment", "first")
