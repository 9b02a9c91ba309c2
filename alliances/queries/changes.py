"""Room 2: what changed in the records, save by save and field by field, from the stored versions.

Names no account: `Entry.who` is what an editor chose to be called, or nothing.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any

from django.db.models import BooleanField, Field, ForeignKey, JSONField, Model
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alliances.models import PublicName
from alliances.models.base import FIRST_LOAD
from alliances.models.fields import PartialDateField
from alliances.partial_dates import PartialDate
from alliances.queries.belonging import LOAD, MODELS, NAMED_BY, OWNERS, RECORDS, kind_of
from alliances.queries.entries import Change, Entry, Load, Row
from alliances.queries.versions import (
    Key,
    Named,
    Version,
    columns,
    load_counts,
    load_records,
    names_of,
    versions_among,
    versions_in,
    versions_of,
)
from alliances.vocabulary import FACT_WORDS, language_name

# What may be asked for: what kind of record changed, or a load from the files.
KINDS = [(kind_of(model), capfirst(model._meta.verbose_name_plural)) for model in OWNERS]
KINDS.append((LOAD, _("Loads from the files")))

Names = Mapping[tuple[str, int], Named]


def changes(keys: Iterable[tuple[Any, ...]]) -> list[Entry]:
    """The entries with these keys (rows of `entry_keys`), in their order."""
    asked = [Key(*key) for key in keys]
    saves = [key for key in asked if key.kind != LOAD]
    rows = _rows_by_key(versions_of(saves) if saves else [])
    loads = _loads([key for key in asked if key.kind == LOAD])
    names = names_of(_named_in(rows, asked) | {each for load in loads.values() for each in load[1]})
    who = _public_names(asked)
    return [_entry(key, rows.get(key, []), names, who, _load(key, loads, names)) for key in asked]


def changes_of(model: type[Model], record: int) -> list[Entry]:
    """Every entry of one record, the newest first; what loads wrote is told row by row too."""
    return _told(versions_in(model, record))


def changes_among(histories: Iterable[Any], model: type[Model], record: int) -> list[Entry]:
    """Every entry that these histories tell of, the newest first, as entries of that record."""
    return _told(versions_among(histories, model, record))


def _told(versions: Iterable[Version]) -> list[Entry]:
    rows = _rows_by_key(versions)
    asked = sorted(rows, key=lambda key: key.when, reverse=True)
    names, who = names_of(_named_in(rows, asked)), _public_names(asked)
    return [_entry(key, rows[key], names, who) for key in asked]


Pair = tuple[Version | None, Version]


def _rows_by_key(versions: Iterable[Version]) -> dict[Key, list[Pair]]:
    """Versions by their entry, each with the one that it replaced."""
    found: dict[Key, list[Pair]] = {}
    for _row, own in groupby(versions, key=lambda version: (version.noun, version.row)):
        for before, version in pairwise([None, *own]):
            assert version is not None
            found.setdefault(version.key, []).append((before, version))
    return found


def _entry(
    key: Key, pairs: list[Pair], names: Names, who: Mapping[int, str], load: Load | None = None
) -> Entry:
    rows = [row for pair in pairs if (row := _row(*pair, names))]
    rows.sort(key=lambda row: (not row.is_record, row.noun, row.type))
    return Entry(key, names.get((key.kind, key.record)), rows, who.get(key.user or 0, ""), load)


def _row(before: Version | None, version: Version, names: Names) -> Row | None:
    """What became of one row; None where a save left it as it was."""
    model = MODELS[version.noun]
    kind = version.type if before or version.type == "-" else "+"
    changed = _changes(model, before, version, names) if before and kind == "~" else []
    if kind == "~" and not changed:
        return None
    by_name = {field.name: field for field in columns(model)}
    named = (_value(by_name[name], version.data, names) for name in NAMED_BY.get(model, ()))
    return Row(
        noun=str(model._meta.verbose_name),
        nouns=str(model._meta.verbose_name_plural),
        is_record=version.noun == version.key.kind,
        name=[value for value in named if value is not None],
        ref=version.data.get("ref", ""),
        type=kind,
        changes=changed,
    )


def _changes(model: Any, before: Version, version: Version, names: Names) -> list[Change]:
    return [
        Change(
            capfirst(str(field.verbose_name)),
            _value(field, before.data, names),
            _value(field, version.data, names),
        )
        for field in columns(model)
        if before.data[field.attname] != version.data[field.attname]
    ]


def _value(field: Field[Any, Any], data: Mapping[str, Any], names: Names) -> Any:
    """A column's value as pages show it: a date as recorded, a code in words, a record's name."""
    value = data[field.attname]
    if isinstance(field, ForeignKey) and value is not None:
        named = names.get((kind_of(field.related_model), value))  # type: ignore[arg-type]
        return named.name if named else _("a record that is gone")
    return in_words(field, json.loads(value) if isinstance(field, JSONField) else value)


def in_words(field: Field[Any, Any], value: Any) -> Any:
    """A column's value as pages show it, where it names no record; None for a blank."""
    if isinstance(field, BooleanField):
        return bool(value)
    if value in (None, "", [], {}):
        return None
    if isinstance(field, PartialDateField):
        return PartialDate(value)
    if field.name == "language":
        return language_name(value)
    if field.name == "supports":
        return [FACT_WORDS.get(fact, fact) for fact in value]
    return dict(field.flatchoices).get(value, value) if field.choices else value


def _named_in(rows: Mapping[Key, list[Pair]], keys: Iterable[Key]) -> set[tuple[str, int]]:
    """The records that these versions and entries name."""
    versions = {
        id(each): each for pairs in rows.values() for pair in pairs for each in pair if each
    }
    found = {
        (kind_of(field.related_model), version.data[field.attname])  # type: ignore[arg-type]
        for version in versions.values()
        for field in columns(MODELS[version.noun])
        if isinstance(field, ForeignKey) and version.data[field.attname] is not None
    }
    return found | {(key.kind, key.record) for key in keys if key.kind != LOAD}


def _public_names(keys: Iterable[Key]) -> dict[int, str]:
    users = {key.user for key in keys if key.user}
    return dict(PublicName.objects.filter(user__in=users).values_list("user", "name"))


Loads = dict[datetime, tuple[list[tuple[str, int]], list[tuple[str, int]]]]


def _loads(keys: Collection[Key]) -> Loads:
    """By its moment: how many rows of each kind a load wrote; a later one, also to what records."""
    days = [key.when for key in keys]
    later = [key.when for key in keys if key.why != FIRST_LOAD]
    found: Loads = {day: ([], []) for day in days}
    for day, kind, count in load_counts(days) if days else ():
        found[day][0].append((kind, count))
    for day, kind, record in load_records(later) if later else ():
        found[day][1].append((kind, record))
    return found


def _load(key: Key, loads: Loads, names: Names) -> Load | None:
    if key.kind != LOAD:
        return None
    counts, records = loads[key.when]
    is_first = key.why == FIRST_LOAD
    total = sum(count for kind, count in counts if kind in RECORDS) if is_first else len(records)
    words = [(str(MODELS[kind]._meta.verbose_name_plural), count) for kind, count in counts]
    return Load(is_first, words, [names[each] for each in records if each in names], total)
