"""From a record to its form and back: the two functions that all loading and exporting rest on.

Both work on one top-level record with all that belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from alliances.dossier.keys import Group, Key, Links, Nested, References, Refused
from alliances.dossier.schema import Noun

Form = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """What the history says of a write: why, who (None: the machine) and when."""

    reason: str
    user: Any = None
    at: datetime = field(default_factory=timezone.now)

    def mark(self, record: Model) -> Model:
        """Tell the record's history why its next save or deletion happens."""
        record._change_reason = self.reason  # type: ignore[attr-defined]
        record._history_user = self.user  # type: ignore[attr-defined]
        record._history_date = self.at  # type: ignore[attr-defined]
        return record


@dataclass
class Unfit(Exception):
    """A form that a record cannot take: which nested record (or the record), field and reason."""

    record: str
    field: str
    reason: str


def natural(ref: str) -> list[tuple[int, int | str]]:
    """Sorts o2 before o10."""
    return [(0, int(part)) if part.isdigit() else (1, part) for part in re.findall(r"\d+|\D+", ref)]


def export_record(noun: Noun, record: Model) -> Form:
    """The record's form: keys in their fixed order, absent where nothing is recorded."""
    form = {key.name: key.plain(record) for key in noun.keys}
    return {name: plain for name, plain in form.items() if plain not in ("", None, [], {})}


def export_records(noun: Noun, records: Iterable[Model]) -> list[Form]:
    """Forms in the natural order of their ids."""
    return sorted(
        (export_record(noun, record) for record in records), key=lambda form: natural(form["id"])
    )


def apply_record(
    noun: Noun, form: Form, found: References, change: Change, record: Model | None = None
) -> Model:
    """Make the record equal to the form, creating it where `record` is None.

    Writes only what differs, nested records and sets included. Raises Unfit.
    """
    record = record or noun.model(ref=form["id"])
    _apply_own(noun, form, found, change, record)
    for key in noun.keys:
        if isinstance(key, Nested):
            _apply_nested(key, form.get(key.name, []), found, change, record)
        for links, plain in _link_keys(key, form.get(key.name)):
            _apply_links(links, plain or [], found, change, record, form["id"])
    return record


def _apply_own(noun: Noun, form: Form, found: References, change: Change, record: Model) -> None:
    before = None if record.pk is None else _own(noun, export_record(noun, record))
    if before == _own(noun, form):
        return
    for key in noun.keys:
        try:
            key.store(record, form.get(key.name), found)
        except Refused as refusal:
            raise Unfit(form["id"], key.name, str(refusal)) from refusal
    _save(noun, record, form["id"], change)


def _own(noun: Noun, form: Form) -> Form:
    """The part of a form that the record's own row holds."""
    rows_of_their_own = (Nested, Links)
    return {
        name: plain
        for name, plain in form.items()
        if not isinstance(noun.by_name[name], rows_of_their_own)
    }


def _save(noun: Noun | None, record: Model, ref: str, change: Change) -> None:
    try:
        record.clean_fields()
        record.clean()
        with transaction.atomic():
            change.mark(record).save()
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise Unfit(ref, _key_name(noun, name), " ".join(messages)) from error
    except IntegrityError as error:
        raise Unfit(ref, "", _words(record, error)) from error


def _key_name(noun: Noun | None, attribute: str) -> str:
    keys = noun.keys if noun else ()
    return next((key.name for key in keys if key.attribute == attribute), attribute)


def _words(record: Model, error: IntegrityError) -> str:
    """The broken constraint's message, where it can be recognised."""
    for constraint in record._meta.constraints:
        if constraint.name in str(error):
            return f"{constraint.get_violation_error_message()} ({constraint.name})"
    return str(error).splitlines()[0]


def _apply_nested(
    key: Nested, forms: list[Form], found: References, change: Change, owner: Model
) -> None:
    noun: Noun = key.noun
    present = {row.ref: row for row in getattr(owner, key.attribute).all()}
    for form in forms:
        row = present.pop(form["id"], None) or noun.model(ref=form["id"], **{noun.owner: owner})
        apply_record(noun, form, found, change, row)
    for gone in present.values():
        change.mark(gone).delete()


def _link_keys(key: Key, plain: Any) -> Iterator[tuple[Links, Any]]:
    if isinstance(key, Links):
        yield key, plain
    if isinstance(key, Group):
        for inner in key.keys:
            yield from _link_keys(inner, (plain or {}).get(inner.name))


def _apply_links(
    key: Links, refs: list[str], found: References, change: Change, owner: Model, ref: str
) -> None:
    present = {getattr(row, key.target).ref: row for row in key.rows(owner)}
    manager: Any = getattr(owner, key.manager)
    for wanted in refs:
        if present.pop(wanted, None) is None:
            try:
                target = found.get(key.model, wanted)
            except Refused as refusal:
                raise Unfit(ref, key.name, str(refusal)) from refusal
            row = manager.model(
                **{manager.field.name: owner, key.target: target, **dict(key.fixed)}
            )
            _save(None, row, ref, change)
    for gone in present.values():
        change.mark(gone).delete()
