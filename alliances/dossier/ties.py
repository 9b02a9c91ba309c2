"""The kinds of keys that tie a record to others: references, sets, groups and nested records."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from alliances.dossier.keys import Key, Refused, Texts


class References:
    """Finds records by their permanent ids, each model fetched once."""

    def __init__(self) -> None:
        self._rows: dict[type[Model], dict[str, Model]] = {}

    def get(self, model: type[Model], ref: str) -> Model:
        """The record with this id; Refused where there is none."""
        rows = self._rows.setdefault(model, {})
        if ref not in rows:
            rows.update({row.ref: row for row in model._default_manager.all()})  # type: ignore[attr-defined]
        if ref not in rows:
            raise Refused(f"names {ref}, which does not exist")
        return rows[ref]


@dataclass(frozen=True)
class Reference(Key):
    """Another record, by its permanent id."""

    model: type[Model] = Model

    def plain(self, record: Model) -> Any:
        target = super().plain(record)
        return target.ref if target else ""

    def store(self, record: Model, plain: Any, found: References) -> None:
        setattr(record, self.attribute, found.get(self.model, plain) if plain else None)


@dataclass(frozen=True)
class Links(Key):
    """A set of records, each by its id, held by rows of a model of their own.

    `manager` names the link rows on the record, `target` the linked record on the link row,
    `fixed` what else marks the link rows of this key.
    """

    manager: str = ""
    target: str = ""
    model: type[Model] = Model
    fixed: tuple[tuple[str, str], ...] = ()

    def check(self, plain: Any) -> None:
        Texts(self.name).check(plain)
        if sorted(plain) != plain:
            raise Refused("is a set: write it in alphabetical order")

    def rows(self, record: Model) -> Iterable[Any]:
        """The link rows of this key."""
        for row in getattr(record, self.manager).all():
            fits = all(getattr(row, name) == value for name, value in self.fixed)
            if fits and getattr(row, self.target) is not None:
                yield row

    def plain(self, record: Model) -> Any:
        return sorted(getattr(row, self.target).ref for row in self.rows(record))

    def store(self, record: Model, plain: Any, found: References) -> None:
        """Links are rows of their own: `writing.Writing` writes them."""


@dataclass(frozen=True)
class Group(Key):
    """Keys that stand together under one name in the file, and side by side on the record."""

    keys: tuple[Key, ...] = ()

    def check(self, plain: Any) -> None:
        if not isinstance(plain, dict):
            raise Refused("must be a mapping")
        names = {key.name for key in self.keys}
        for name, value in plain.items():
            if name not in names:
                raise Refused(f"“{name}” is not a key here")
            next(key for key in self.keys if key.name == name).check(value)

    def plain(self, record: Model) -> Any:
        found = {key.name: key.plain(record) for key in self.keys}
        return {name: value for name, value in found.items() if value not in ("", [], {}, None)}

    def store(self, record: Model, plain: Any, found: References) -> None:
        for key in self.keys:
            key.store(record, (plain or {}).get(key.name), found)


@dataclass(frozen=True)
class Nested(Key):
    """Records that belong to this one, each with an id of its own; `noun` is their schema."""

    noun: Any = None

    def check(self, plain: Any) -> None:
        if not isinstance(plain, list):
            raise Refused("must be a list")

    def plain(self, record: Model) -> Any:
        from alliances.dossier.records import export_records

        return export_records(self.noun, getattr(record, self.attribute).all())

    def store(self, record: Model, plain: Any, found: References) -> None:
        """Nested records are rows of their own: `writing.Writing` writes them."""
