"""Room 2: the stored versions of all records, each under the record that readers know it by.

Every question is one SQL query over all tables of versions, whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import (
    Count,
    F,
    Field,
    JSONField,
    Max,
    Model,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse

from alliances.models import State
from alliances.models.base import LOADER
from alliances.models.fields import BoundField
from alliances.queries.belonging import LOAD, MODELS, NAMES, PARTS, WITH_PAGE, Part, kind_of, stored

NO_RECORD = 0
KEY = (
    *("history_date", "history_by", "history_user_id", "history_change_reason"),
    *("in_kind", "in_record"),
)


class Key(NamedTuple):
    """What makes versions one entry: one save, for one reason, of one record (or one load)."""

    when: datetime
    by: str
    user: int | None
    why: str | None
    kind: str
    record: int


@dataclass(frozen=True)
class Version:
    """One row as it was written, under the record that it belongs to."""

    key: Key
    noun: str
    row: int
    number: int
    type: str  # + made, ~ changed, - removed
    data: dict[str, Any]


@dataclass(frozen=True)
class Named:
    """A record as it is called now, or as it was last called."""

    kind: str
    record: int
    ref: str
    name: str
    slug: str
    last: str  # how the last version came about: + made, ~ changed, - removed

    @property
    def gone(self) -> bool:
        """Whether it was removed."""
        return self.last == "-"

    @property
    def address(self) -> str:
        """Its page; nothing where it has none or is gone."""
        has_page = self.kind in WITH_PAGE and not self.gone
        return reverse(self.kind, args=[self.slug]) if has_page else ""

    @property
    def changes(self) -> str:
        """The page of its changes, which stays when it is gone; nothing where it has none."""
        return reverse(f"{self.kind}-changes", args=[self.slug]) if self.kind in WITH_PAGE else ""


def entry_keys(kinds: Collection[str] = ()) -> QuerySet[Any, Any]:
    """The keys of all entries of these kinds (of none: of all), the newest first.

    All that one load wrote is one entry.
    """
    parts = [part for part in PARTS if not kinds or kind_of(part.owner) in kinds]
    found = [_rows(part).exclude(history_by=LOADER) for part in parts]
    if not kinds or LOAD in kinds:
        found += [_loads(model) for model in MODELS.values()]
    first, *others = [rows.values_list(*KEY) for rows in found]
    return first.union(*others).order_by("-history_date", *KEY[1:])


def _rows(part: Part) -> Any:
    """The versions of a part's rows, with the record that they belong to."""
    rows = stored(part.model).order_by().annotate(in_record=part.key).exclude(in_record=None)
    return rows.annotate(in_kind=Value(kind_of(part.owner)))


def _loads(model: Any) -> Any:
    """The versions of a model's rows that loads wrote, under no record."""
    rows = stored(model).order_by().filter(history_by=LOADER)
    return rows.annotate(in_record=Value(NO_RECORD), in_kind=Value(LOAD))


def versions_of(keys: Iterable[Key]) -> list[Version]:
    """All versions of the rows that these entries touched, row by row, the oldest first."""
    keys = list(keys)
    days, kinds = {key.when for key in keys}, {key.kind for key in keys}
    return _versions(
        _rows(part).filter(id__in=stored(part.model).filter(history_date__in=days).values("id"))
        for part in PARTS
        if kind_of(part.owner) in kinds
    )


def versions_in(model: type[Model], record: int) -> list[Version]:
    """All versions of one record and of what belongs to it, row by row, the oldest first."""
    return _versions(_rows(part).filter(in_record=record) for part in PARTS if part.owner is model)


def versions_among(histories: Iterable[Any], model: type[Model], record: int) -> list[Version]:
    """The same of these histories, all taken to be of that record."""
    named = {"in_record": Value(record), "in_kind": Value(kind_of(model))}
    return _versions(history.order_by().annotate(**named) for history in histories)


