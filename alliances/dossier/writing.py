"""From a form to a record: writes one top-level record with all that belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import ForeignKey, Model, ProtectedError

from alliances.dossier.keys import Key, Refused
from alliances.dossier.records import Change, Form, export_record
from alliances.dossier.refusals import broken_rule
from alliances.dossier.schema import Noun
from alliances.dossier.ties import Group, Links, Nested, References
from alliances.queries.belonging import stored


@dataclass
class Unfit(Exception):
    """A form that a record cannot take: which nested record (or the record), field and reason."""

    record: str
    field: str
    reason: str


@dataclass
class Writing:
    """One load: its reason, the records found by their ids, and the rows that are to go."""

    change: Change
    found: References = field(default_factory=References)
    # Nested rows that their forms no longer hold. They go last: another record may still name
    # them until its own, later file is written.
    gone: list[Model] = field(default_factory=list)
    # Called with each new row before it is written, to give it a primary key of its own.
    prepare: Callable[[Model], None] | None = None

    def apply(self, noun: Noun, form: Form, record: Model | None = None) -> Model:
        """Make the record equal to the form, creating it where `record` is None.

        Writes only what differs, nested records and sets included. Raises Unfit.
        """
        record = record or noun.model(ref=form["id"])
        is_new = record.pk is None
        self._apply_own(noun, form, record)
        for key in noun.keys:
            if isinstance(key, Nested):
                # A record that was not there before has no rows to ask for.
                rows = () if is_new else getattr(record, key.attribute).all()
                self._apply_nested(key, form.get(key.name, []), record, rows)
            for links, plain in _link_keys(key, form.get(key.name)):
                rows = () if is_new else links.rows(record)
                self._apply_links(links, plain or [], record, rows, form["id"])
        return record

    def delete_gone(self) -> None:
        """Delete the rows that no form holds. Raises Unfit where another record names one."""
        for row in self.gone:
            _delete(row, self.change)
        self.gone.clear()

    def _apply_own(self, noun: Noun, form: Form, record: Model) -> None:
        before = None if record.pk is None else _own(noun, export_record(noun, record))
        if before == _own(noun, form):
            return
        for key in noun.keys:
            try:
                key.store(record, form.get(key.name), self.found)
            except Refused as refusal:
                raise Unfit(form["id"], key.name, str(refusal)) from refusal
        self._save(noun, record, form["id"])

    def _apply_nested(
        self, key: Nested, forms: list[Form], owner: Model, rows: Iterable[Any]
    ) -> None:
        noun: Noun = key.noun
        present = {row.ref: row for row in rows}
        for form in forms:
            row = present.pop(form["id"], None) or noun.model(ref=form["id"], **{noun.owner: owner})
            self.apply(noun, form, row)
        self.gone += present.values()

    def _apply_links(
        self, key: Links, refs: list[str], owner: Model, rows: Iterable[Any], ref: str
    ) -> None:
        present = {getattr(row, key.target).ref: row for row in rows}
        manager: Any = getattr(owner, key.manager)
        for wanted in refs:
            if present.pop(wanted, None) is None:
                try:
                    target = self.found.get(key.model, wanted)
                except Refused as refusal:
                    raise Unfit(ref, key.name, str(refusal)) from refusal
                row = manager.model(
                    **{manager.field.name: owner, key.target: target, **dict(key.fixed)}
                )
                self._save(None, row, ref)
        for gone in present.values():
            self.change.delete(gone)

    def _save(self, noun: Noun | None, record: Any, ref: str) -> None:
        if self.prepare and record._state.adding:
            self.prepare(record)
        try:
            record.clean_fields(exclude=_at_hand(record))
            record.clean()
            with transaction.atomic():
                self.change.mark(record).save()
        except ValidationError as error:
            name, messages = next(iter(error.message_dict.items()))
            raise Unfit(ref, _key_names(noun, {name}), " ".join(messages)) from error
        except (IntegrityError, DataError) as error:
            names, reason = broken_rule(record, error)
            raise Unfit(ref, _key_names(noun, names), reason) from error


def apply_record(
    noun: Noun,
    form: Form | None,
    record: Model | None,
    change: Change,
    prepare: Callable[[Model], None] | None = None,
) -> Model | None:
    """Make one record equal to a form, as a load does; without a form it goes. Raises Unfit.

    A row that was there before gets its primary key back, and with it its history.
    """
    if form is None:
        assert record is not None
        _delete(record, change)
        return None
    writing = Writing(change, prepare=prepare or give_back_its_key)
    written = writing.apply(noun, form, record)
    writing.delete_gone()
    return written


def give_back_its_key(row: Model) -> None:
    """Give a new row the primary key of the row that was deleted and that it brings back, if any.

    A row with a permanent id is known by it, a row that only ties others by what it ties.
    """
    gone = stored(type(row)).filter(history_type="-", **_identity(row)).order_by("-history_id")
    pk = gone.values_list("id", flat=True).first()
    if not type(row)._default_manager.filter(pk=pk).exists():
        row.pk = pk


def _identity(row: Any) -> dict[str, Any]:
    if hasattr(row, "ref"):
        return {"ref": row.ref}
    own = (field for field in row._meta.concrete_fields if not field.primary_key)
    return {field.attname: getattr(row, field.attname) for field in own}


def _delete(row: Any, change: Change) -> None:
    try:
        change.delete(row)
    except ProtectedError as error:
        raise Unfit(
            str(row.ref), "id", f"is gone, but {_names(error.protected_objects)} names it"
        ) from error


def _names(rows: Iterable[Model]) -> str:
    return ", ".join(sorted(f"{row._meta.verbose_name} {row}" for row in rows))


def _at_hand(record: Model) -> set[str]:
    """Fields whose records this load has read or written: whether they exist is known."""
    return {
        field.name
        for field in record._meta.fields
        if isinstance(field, ForeignKey)
        and field.is_cached(record)
        and field.value_from_object(record)
    }


def _own(noun: Noun, form: Form) -> Form:
    """The part of a form that the record's own row holds."""
    rows_of_their_own = (Nested, Links)
    return {
        name: plain
        for name, plain in form.items()
        if not isinstance(noun.by_name[name], rows_of_their_own)
    }


def _key_names(noun: Noun | None, fields: set[str]) -> str:
    """The record's fields under the names that they have in the file, in the file's order."""
    keys = [part for key in (noun.keys if noun else ()) for part in _parts(key)]
    return ", ".join(key.name for key in keys if key.attribute in fields) or ", ".join(
        sorted(fields)
    )


def _parts(key: Key) -> tuple[Key, ...]:
    return key.keys if isinstance(key, Group) else (key,)


def _link_keys(key: Key, plain: Any) -> Iterator[tuple[Links, Any]]:
    if isinstance(key, Links):
        yield key, plain
    if isinstance(key, Group):
        for inner in key.keys:
            yield from _link_keys(inner, (plain or {}).get(inner.name))
