"""Room 3: the parameters of the reading pages: events, claims, sources, changes. Values of one
parameter are OR, parameters are AND; counts come from one narrow reading of the rows' codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alliances.filtersets.codes import NO, YES, CodesField
from alliances.filtersets.parameters import PageParameters
from alliances.queries import TESTED_ANY
from alliances.queries.changes import KINDS
from alliances.queries.facets import facet_counts
from alliances.vocabulary import ClaimCategory, Request, Response, Seen, SourceKind, Verdict

Codes = Mapping[str, Any]
TESTED = [(YES, _("At least one recorded promise")), (NO, _("No recorded promise"))]


@dataclass(frozen=True)
class Selection:
    """Which rows the choices leave, and what each other choice would give."""

    rows: list[int]
    counts: Mapping[str, Mapping[str, int]]
    without: Mapping[str, int]


def select(rows: Iterable[Codes], asked: Mapping[str, list[str]]) -> Selection:
    """The primary keys that every parameter allows, in the rows' order, with the counts."""
    rows, names = list(rows), list(asked)
    coded = ((row["pk"], [(row[name],) for name in names]) for row in rows)
    found = facet_counts(coded, names, asked, usual={})
    chosen = [row["pk"] for row in rows if row["pk"] in found.rows]
    return Selection(chosen, found.by_choice, found.set_aside)


@dataclass(frozen=True)
class Choice:
    """One choice of a filter; its count is None where nothing is shown."""

    code: str
    label: str
    count: int | None
    chosen: bool


def by_name(codes: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Codes with their names as the choices of a list: each once, by name."""
    return sorted({*codes}, key=lambda pair: (pair[1], pair[0]))


class RecordParameters(PageParameters):
    """The parameters of a reading page: lists of codes, and the page. `lists`: the choices of those
    that the records give. `ids`: the parameters whose codes are permanent ids of other records.
    """

    ids: tuple[str, ...] = ("state",)

    def __init__(self, data: Any, **lists: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        for name, choices in lists.items():
            field: Any = self.fields[name]
            field.choices = list(choices)

    @property
    def asked(self) -> dict[str, list[str]]:
        """The codes asked for, by parameter; what was refused counts as not asked."""
        return {
            name: self.cleaned_data.get(name, [])
            for name, field in self.fields.items()
            if isinstance(field, CodesField)
        }

    def choose(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """The records that every parameter allows, in SQL: those that `select` names."""
        conditions = (self.condition(name, codes) for name, codes in self.asked.items() if codes)
        return reduce(lambda found, condition: found.filter(condition), conditions, records)

    def condition(self, name: str, codes: list[str]) -> Q:
        """One parameter in SQL, on the records."""
        return Q(**{f"{name}__ref__in" if name in self.ids else f"{name}__in": codes})

    def groups(self, selection: Selection | None = None) -> list[tuple[Any, list[Choice]]]:
        """Each list's field with its choices; a choice that gives no row and is not asked is left
        out, and a list without choices too.
        """
        found = ((self[name], self._choices(name, selection)) for name in self.asked)
        return [(field, choices) for field, choices in found if choices]

    def _choices(self, name: str, selection: Selection | None) -> list[Choice]:
        field: Any = self.fields[name]
        asked = self.asked[name]
        found = [
            (str(code), str(label), selection.counts[name].get(code, 0) if selection else None)
            for code, label in field.choices
        ]
        return [
            Choice(code, label, count, code in asked)
            for code, label, count in found
            if count != 0 or code in asked
        ]

    def dropped(self, selection: Selection) -> list[tuple[Any, str, int]]:
        """For an empty answer: each parameter asked, the query without it, the rows it gives."""
        return [
            (self[name].label, self.address(**{name: []}), selection.without[name])
            for name, codes in self.asked.items()
            if codes
        ]


class EventParameters(RecordParameters):
    """Whose need, what was asked, what was done, whether a recorded promise was tested."""

    state = CodesField(label=_("Who needed help"), required=False)
    request = CodesField(label=_("What was asked"), choices=Request.choices, required=False)
    response = CodesField(label=_("What was done"), choices=Response.choices, required=False)
    tested = CodesField(label=_("Promises tested"), choices=TESTED, required=False)
    field_order = ("request", "response", "tested", "state", "page")

    def condition(self, name: str, codes: list[str]) -> Q:
        if name != "tested":
            return super().condition(name, codes)
        both = {YES, NO} <= set(codes)
        return Q() if both else Q(TESTED_ANY) if YES in codes else ~Q(TESTED_ANY)


class ClaimParameters(RecordParameters):
    """About which state, with which verdict, how the article files it."""

    verdict = CodesField(label=_("Verdict"), choices=Verdict.choices, required=False)
    category = CodesField(
        label=_("How the article files the state"), choices=ClaimCategory.choices, required=False
    )
    state = CodesField(label=_("State"), required=False)
    field_order = ("verdict", "category", "state", "page")


class SourceParameters(RecordParameters):
    """What kind of source, read or recalled, in which language."""

    kind = CodesField(label=_("Kind"), choices=SourceKind.choices, required=False)
    seen = CodesField(label=_("Read or recalled"), choices=Seen.choices, required=False)
    language = CodesField(label=_("Language"), required=False)
    field_order = ("kind", "seen", "language", "page")


class ChangeParameters(RecordParameters):
    """What kind of record changed."""

    kind = CodesField(label=_("What changed"), choices=KINDS, required=False)
    field_order = ("kind", "page")
