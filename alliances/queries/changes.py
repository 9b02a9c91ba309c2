"""Room 2: what changed in the records, save by save and field by field, from the stored versions.

Names no account: `Entry.who` is what an editor chose to be called, or nothing.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db.models import BooleanField, Field, ForeignKey, JSONField, Model
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alliances.models import (
    Agreement,
    Article,
    Citation,
    Claim,
    Coverage,
    DataSet,
    Difference,
    Event,
    EventAgreement,
    Evidence,
    ExternalCoding,
    MemberSpell,
    Obligation,
    ObligationLevel,
    ObligationSide,
    Omission,
    Participation,
    PublicName,
    Source,
    State,
)
from alliances.models.base import FIRST_LOAD, LOADER
from alliances.models.fields import PartialDateField
from alliances.partial_dates import PartialDate
from alliances.queries.versions import (
    LOAD,
    MODELS,
    OWNERS,
    Key,
    Named,
    Version,
    columns,
    kind_of,
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

# The columns that name a row beside the record that it belongs to; none where it is that record.
NAMED_BY: dict[type[Model], tuple[str, ...]] = {
    Participation: ("state",),
    Obligation: ("article", "level"),
    ObligationSide: ("obligation", "state", "role"),
    Citation: ("source",),
    EventAgreement: ("agreement",),
    Evidence: ("agreement", "event", "source"),
    ExternalCoding: ("dataset", "external_id"),
    MemberSpell: ("dataset", "state"),
    Difference: ("dataset", "field"),
    Omission: ("what",),
    Article: ("section",),
    Coverage: ("promisor", "partner"),
}
# Records that stand in the files under an id of their own; the others are written inside them.
RECORDS = {
    kind_of(model)
    for model in (Agreement, Article, Claim, Coverage, DataSet, Difference, Event, ExternalCoding)
} | {kind_of(model) for model in (MemberSpell, ObligationLevel, Omission, Source, State)}

Names = Mapping[tuple[str, int], Named]


@dataclass(frozen=True)
class Change:
    """One field before and after: words, a partial date, yes or no, a list, or None for blank."""

    label: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Row:
    """One row in a save: what it is, which one, made (+), changed (~) or removed (-), and how."""

    noun: str
    nouns: str
    is_record: bool  # the record itself, not a row that belongs to it
    name: list[Any]
    ref: str  # its permanent id, where it has one
    type: str
    changes: list[Change]


@dataclass(frozen=True)
class Load:
    """What a load from the files wrote: how many rows of each kind, and to which records."""

    is_first: bool
    counts: list[tuple[str, int]]
    records: list[Named]
    total: int


@dataclass(frozen=True)
class Entry:
    """One save of one record with all that belongs to it; or one load (`record` is None)."""

    key: Key
    record: Named | None
    rows: list[Row]
    who: str
    load: Load | None = None

    @property
    def when(self) -> datetime:
        """The moment it was written, in UTC."""
        return self.key.when

    @property
    def why(self) -> str:
        """The reason that was given, if any; loads give none of their own."""
        return "" if self.by_loader else self.key.why or ""

    @property
    def by_loader(self) -> bool:
        """Whether the files were loaded, and nobody typed."""
        return self.key.by == LOADER

    @property
    def type(self) -> str:
        """+ where the record itself was made, - where it was removed, else ~."""
        return next((row.type for row in self.rows if row.is_record), "~")

    @property
    def noun(self) -> str:
        """What kind of record it is about."""
        return "" if self.load else str(MODELS[self.key.kind]._meta.verbose_name)

    @property
    def anchor(self) -> str:
        """Where it stands on a page; the same on every page, for good."""
        of = self.record.ref.lower() if self.record else ""
        return f"{self.when:%Y%m%dT%H%M%S%f}-{self.key.kind}-{of}".rstrip("-")

    @property
    def urn(self) -> str:
        """Its permanent name in feeds, whatever host they are read from."""
        return uuid5(NAMESPACE_URL, f"changes/{self.anchor}").urn

    @property
    def made(self) -> list[tuple[str, int]]:
        """How many rows of each kind were made; said of a new record, which holds them all."""
        made = sorted(row.nouns for row in self.rows if row.type == "+" and not row.is_record)
        return [(nouns, len(list(rows))) for nouns, rows in groupby(made)]


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
    if isinstance(field, BooleanField):
        return bool(value)
    if isinstance(field, JSONField):
        value = json.loads(value)
    if value in (None, "", [], {}):
        return None
    if isinstance(field, ForeignKey):
        named = names.get((kind_of(field.related_model), value))  # type: ignore[arg-type]
        return named.name if named else _("a record that is gone")
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
