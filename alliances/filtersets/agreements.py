"""Room 3: the parameters of the agreements: one row per agreement."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import product
from typing import Any

from django.db.models import F, Min, Model, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from alliances import search
from alliances.filtersets.codes import (
    FAMILIES,
    LEVEL_CODES,
    CodesFilter,
    FamilyFilter,
    SortFilter,
    choices,
)
from alliances.filtersets.lists import ListFilters
from alliances.models import AgreementSpan, Commitment, Participation
from alliances.models.commitment import SpanQuerySet
from alliances.queries.facets import Row
from alliances.queries.ordering import by_letters, directed
from alliances.rules.strength import STANDING_ORDER
from alliances.vocabulary import AgreementKind, Disclosure, Force, Region

Codes = dict[str, Collection[str]]

OF_PARTIES = ("party", "region")
OF_PROMISES = ("family", "level")
OWN = ("status", "kind", "force", "disclosure")


class AgreementFilters(ListFilters):
    """`party` and `region` ask for one party that is both; `level` and `family` for one promise."""

    party = CodesFilter(field_name="state__ref", label=_("Party"))
    family = FamilyFilter(field_name="level__ref", choices=FAMILIES, label=_("Kind of promise"))
    level = CodesFilter(field_name="level__ref", choices=LEVEL_CODES, label=_("Promises at rung"))
    status = CodesFilter(
        field_name="status", choices=choices(STANDING_ORDER), label=_("Status on the day")
    )
    region = CodesFilter(
        field_name="state__region", choices=choices(Region), label=_("Region of a party")
    )
    kind = CodesFilter(
        field_name="agreement__kind", choices=choices(AgreementKind), label=_("Kind of agreement")
    )
    force = CodesFilter(field_name="agreement__force", choices=choices(Force), label=_("Form"))
    disclosure = CodesFilter(
        field_name="agreement__text_disclosure",
        choices=choices(Disclosure),
        label=_("Is the text public"),
    )
    sort = SortFilter(
        {
            "date": _("Signed"),
            "strength": _("Strength"),
            "name": _("Agreement"),
            "kind": _("Kind of agreement"),
        },
        label=_("Order"),
    )
    default_sort = "-date"

    @staticmethod
    def all_spans() -> SpanQuerySet:
        return AgreementSpan.objects.all()

    def matching(self, query: str) -> Q:
        return search.agreements_with(query)

    def conditions(self, chosen: dict[str, list[str]]) -> Q:
        own = {name: codes for name, codes in chosen.items() if name in OWN}
        stays = self._among(Participation, OF_PARTIES, chosen)
        return super().conditions(own) & stays & self._among(Commitment, OF_PROMISES, chosen)

    def _among(self, model: type[Model], names: tuple[str, ...], chosen: dict[str, list[str]]) -> Q:
        """On the agreements' spans: one row of `model` meets all that is asked of it."""
        asked = {name: chosen[name] for name in names if name in chosen}
        if not asked:
            return Q()
        rows = model._default_manager.filter(super().conditions(asked))
        return Q(agreement_id__in=rows.order_by().values("agreement_id"))

    def facet_rows(self) -> Iterator[Row]:
        """In three narrow queries: the agreements, their parties, their promises."""
        parties = self._pairs(Participation, OF_PARTIES)
        promises = self._pairs(Commitment, OF_PROMISES)
        order = list(self.facets)
        fields = [self.facets[name].field_name for name in OWN]
        spans = self.day_spans().order_by().values_list("agreement_id", *fields)
        for key, *values in spans:
            own = {name: self.facets[name].codes(v) for name, v in zip(OWN, values, strict=True)}
            pairs = product(parties.get(key, [{}]), promises.get(key, [{}]))
            for party, promise in pairs:
                codes = own | party | promise
                yield key, [codes.get(name, ()) for name in order]

    def _pairs(self, model: type[Model], names: tuple[str, ...]) -> dict[int, list[Codes]]:
        """What each agreement's rows of `model` hold for these facets, by the agreement's key."""
        facets = [self.facets[name] for name in names]
        rows: Any = model._default_manager.order_by()
        found: dict[int, list[Codes]] = {}
        fields = ("agreement_id", *(facet.field_name for facet in facets))
        for key, *values in rows.values_list(*fields).distinct():
            codes = {n: f.codes(v) for n, f, v in zip(names, facets, values, strict=True)}
            found.setdefault(key, []).append(codes)
        return found

    @property
    def ordered(self) -> SpanQuerySet:
        """The rows in the order asked for; no rank and no date come last in both directions."""
        name = self.sort.removeprefix("-")
        first = {
            "strength": F("strongest"),
            "name": by_letters("agreement__short_title"),
            "date": F("agreement__signed_first"),
            "kind": by_letters("agreement__kind"),
        }[name]
        reverse = self.sort.startswith("-")
        ranks = Commitment.objects.order_by().filter(agreement=OuterRef("agreement"))
        strongest = ranks.values("agreement").annotate(rank=Min("level__rank")).values("rank")
        return self.qs.annotate(strongest=Subquery(strongest)).order_by(
            directed(first, reverse),
            by_letters("agreement__short_title"),
            by_letters("agreement__ref"),
        )
