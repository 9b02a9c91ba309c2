"""Room 3: a list's parameters as its filter panel shows them: groups of choices with their counts,
what is asked now, and the way out of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise, cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _

from alliances.filtersets.lists import ListFilters
from alliances.models import ObligationLevel
from alliances.queries.per_version import per_version
from alliances.vocabulary import LEVEL_BY_CODE, SHOWN_BY_DEFAULT, Family

# Always shown whole; of the other groups only what some row has, or what is asked.
WHOLE = ("level", "family", "status")
# The parameters of one value that the panel shows, in its order.
SINGLE = ("promisor", "direction", "q", "on")
# Shown unfolded.
FOREMOST = ("status", "region", "strongest")


_as_id = lru_cache(maxsize=2_000)(slugify)


@dataclass(frozen=True)
class Choice:
    """One value of a parameter. `count` is None where the parameters could not be read."""

    code: str
    label: str | Promise
    count: int | None
    checked: bool
    rank: int | None = None

    @property
    def id(self) -> str:
        """The code as an HTML id may end."""
        return _as_id(self.code)


@dataclass(frozen=True)
class Group:
    """One parameter with its choices, and what is wrong with it."""

    name: str
    label: str
    choices: list[Choice]
    errors: list[str] = field(default_factory=list)

    @property
    def asked(self) -> int:
        """How many of its choices are asked for."""
        return sum(choice.checked for choice in self.choices)


@dataclass(frozen=True)
class Asked:
    """One thing that is asked, in words; the address without it, and how many rows that has."""

    name: str
    label: str
    value: str
    address: str
    rows: int | None = None


@dataclass(frozen=True)
class Order:
    """One order that the list can have; following its address again reverses it."""

    label: str | Promise
    address: str
    current: bool
    reverse: bool


class Panel:
    """What the template of the panel shows."""

    default_statuses = " ".join(SHOWN_BY_DEFAULT)

    def __init__(self, filters: ListFilters) -> None:
        self.filters = filters
        self.form = filters.form
        self.valid = filters.is_valid()
        self.shown = self.form if not self.valid else type(self.form)(initial=filters.answered)
        self.levels = _levels()

    @cached_property
    def groups(self) -> dict[str, Group]:
        """Every facet's group, by its name."""
        return {name: self._group(name) for name in self.filters.facets}

    @property
    def fields(self) -> list[Any]:
        """The parameters that take one value."""
        return [
            self.shown[name]
            for name in ("promisor", "direction", "q", "on")
            if self._takes_one(name)
        ]

    def _takes_one(self, name: str) -> bool:
        return name in self.filters.filters and name not in self.filters.facets

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """Every parameter that could not be read: its label and what is wrong."""
        errors = self.form.errors.items()
        return [(self.form.fields[name].label, str(e)) for name, own in errors for e in own]

    @cached_property
    def orders(self) -> list[Order]:
        """The orders that can be asked for, the current one marked."""
        now = self.filters.sort if self.valid else ""
        return [
            Order(
                label,
                self.filters.address(sort=f"-{code}" if now == code else code),
                code == now.removeprefix("-"),
                now.startswith("-"),
            )
            for code, label in self.filters.filters["sort"].orders.items()
        ]

    @property
    def foremost(self) -> list[Group]:
        """The groups that stand unfolded after the rungs."""
        return [self.groups[name] for name in FOREMOST if name in self.groups]

    @property
    def folded(self) -> list[Group]:
        """The groups that a reader unfolds."""
        shown = (*FOREMOST, *WHOLE)
        return [group for name, group in self.groups.items() if name not in shown]

    @property
    def ranked(self) -> list[ObligationLevel]:
        """The nine rungs, strongest first."""
        return [level for level in self.levels.values() if level.rank]

    @property
    def rungs(self) -> list[tuple[Choice, list[Choice]]]:
        """Each family with its levels."""
        families = {choice.code: choice for choice in self.groups["family"].choices}
        levels = self.groups["level"].choices
        return [
            (
                families[family],
                [choice for choice in levels if LEVEL_BY_CODE[choice.code].family == family],
            )
            for family in Family
        ]

    def _group(self, name: str) -> Group:
        label = str(self.filters.filters[name].label)
        errors = [str(error) for error in self.form.errors.get(name, [])]
        choices = [c for c in self._choices(name) if name in WHOLE or c.count != 0 or c.checked]
        return Group(name, label, choices, errors)

    def _choices(self, name: str) -> Iterator[Choice]:
        counts = self.filters.counts.by_choice[name] if self.valid else None
        checked = self._checked(name)
        fields: Any = self.form.fields[name]
        for code, label in fields.choices:
            level = self.levels.get(code) if name == "level" else None
            yield Choice(
                code,
                level.label if level else label,
                None if counts is None else counts.get(code, 0),
                code in checked,
                level.rank if level else None,
            )

    def _checked(self, name: str) -> list[str]:
        if self.valid:
            return self.filters.chosen.get(name, [])
        return self.filters.data.getlist(name) or self.filters.usual.get(name, [])

    @cached_property
    def asked(self) -> list[Asked]:
        """What is asked beyond the defaults, in the order of the parameters."""
        names = self.filters.filters if self.valid else ()
        return [each for name in names for each in self._asked(name)]

    @property
    def cleared(self) -> str:
        """The address without all that can be asked and removed, and without what cannot be read.
        Whose promises are shown, the order and the years stay.
        """
        removed = ("q", "on", *self.filters.facets, *self.form.errors)
        return self.filters.address(**dict.fromkeys(removed))

    def _asked(self, name: str) -> Iterator[Asked]:
        given = self.form.cleaned_data[name]
        if name in self.filters.facets:
            yield from (self._asked_code(name, code, given) for code in given)
        elif name == "q" and given:
            yield Asked(name, _("Search"), f"“{given}”", self.filters.address(q=None))
        elif name == "on" and given and given != date.today():
            yield Asked(name, _("As of"), given, self.filters.address(on=None))

    def _asked_code(self, name: str, code: str, given: list[str]) -> Asked:
        group = self.groups[name]
        label = next(str(choice.label) for choice in group.choices if choice.code == code)
        others = [other for other in given if other != code]
        rows = self.filters.counts.set_aside[name] if not others else None
        return Asked(name, group.label, label, self.filters.address(**{name: others}), rows)


@per_version
def _levels() -> dict[str, ObligationLevel]:
    """The scale by the levels' codes, strongest first."""
    return {level.ref: level for level in ObligationLevel.objects.all()}
