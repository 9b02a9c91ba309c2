"""Room 2: what one entry of the changes tells: a save of one record, or a load from the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from alliances.models.base import LOADER
from alliances.queries.belonging import MODELS
from alliances.queries.versions import Key, Named


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
class Line:
    """One line of a table of changes: a field of a row in a save; of a row made or removed, and of
    a load, the whole.
    """

    entry: Entry
    row: Row | None = None
    change: Change | None = None


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
    def lines(self) -> Iterator[Line]:
        """What it tells, field by field."""
        if not self.rows:
            yield Line(self)
        for row in self.rows:
            for change in row.changes or (None,):
                yield Line(self, row, change)

    @property
    def made(self) -> list[tuple[str, int]]:
        """How many rows of each kind were made; said of a new record, which holds them all."""
        made = sorted(row.nouns for row in self.rows if row.type == "+" and not row.is_record)
        return [(nouns, len(list(rows))) for nouns, rows in groupby(made)]