def last_touched(models: Collection[type[Model]]) -> dict[tuple[str, int], datetime]:
    """When each record of these models, parts included, was last written, by kind and key."""
    found: dict[tuple[str, int], datetime] = {}
    for part in PARTS:
        if part.owner in models:
            latest = _rows(part).values_list("in_record").annotate(last=Max("history_date"))
            for record, moment in latest:
                key = kind_of(part.owner), record
                found[key] = max(moment, found.get(key, moment))
    return found


def _versions(histories: Iterable[Any]) -> list[Version]:
    """`histories`: versions, each with the record that it belongs to."""
    queries = [
        rows.values_list(
            *(*KEY, Value(kind_of(rows.model.instance_type)), "id"),
            *("history_id", "history_type", _as_json(rows.model.instance_type)),
        )
        for rows in histories
    ]
    if not queries:
        return []
    first, *others = queries
    found = [Version(Key(*row[:6]), *row[6:]) for row in first.union(*others, all=True)]
    return sorted(found, key=lambda version: (version.noun, version.row, version.number))


def columns(model: type[Model]) -> list[Field[Any, Any]]:
    """What a version holds of its row: all but its key and the days that its dates stand for."""
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and not isinstance(field, BoundField)
    ]


def _as_json(model: type[Model]) -> JSONObject:
    """Lists and mappings as text, since databases differ in how they nest them."""
    return JSONObject(
        **{
            field.attname: Cast(field.attname, TextField())
            if isinstance(field, JSONField)
            else F(field.attname)
            for field in columns(model)
        }
    )


def names_of(asked: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Named]:
    """What records are called, by their kind and primary key, those that are gone included.

    Rows that no other record names have no name here.
    """
    wanted: dict[str, set[int]] = {}
    for kind, record in asked:
        if MODELS[kind] in NAMES:
            wanted.setdefault(kind, set()).add(record)
    queries = [
        _latest(MODELS[kind], records).values_list(
            Value(kind), "id", "ref", NAMES[MODELS[kind]], _slug(MODELS[kind]), "history_type"
        )
        for kind, records in wanted.items()
    ]
    if not queries:
        return {}
    first, *others = queries
    rows = first.union(*others, all=True)
    return {(row[0], row[1]): Named(*row) for row in rows}


def called(kind: str, name: str) -> Named | None:
    """The record of a kind that bears this name in its page's address, or last bore it."""
    model: Any = WITH_PAGE[kind]
    states = Q(slug=name.lower()) | Q(ref=name.upper())
    versions = stored(model).filter(states if model is State else Q(ref=name))
    record = versions.order_by("-history_id").values_list("id", flat=True).first()
    return names_of([(kind, record)])[kind, record] if record else None


def _latest(model: Any, records: Collection[int]) -> Any:
    versions = stored(model).filter(id__in=records).order_by().values("id")
    latest = versions.annotate(latest=Max("history_id")).values("latest")
    return stored(model).filter(history_id__in=latest).order_by()


def _slug(model: type[Model]) -> F:
    """The last part of its page's address."""
    return F("slug") if model is State else F("ref")


def load_counts(days: Collection[datetime]) -> list[tuple[datetime, str, int]]:
    """How many rows of each model each of these loads wrote."""
    return _of_loads(
        _loads(model)
        .filter(history_date__in=days)
        .values_list("history_date", Value(kind))
        .annotate(rows=Count("history_id"))
        for kind, model in MODELS.items()
    )


def load_records(days: Collection[datetime]) -> list[tuple[datetime, str, int]]:
    """Which records (kind and primary key) each of these loads wrote to, each once."""
    return _of_loads(
        _rows(part)
        .filter(history_by=LOADER, history_date__in=days)
        .values_list("history_date", "in_kind", "in_record")
        .distinct()
        for part in PARTS
    )


def _of_loads(queries: Iterable[Any]) -> list[tuple[datetime, str, int]]:
    first, *others = queries
    return sorted(first.union(*others))
