"""Room 3: the parameters of the partners' table: one row per partner of one promisor.

A partner stands in it with a promise that matches throughout. Partners that an article names are
listed also where nothing stands, unless something is asked of their promises.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from alliances import queries
from alliances.filtersets.codes import FAMILIES, CodesFilter, ParameterFilter, SortFilter, choices
from alliances.filtersets.commitments import PromiseFilters
from alliances.filtersets.parameters import PromisorField
from alliances.models import Commitment, State
from alliances.models.commitment import SpanQuerySet
from alliances.queries import Relation
from alliances.queries.facets import Row
from alliances.vocabulary import Direction

# The status of a row that is listed because an article names the partner.
NAMED = ""
# What is asked of the partner as a whole, not of one promise.
OF_STATES = ("partner", "region", "strongest")


class PromisorFilter(ParameterFilter):
    """Whose promises: the code of a state that has made some."""

    field_class = PromisorField


class DirectionFilter(ParameterFilter):
    """Whether the promises of the state are looked at, or those made to it."""

    field_class = forms.ChoiceField

    def __init__(self, **options: Any) -> None:
        message = _("Write made or received.")
        super().__init__(
            choices=choices(Direction), error_messages={"invalid_choice": message}, **options
        )


class StrongestFilter(CodesFilter):
    """The family of a partner's strongest promise; `field_name` is the partner's code."""

    def condition(self, values: Collection[str]) -> Q:
        found = [ref for ref, own in self.parent.families.items() if not own.isdisjoint(values)]
        return Q(**{f"{self.field_name}__in": found})

    def codes(self, value: Any) -> Collection[str]:
        return self.parent.families.get(value, ())


class PartnersFilters(PromiseFilters):
    """Whose promises, on which day, and which of them. `only_here`: parameters that no other view
    of the same rows knows.
    """

    only_here: tuple[str, ...] = ()
    promisor = PromisorFilter(label=_("Promises made by"))
    strongest = StrongestFilter(
        field_name="commitment__partner__ref",
        choices=FAMILIES,
        label=_("Strongest promise is one of"),
    )
    direction = DirectionFilter(label=_("Direction"))
    sort = SortFilter(
        {
            "strength": _("Strength"),
            "partner": _("Partner"),
            "region": _("Region"),
            "date": _("Signed"),
            "kind": _("Kind of agreement"),
        },
        label=_("Order"),
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        received = self.data.get("direction") == Direction.RECEIVED
        self.own, self.other = queries.SIDES[Direction.RECEIVED if received else Direction.MADE]
        self.key = f"commitment__{self.other}__ref"
        for name in OF_STATES:
            path = self.filters[name].field_name
            self.filters[name].field_name = path.replace("__partner__", f"__{self.other}__")
        made = Commitment.objects.order_by("promisor__name")
        promisors = made.values_list("promisor__ref", "promisor__name").distinct()
        self.filters["promisor"].extra["choices"] = list(promisors)

    @cached_property
    def whose(self) -> State:
        """The state asked for, else the focus state; Http404 where that is not loaded."""
        asked = self.form.cleaned_data["promisor"]
        return get_object_or_404(State, ref=asked or settings.FOCUS_STATE)

    @property
    def towards(self) -> Direction:
        """The direction asked for, else the promises that the state makes."""
        return Direction(self.form.cleaned_data["direction"] or Direction.MADE)

    @property
    def answered(self) -> dict[str, Any]:
        return super().answered | {"promisor": self.whose.ref, "direction": self.towards}

    @property
    def pinned(self) -> dict[str, Any]:
        """What an address for good says beside what was asked."""
        return {"on": self.day, "promisor": self.whose.ref}

    @cached_property
    def relations(self) -> list[Relation]:
        """Every partner that the promisor ever had, as of the day, before any filter."""
        return queries.ever_partners_of(self.whose, self.day, self.towards)

    @property
    def of_how_many(self) -> int:
        """The partners listed where nothing is asked, and those that only this search brings in."""
        found = self.counts.rows
        return sum(row.is_listed or row.other.ref in found for row in self.relations)

    @cached_property
    def families(self) -> dict[str, frozenset[str]]:
        """The family of each partner's strongest promise, by the partner's code."""
        return {row.other.ref: _family(row) for row in self.relations}

    @property
    def usual(self) -> dict[str, list[str]]:
        found = super().usual
        return found if self.query else {**found, "status": [*found["status"], NAMED]}

    def day_spans(self) -> SpanQuerySet:
        return super().day_spans().filter(**{f"commitment__{self.own}": self.whose})

    def facet_rows(self) -> Iterator[Row]:
        yield from super().facet_rows()
        for row in self.relations:
            if row.is_named and not row.stands:
                yield row.other.ref, [self._codes_of_a_name(name, row) for name in self.facets]

    def _codes_of_a_name(self, facet: str, row: Relation) -> tuple[str, ...]:
        """What can be asked of a partner with whom nothing stands."""
        known = {"partner": row.other.ref, "region": row.other.region, "status": NAMED}
        return (known[facet],) if facet in known else ()

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked of the promises, so that not all of them match."""
        asked = self.form.cleaned_data
        return bool(self.query) or any(asked[name] for name in self.facets if name not in OF_STATES)

    @property
    def other_views_address(self) -> str:
        """The query of the same rows as a table or another figure."""
        return self.address(**dict.fromkeys(self.only_here))

    @property
    def clauses_address(self) -> str:
        """The query of the commitments' address that lists the promises behind these rows."""
        asked = any(self.form.cleaned_data[name] for name in OF_STATES)
        shown = {row.other.ref for row in self.rows}
        others = [ref for ref, _name in self.states if ref in shown] if asked else None
        changes = dict.fromkeys(("promisor", "direction", "sort", *OF_STATES, *self.only_here))
        return self.address(**changes | {self.own: self.whose.ref, self.other: others})

    @cached_property
    def matching_spans(self) -> frozenset[int]:
        """The promises that match: the primary keys of their spans."""
        return frozenset(self.qs.values_list("pk", flat=True))

    @cached_property
    def rows(self) -> list[Relation]:
        """The partners under every parameter, in the order asked for, each showing the strongest
        of its promises that match.
        """
        kept = [row for row in self.relations if row.other.ref in self.counts.rows]
        for row in kept:
            row.show_the_strongest_of(self.matching_spans)
        return queries.in_order(kept, self.sort.removeprefix("-"), self.sort.startswith("-"))


def _family(row: Relation) -> frozenset[str]:
    return frozenset([str(row.headline.commitment.level.family)] if row.headline else [])
