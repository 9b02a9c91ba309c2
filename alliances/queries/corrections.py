"""Room 2: what readers may report as wrong: every fact of every record that has a place on a page.

A fact is a column of the record, the list of what belongs to it, or, by the last part of its
permanent id, one row of that list.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from alliances.models import (
    Agreement,
    Claim,
    Correction,
    Event,
    ObligationLevel,
    Omission,
    Source,
    State,
)
from alliances.models.base import Record
from alliances.queries.belonging import NAMED_BY, kind_of
from alliances.queries.changes import in_words
from alliances.queries.versions import columns
from alliances.vocabulary import FACT_WORDS

# Kinds of record, and the lists of what belongs to them.
CORRECTABLE: dict[type[Model], tuple[str, ...]] = {
    Agreement: ("obligations", "participations"),
    State: (),
    Event: ("agreement_links",),
    Claim: ("evidence",),
    Omission: ("evidence",),
    Source: (),
    ObligationLevel: (),
}
MODELS: dict[str, Any] = {kind_of(model): model for model in CORRECTABLE}


@dataclass(frozen=True)
class Subject:
    """What a report is about: a record, or one fact of it with what it says now."""

    kind: str
    record: Any
    fact: str = ""
    words: str = ""
    says: tuple[tuple[str, Any], ...] = ()  # names of columns, and their values as pages show them

    @property
    def key(self) -> str:
        """The record, as addresses have it."""
        return f"{self.kind}/{self.record.ref}"

    @property
    def text(self) -> str:
        """What it says now, line by line, for whoever reads it when it has changed."""
        return "\n".join(f"{name}: {_plain(value)}" for name, value in self.says)

    @property
    def noun(self) -> str:
        """What kind of record it is."""
        return str(self.record._meta.verbose_name)

    @property
    def name(self) -> str:
        """What the record is called."""
        return str(self.record)


def fact_name(model: type[Model], fact: str) -> str:
    """What a column or a list of a record is called."""
    if fact in FACT_WORDS:
        return str(FACT_WORDS[fact])
    found: Any = model._meta.get_field(fact)
    return str(found.related_model._meta.verbose_name_plural if _is_list(found) else _label(found))


def subject(kind: str, ref: str, fact: str = "") -> Subject | None:
    """The record of this kind and permanent id, and its fact; None where there is no such thing."""
    model = MODELS.get(kind)
    record = model.objects.filter(ref=ref).first() if model else None
    if record is None or not fact:
        return record and Subject(kind, record)
    found = _column(record, fact) or _list(record, fact) or _row(record, fact)
    return found and Subject(kind, record, fact, *found)


def subject_of(correction: Correction) -> Subject | None:
    """What a report is about, as it is now."""
    return subject(correction.record_kind, correction.record_ref, correction.fact)


Found = tuple[str, tuple[tuple[str, Any], ...]]


def _column(record: Any, fact: str) -> Found | None:
    field = next((each for each in _facts(type(record)) if each.name == fact), None)
    if field is None:
        return None
    words = fact_name(type(record), fact)
    return words, ((capfirst(_label(field)), _value(record, field)),)


def _list(record: Any, fact: str) -> Found | None:
    if fact not in CORRECTABLE[type(record)]:
        return None
    name, rows = fact_name(type(record), fact), getattr(record, fact)
    named = [field.name for field in columns(rows.model) if isinstance(field, ForeignKey)]
    names = [str(row) for row in rows.select_related(*named)]
    return name, ((capfirst(name), names or None),)


def _row(record: Any, fact: str) -> Found | None:
    for name in CORRECTABLE[type(record)]:
        rows = getattr(record, name)
        has_ids = issubclass(rows.model, Record)
        row = rows.filter(ref=f"{record.ref}/{fact}").first() if has_ids else None
        if row:
            called = getattr(row, NAMED_BY[rows.model][0]) or fact
            filled = tuple(_filled(row, rows.field.name))
            return f"{row._meta.verbose_name} {called}", filled
    return None


def _filled(row: Any, owner: str) -> Iterator[tuple[str, Any]]:
    """The columns of a row that hold something, but for its id and whose it is."""
    for field in _facts(type(row)):
        value = _value(row, field)
        if field.name != owner and value is not None:
            yield capfirst(_label(field)), value


def _facts(model: type[Model]) -> Iterator[Field[Any, Any]]:
    return (field for field in columns(model) if field.name != "ref")


def _value(row: Any, field: Field[Any, Any]) -> Any:
    if isinstance(field, ForeignKey):
        named = getattr(row, field.name)
        return named and str(named)
    return in_words(field, getattr(row, field.attname))


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value)) or _("blank")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _("blank") if value is None else str(value)


def _label(field: Any) -> str:
    return str(field.verbose_name)


def _is_list(found: Any) -> bool:
    return bool(found.auto_created)
