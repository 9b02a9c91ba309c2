"""Room 3: what the filtered lists share. A list starts from the day's standings; each facet filters
them in SQL and is counted from their codes.

Without `on` the day is today; without `status` what stands or may stand is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import and_
from typing import Any

import django_filters
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from alliances.filtersets.codes import (
    CodesFilter,
    DayFilter,
    FixedChoices,
    PageFilter,
    SearchFilter,
)
from alliances.filtersets.parameters import Parameters
from alliances.models import State
from alliances.models.commitment import SpanQuerySet
from alliances.queries.facets import FacetCounts, Row, facet_counts
from alliances.queries.per_version import per_version
from alliances.vocabulary import SHOWN_BY_DEFAULT

# For each list the class of its form, and the states that it was made with.
_forms: dict[type, tuple[FixedChoices, type[Parameters]]] = {}


class ListFilters(django_filters.FilterSet):
    """What the lists share. `facet_rows` gives, for each promise, its row's key and its codes."""

    on = DayFilter(label=_("As of"))
    q = SearchFilter(label=_("Search names and texts"))
    page = PageFilter(label=_("Page"))

    class Meta:
        form = Parameters

    default_sort: str

    def __init__(self, data: Any) -> None:
        self.states = _states()
        super().__init__(data, self.all_spans())
        for name in {"promisor", "partner", "party"} & self.facets.keys():
            self.filters[name].extra["choices"] = self.states

    def get_form_class(self) -> type[Parameters]:
        """The same one for all requests, as long as the states are."""
        states, made = _forms.get(type(self), (None, Parameters))
        if states is not self.states:
            made = super().get_form_class()
            _forms[type(self)] = self.states, made
        return made

    @staticmethod
    def all_spans() -> SpanQuerySet:
        """The standings that the list starts from."""
        raise NotImplementedError

    def matching(self, query: str) -> Q:
        """On the standings: the words of a search stand in the row's texts."""
        raise NotImplementedError

    def facet_rows(self) -> Iterable[Row]:
        """Each promise of the day that the search finds: its row's key, its codes by facet."""
        raise NotImplementedError

    @property
    def day(self) -> date:
        """The day asked for, else today."""
        return self.form.cleaned_data["on"] or date.today()

    @property
    def query(self) -> str:
        """The words searched for; none where they are refused."""
        return self.form.cleaned_data.get("q", "")

    @property
    def sort_asked(self) -> str:
        """The order that the address names, also where it is refused."""
        return self.data.get("sort", "")

    @property
    def sort(self) -> str:
        """The order asked for, else the list's own."""
        return self.form.cleaned_data["sort"] or self.default_sort

    @property
    def number(self) -> int:
        """The page asked for, else the first."""
        return self.form.cleaned_data["page"] or 1

    @property
    def answered(self) -> dict[str, Any]:
        """The parameters that take one value, as the list took them."""
        return {"q": self.query, "on": self.day}

    @property
    def facets(self) -> dict[str, CodesFilter]:
        """The parameters whose choices are counted, in the order of the panel."""
        return {name: each for name, each in self.filters.items() if isinstance(each, CodesFilter)}

    @property
    def usual(self) -> dict[str, list[str]]:
        """The codes that hold of a facet where nothing is asked of it."""
        return {"status": [str(status) for status in SHOWN_BY_DEFAULT]}

    @property
    def chosen(self) -> dict[str, list[str]]:
        """The codes that hold, by facet: those asked for, else the usual ones."""
        asked = {name: self.form.cleaned_data[name] for name in self.facets}
        return self.usual | {name: codes for name, codes in asked.items() if codes}

    def day_spans(self) -> SpanQuerySet:
        """The standings of the day that the search finds, before any facet."""
        return self.queryset.on(self.day).filter(self.matching(self.query))

    def filter_queryset(self, queryset: SpanQuerySet) -> SpanQuerySet:
        """The standings of the day under every parameter; unordered."""
        return self.day_spans().filter(self.conditions(self.chosen))

    def conditions(self, chosen: dict[str, list[str]]) -> Q:
        """The facets in SQL, on the standings."""
        found = (self.facets[name].condition(codes) for name, codes in chosen.items())
        return reduce(and_, found, Q())

    def address(self, **changes: Any) -> str:
        """The query of this list's address with some parameters changed; None drops one."""
        return self.form.address(**changes)

    @cached_property
    def counts(self) -> FacetCounts:
        """How many rows there are, and how many each choice would give."""
        return facet_counts(self.facet_rows(), list(self.facets), self.chosen, self.usual)


@per_version
def _states() -> FixedChoices:
    """The codes of all states and their names, in the states' order."""
    return FixedChoices(State.objects.values_list("ref", "name"))
