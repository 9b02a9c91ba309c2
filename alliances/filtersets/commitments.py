"""Room 3: the parameters of the commitments: one row per clause and direction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from alliances import bitmaps, search
from alliances.filtersets.codes import (
    FAMILIES,
    LEVEL_CODES,
    CodesFilter,
    FamilyFilter,
    SortFilter,
    YesNoFilter,
    choices,
)
from alliances.filtersets.lists import ListFilters
from alliances.models import CommitmentSpan
from alliances.models.commitment import SpanQuerySet
from alliances.queries.facets import FacetCounts, Row
from alliances.queries.ordering import by_letters, directed
from alliances.queries.per_version import per_version
from alliances.queries.pledges import STRONGEST_FIRST
from alliances.queries.raw import Chosen
from alliances.rules.strength import STANDING_ORDER
from alliances.vocabulary import (
    AgreementKind,
    Confidence,
    Disclosure,
    Force,
    Region,
    TriggerCode,
)


class PromiseFilters(ListFilters):
    """What can be asked of promises, whatever one row of their list is; `key`: where it is told."""

    promisor = CodesFilter(field_name="commitment__promisor__ref", label=_("Promised by"))
    partner = CodesFilter(field_name="commitment__partner__ref", label=_("Promised to"))
    family = FamilyFilter(
        field_name="commitment__level__ref", choices=FAMILIES, label=_("Kind of promise")
    )
    level = CodesFilter(
        field_name="commitment__level__ref", choices=LEVEL_CODES, label=_("Promises at rung")
    )
    status = CodesFilter(
        field_name="status", choices=choices(STANDING_ORDER), label=_("Status on the day")
    )
    region = CodesFilter(
        field_name="commitment__partner__region",
        choices=choices(Region),
        label=_("Region of the partner"),
    )
    suspended = YesNoFilter(field_name="suspended", label=_("Participation suspended"))
    tested = YesNoFilter(field_name="tested", label=_("Tested by an event"))
    trigger = CodesFilter(
        field_name="commitment__obligation__trigger_code",
        choices=choices(TriggerCode),
        label=_("What sets it off"),
    )
    kind = CodesFilter(
        field_name="commitment__agreement__kind",
        choices=choices(AgreementKind),
        label=_("Kind of agreement"),
    )
    force = CodesFilter(
        field_name="commitment__agreement__force", choices=choices(Force), label=_("Form")
    )
    disclosure = CodesFilter(
        field_name="commitment__agreement__text_disclosure",
        choices=choices(Disclosure),
        label=_("Is the text public"),
    )
    confidence = CodesFilter(
        field_name="commitment__obligation__confidence",
        choices=choices(Confidence),
        label=_("Confidence in the clause"),
    )

    default_sort = "strength"
    key: str

    @staticmethod
    @cache  # a query that is never asked, only narrowed
    def all_spans() -> SpanQuerySet:
        return CommitmentSpan.objects.all().marked_as_tested()

    def matching(self, query: str) -> Q:
        return search.commitments_with(query)

    def facet_rows(self) -> Iterator[Row]:
        """In one narrow query."""
        facets = list(self.facets.values())
        paths = list(dict.fromkeys([self.key, *(facet.field_name for facet in facets)]))
        readers = [(paths.index(facet.field_name), facet.codes) for facet in facets]
        for values in self.day_spans().order_by().values_list(*paths):
            yield values[0], [codes(values[place]) for place, codes in readers]


class CommitmentFilters(PromiseFilters):
    """One row per clause and direction, counted and ordered in memory (`alliances.bitmaps`)."""

    sort = SortFilter(
        {
            "strength": _("Strength"),
            "partner": _("Partner"),
            "date": _("Signed"),
            "kind": _("Kind of agreement"),
        },
        label=_("Order"),
    )
    key = "pk"

    @cached_property
    def standings(self) -> bitmaps.Standings:
        """All standings, of all days."""
        return _standings()

    @cached_property
    def within(self) -> int:
        """The standings of the day that the search finds, before any facet."""
        within = self.standings.on(self.day)
        if self.query:
            within &= self.standings.having(self.day_spans().values_list("pk", flat=True))
        return within

    @cached_property
    def rows(self) -> bitmaps.Rows:
        """The rows under every parameter, without counting what its choices would give."""
        return self.standings.rows(self.within, self.chosen)

    @cached_property
    def counts(self) -> FacetCounts:
        return self.standings.counts(self.within, self.chosen, self.usual)

    @property
    def ordered(self) -> SpanQuerySet:
        """The rows in the order asked for, in SQL alone: for who reads all of them."""
        return self._in_order(self.qs)

    def keys(self, places: range) -> list[int]:
        """The primary keys of the rows at these places in the order asked for, at the same cost
        for a list of any length.
        """
        every = CommitmentSpan.objects.all()
        return self.standings.keys_in_order(
            self.rows, self.sort, lambda: self._in_order(every), places.start, places.stop
        )

    def _in_order(self, spans: SpanQuerySet) -> SpanQuerySet:
        """A text without a rank comes last in both directions."""
        name = self.sort.removeprefix("-")
        reverse = self.sort.startswith("-")
        agreement = "commitment__agreement"
        first = {
            "strength": F("commitment__level__rank"),
            "partner": by_letters("commitment__partner__slug"),
            "date": F(f"{agreement}__signed_first"),
            "kind": by_letters(f"{agreement}__kind"),
        }[name]
        return spans.order_by(directed(first, reverse), *STRONGEST_FIRST)


@per_version
def _standings() -> bitmaps.Standings:
    filters = CommitmentFilters.base_filters.items()
    return bitmaps.read(
        {
            name: bitmaps.Facet(each.field_name, each.codes)
            for name, each in filters
            if isinstance(each, CodesFilter)
        }
    )


@dataclass(frozen=True)
class Listed:
    """The rows of a list as who reads a part of it asks: how many there are, and some of them."""

    filters: CommitmentFilters

    def count(self) -> int:
        """How many rows there are."""
        return len(self.filters.rows)

    def __getitem__(self, part: slice) -> Chosen:
        keys = self.filters.keys(range(*part.indices(self.count())))
        return Chosen(CommitmentFilters.all_spans, keys)
