"""A record's form as it was at a moment, put together from the stored versions of its rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import ForeignKey, Model

from alliances.dossier.keys import Key
from alliances.dossier.records import Form, export_record
from alliances.dossier.schema import Noun
from alliances.dossier.ties import Group, Links, Nested
from alliances.queries.belonging import stored


def form_at(noun: Noun, pk: int, at: datetime) -> Form | None:
    """The form that the record had right after the changes of that moment; None: it was not there.

    `pk` is the record's primary key, which it keeps for good.
    """
    rows = _rows_at(noun.model, at, id=pk)
    return export_record(noun, _with_parts(noun, rows, at)[0]) if rows else None


def _rows_at(model: Any, at: datetime, **of: Any) -> list[Any]:
    """The rows that stood at the moment, of those that ever belonged to something."""
    history = stored(model)
    pks = history.filter(**of).values("id")
    last: dict[int, Any] = {}
    found = history.filter(id__in=pks, history_date__lte=at)
    for version in found.order_by("history_date", "history_id"):
        last[version.id] = version
    standing = [version.instance for version in last.values() if version.history_type != "-"]
    return [
        row for row in standing if all(getattr(row, name) == value for name, value in of.items())
    ]


def _with_parts(noun: Noun | None, rows: list[Any], at: datetime) -> list[Any]:
    """The same rows, each with the nested rows, link rows and named records that its form needs."""
    _name_targets(rows)
    for key in _keys(noun.keys if noun else ()):
        if isinstance(key, Nested):
            for row in rows:
                parts = _rows_at(key.noun.model, at, **{f"{key.noun.owner}_id": row.pk})
                _set(row, key.attribute, _with_parts(key.noun, parts, at))
        if isinstance(key, Links):
            for row in rows:
                manager = getattr(row, key.manager)
                links = _rows_at(manager.model, at, **{f"{manager.field.name}_id": row.pk})
                _set(row, key.manager, _with_parts(None, links, at))
    return rows


def _keys(keys: Iterable[Key]) -> Iterable[Key]:
    for key in keys:
        yield from key.keys if isinstance(key, Group) else (key,)


def _set(row: Any, name: str, parts: list[Any]) -> None:
    """Let `row.<name>.all()` give these parts, as a prefetch would."""
    prefetched = row.__dict__.setdefault("_prefetched_objects_cache", {})
    prefetched[name] = parts


def _name_targets(rows: list[Any]) -> None:
    """Give every named record its id, also where the record is gone by now."""
    for row in rows:
        for field in row._meta.fields:
            pk = getattr(row, field.attname) if isinstance(field, ForeignKey) else None
            if pk is not None:
                setattr(row, field.name, _named(field.related_model, pk))


def _named(model: Any, pk: int) -> Model:
    versions = stored(model).filter(id=pk).order_by("-history_id")
    return model(pk=pk, ref=versions.values_list("ref", flat=True)[0])
