"""The kinds of keys that a record's own row holds: how each is read, written and stored.

A kind knows the plain form (strings, lists, dicts), the value on a record, and how both are tied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Model

from alliances.models.fields import LARGEST_NUMBER
from alliances.partial_dates import PartialDate
from alliances.vocabulary import Coded, code_list

if TYPE_CHECKING:
    from alliances.dossier.ties import References


class Refused(ValueError):
    """A value that its key does not allow; the message is the reason."""


@dataclass(frozen=True)
class Key:
    """A text. `name` is the key in the file, `attribute` the field on the record."""

    name: str
    required: bool = False
    to: str = ""

    @property
    def attribute(self) -> str:
        """The record's field."""
        return self.to or self.name

    def check(self, plain: Any) -> None:
        """Raise Refused where the plain form is not allowed."""
        if not isinstance(plain, str):
            raise Refused("must be a text")

    def value(self, plain: Any) -> Any:
        """The record's value for a plain form; None: the key is absent."""
        return plain or ""

    def plain(self, record: Model) -> Any:
        """The plain form of the record's value; empty where the key is left out."""
        return getattr(record, self.attribute)

    def store(self, record: Model, plain: Any, found: References) -> None:
        """Set the record's field from the plain form."""
        setattr(record, self.attribute, self.value(plain))


@dataclass(frozen=True)
class Optional(Key):
    """A text that is NULL, not empty, where it is absent (it is unique or a number)."""

    def value(self, plain: Any) -> Any:
        return plain or None

    def plain(self, record: Model) -> Any:
        value = super().plain(record)
        return "" if value is None else str(value)


@dataclass(frozen=True)
class Number(Optional):
    """A whole number."""

    def check(self, plain: Any) -> None:
        super().check(plain)
        if not re.fullmatch(r"0|[1-9][0-9]*", plain, re.ASCII):
            raise Refused(f"“{plain}” is not a whole number")
        if len(plain) > len(str(LARGEST_NUMBER)) or int(plain) > LARGEST_NUMBER:
            raise Refused(f"“{plain}” is more than {LARGEST_NUMBER}")

    def value(self, plain: Any) -> Any:
        return int(plain) if plain else None


@dataclass(frozen=True)
class Code(Key):
    """A code of a vocabulary."""

    vocabulary: type[Coded] = Coded

    def check(self, plain: Any) -> None:
        super().check(plain)
        if plain not in code_list(self.vocabulary):
            raise Refused(f"“{plain}” is not one of {', '.join(code_list(self.vocabulary))}")

    def plain(self, record: Model) -> Any:
        return str(super().plain(record))


@dataclass(frozen=True)
class Date(Key):
    """A partial date."""

    def check(self, plain: Any) -> None:
        super().check(plain)
        try:
            PartialDate(plain)
        except ValueError as error:
            raise Refused(str(error)) from error

    def value(self, plain: Any) -> Any:
        return PartialDate(plain) if plain else None

    def plain(self, record: Model) -> Any:
        return str.__str__(super().plain(record) or "")


@dataclass(frozen=True)
class Flag(Key):
    """Yes or no, written only where it differs from what a record normally has."""

    default: bool = False

    def check(self, plain: Any) -> None:
        if plain not in ("true", "false"):
            raise Refused(f"“{plain}” is neither true nor false")

    def value(self, plain: Any) -> Any:
        return plain == "true" if plain else self.default

    def plain(self, record: Model) -> Any:
        value = super().plain(record)
        return "" if value is self.default else str(value).lower()


@dataclass(frozen=True)
class Texts(Key):
    """A list of texts in a meant order."""

    def check(self, plain: Any) -> None:
        if not isinstance(plain, list) or not all(isinstance(text, str) for text in plain):
            raise Refused("must be a list of texts")
        if len(set(plain)) != len(plain):
            raise Refused("names something twice")

    def value(self, plain: Any) -> Any:
        return plain or []


@dataclass(frozen=True)
class Codes(Texts):
    """A list of codes of a vocabulary."""

    vocabulary: type[Coded] = Coded

    def check(self, plain: Any) -> None:
        super().check(plain)
        for code in plain:
            Code(self.name, vocabulary=self.vocabulary).check(code)


@dataclass(frozen=True)
class Foreign(Key):
    """Whatever an outside data set holds: texts, lists, mappings; kept as given."""

    empty: type = dict

    def check(self, plain: Any) -> None:
        """Anything that the strict reader lets through is allowed."""

    def value(self, plain: Any) -> Any:
        return self.empty() if plain is None and self.empty is not type(None) else plain

    def plain(self, record: Model) -> Any:
        """Mappings in alphabetical order: PostgreSQL keeps no order of its own."""
        return in_order(super().plain(record))


def in_order(value: Any) -> Any:
    """The value with every mapping in it sorted by its keys."""
    if isinstance(value, dict):
        return {name: in_order(value[name]) for name in sorted(value)}
    return value
