"""Room 3: what a published column is, and a table of them. Which ones there are stands beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter
from typing import Any, Self, TypeAlias

import orjson
from django.db.models import QuerySet
from django.utils.functional import Promise

from alliances.queries.raw import Chosen, raw_rows
from alliances.vocabulary import Coded, Level, ValueKind

Words: TypeAlias = str | Promise
# What a column gives for a row: a value that JSON knows.
Plain: TypeAlias = Any
PlainRow: TypeAlias = Sequence[Plain]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One published value: its permanent name, its words, its kind; `codes`: the list that it takes
    its codes from; `unit`: what a number counts or which standard a code follows; `ours`: whether
    the words are this reference's, and not quoted.
    """

    name: str
    label: Words
    meaning: Words
    kind: ValueKind = ValueKind.TEXT
    codes: type[Coded] | type[Level] | None = None
    unit: Words = ""
    ours: bool = True

    @property
    def code_list(self) -> list[str]:
        """The codes that it takes its values from; none where it is no code."""
        return [code.code if isinstance(code, Level) else str(code) for code in self.codes or ()]


@dataclass(frozen=True, kw_only=True)
class Stored(Column):
    """A column that the database gives: `paths` from the table's rows, or an `expression` on them;
    `read` makes their raw values plain.
    """

    paths: tuple[str, ...] = ()
    expression: Any = None
    read: Callable[..., Plain] | None = None

    @property
    def annotations(self) -> dict[str, Any]:
        """What the table's queryset has to be annotated with."""
        return {f"{self.name}_read": self.expression} if self.expression is not None else {}

    @property
    def values(self) -> tuple[str, ...]:
        """What is read of a row."""
        return self.paths or tuple(self.annotations)

    def reader(self, places: Sequence[str]) -> Callable[[Sequence[Any]], Plain] | None:
        """From a raw row, whose values stand at `places`, to the plain value. None: its first value
        is plain, but for a blank text.
        """
        own = itemgetter(*(places.index(path) for path in self.values))
        if read := self.read:
            single = len(self.values) == 1
            return lambda row: read(own(row)) if single else read(*own(row))
        if plain := PLAIN.get(self.kind):
            return lambda row: plain(own(row))
        return None


@dataclass(frozen=True, kw_only=True)
class Computed(Column):
    """A column that is read off an object: a row of a figure or of a table made in Python."""

    get: Callable[[Any], Plain]


@dataclass(frozen=True, kw_only=True)
class Table:
    """Columns under one name; `meaning` says what one row is. `key`: the column that names a row
    for good, "" where none does. `ours`: whether the rows are this reference's.
    """

    name: str
    title: Words
    meaning: Words
    columns: tuple[Any, ...]
    key: str = "id"
    ours: bool = True

    @property
    def names(self) -> list[str]:
        """The columns' names, in order."""
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        """The column of this name; KeyError where there is none."""
        return {column.name: column for column in self.columns}[name]

    def only(self, names: Sequence[str]) -> Self:
        """The table with some of its columns, in its own order."""
        columns = tuple(column for column in self.columns if column.name in names)
        return self if columns == self.columns else replace(self, columns=columns)

    def rows(self, source: Any) -> Iterator[PlainRow]:
        """A plain row for each of the source's: a queryset, or objects."""
        raise NotImplementedError


class StoredTable(Table):
    """A table whose rows are those of a queryset, read without making objects of them."""

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """What is read of a row, each once."""
        return tuple(dict.fromkeys(path for column in self.columns for path in column.values))

    @cached_property
    def _places(self) -> list[int]:
        """Where the first value of each column stands in a raw row."""
        return [self.paths.index(column.values[0]) for column in self.columns]

    @cached_property
    def _readers(self) -> list[tuple[int, Callable[[Sequence[Any]], Plain]]]:
        """The columns that take more than their first value as it is, by their places."""
        readers = (column.reader(self.paths) for column in self.columns)
        return [(place, read) for place, read in enumerate(readers) if read]

    def rows(self, source: QuerySet[Any] | Chosen) -> Iterator[PlainRow]:
        """In the source's order and in one query, a few hundred rows in memory at a time."""
        places, readers = self._places, self._readers
        for row in source.read(self.paths) if isinstance(source, Chosen) else self._read(source):
            # A blank text and no text are one: nothing is recorded.
            plain = [None if (value := row[place]) == "" else value for place in places]
            for place, read in readers:
                plain[place] = read(row)
            yield plain

    def _read(self, source: QuerySet[Any]) -> Iterator[Sequence[Any]]:
        added = {name: each for column in self.columns for name, each in column.annotations.items()}
        return raw_rows(source.annotate(**added).values_list(*self.paths))


class ComputedTable(Table):
    """A table whose rows are objects."""

    def rows(self, source: Iterable[Any]) -> Iterator[PlainRow]:
        """In the objects' order."""
        for each in source:
            yield [column.get(each) for column in self.columns]


def _yes_or_no(value: Any) -> bool | None:
    return None if value is None else bool(value)


def _from_json(value: str | None) -> Plain:
    return None if value is None else orjson.loads(value)


def _text_or_nothing(value: Any) -> str | None:
    return None if value is None else str(value)


# How a raw value of either driver becomes plain; of other kinds it is.
PLAIN: dict[ValueKind, Callable[[Any], Plain]] = {
    ValueKind.YES_NO: _yes_or_no,
    ValueKind.DAY: _text_or_nothing,
    ValueKind.LIST: _from_json,
    ValueKind.JSON: _from_json,
}
