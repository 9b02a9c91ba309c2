"""Room 4: the history of a record and of the rows that belong to it, edit by edit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Field
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alliances.models import Obligation, ObligationSide
from alliances.models.base import LOADER

Version = Any  # a row of a history table


@dataclass(frozen=True)
class Difference:
    """One field before and after."""

    label: str
    old: str
    new: str


@dataclass
class Edit:
    """All that one person saved at one moment, and why."""

    when: datetime
    who: str
    why: str
    # What happened ("Created: participations") to which rows.
    rows: dict[str, list[str]] = field(default_factory=dict)
    # Which row changed, and how.
    changes: dict[str, list[Difference]] = field(default_factory=dict)


def edits(histories: Iterable[Any]) -> list[Edit]:
    """The edits that these histories tell of, the latest first."""
    found: dict[Any, Edit] = {}
    for history in histories:
        for before, version in _with_predecessors(history):
            key = (version.history_date, version.history_by, version.history_change_reason)
            edit = found.setdefault(key, _edit_of(version))
            if before is None or version.history_type == "-":
                edit.rows.setdefault(_what_happened(version), []).append(_name(version))
            elif differences := _differences(before, version):
                edit.changes[f"{_noun(version)} {_name(version)}"] = differences
    return sorted(found.values(), key=lambda edit: edit.when, reverse=True)


def _with_predecessors(history: Any) -> Iterator[tuple[Version | None, Version]]:
    versions = history.order_by("id", "history_date", "history_id")
    for _row, own in groupby(versions, key=lambda version: version.id):
        yield from pairwise([None, *own])


def _edit_of(version: Version) -> Edit:
    why = version.history_change_reason or ""
    return Edit(version.history_date, _who(version.history_by), why)


def _who(name: str) -> str:
    return _("the loader") if name == LOADER else name


def _what_happened(version: Version) -> str:
    return f"{version.get_history_type_display()}: {_noun(version)}"


def _noun(version: Version) -> str:
    return str(version.instance_type._meta.verbose_name)


def _name(version: Version) -> str:
    """The row's permanent id, or what it stands for; rows that it names may be gone."""
    row = version.instance
    with suppress(ObjectDoesNotExist):
        if isinstance(row, ObligationSide):
            clause = Obligation.history.filter(id=row.obligation_id).latest()
            return f"{clause.ref}: {row}"
        return getattr(row, "ref", "") or str(row)
    return _("names a record that is gone")


def _differences(before: Version, version: Version) -> list[Difference]:
    delta = version.diff_against(before, foreign_keys_are_objs=True)
    model = version.instance_type
    by_name = {change.field: change for change in delta.changes}
    return [
        Difference(
            label=capfirst(str(column.verbose_name)),
            old=_in_words(column, by_name[column.name].old),
            new=_in_words(column, by_name[column.name].new),
        )
        for column in model._meta.fields
        if column.name in by_name
    ]


def _in_words(column: Field, value: Any) -> str:
    if value in (None, "", [], {}):
        return _("blank")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(dict(column.flatchoices).get(value, value))
