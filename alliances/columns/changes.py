"""Room 3: the columns of the changes in the records: field by field, when and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from alliances.columns.column import Computed, ComputedTable, Plain
from alliances.vocabulary import ChangeType, ValueKind

TYPES = {"+": ChangeType.MADE, "~": ChangeType.CHANGED, "-": ChangeType.REMOVED}


def _of_the_record(read: Callable[[Any], Plain]) -> Callable[[Any], Plain]:
    return lambda line: read(line.entry.record) if line.entry.record else None


def _of_the_row(read: Callable[[Any], Plain]) -> Callable[[Any], Plain]:
    return lambda line: read(line.row) if line.row else None


def _of_the_field(read: Callable[[Any], Plain]) -> Callable[[Any], Plain]:
    return lambda line: read(line.change) if line.change else None


def _plain(value: Any) -> Plain:
    """A value in words, as JSON has it; a blank is nothing."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return str.__str__(str(value))


CHANGES = ComputedTable(
    name="changes",
    title=_("Changes"),
    meaning=_("One field that a save changed; or a row made or removed; or a load of the files."),
    key="",
    columns=(
        Computed(
            name="when",
            label=_("When"),
            meaning=_("The moment of the save, ISO 8601, in UTC."),
            get=lambda line: line.entry.when.isoformat(),
        ),
        Computed(
            name="kind",
            label=_("Kind of record"),
            meaning=_("What changed: a kind of record, or a load of the project's files."),
            get=lambda line: line.entry.key.kind,
        ),
        Computed(
            name="record",
            label=_("Record"),
            meaning=_("The record's permanent id. Nothing: a load, which concerns many."),
            get=_of_the_record(lambda record: record.ref),
        ),
        Computed(
            name="record_name",
            label=_("Record, by name"),
            meaning=_("What the record is called now, or was called last."),
            get=_of_the_record(lambda record: record.name),
        ),
        Computed(
            name="change",
            label=_("What happened"),
            meaning=_("Whether a row was made, changed or removed. Nothing: a load."),
            kind=ValueKind.CODE,
            codes=ChangeType,
            get=_of_the_row(lambda row: str(TYPES[row.type])),
        ),
        Computed(
            name="row",
            label=_("Row"),
            meaning=_("What sort of row it is: the record itself, or one that belongs to it."),
            get=_of_the_row(lambda row: row.noun),
        ),
        Computed(
            name="row_id",
            label=_("Row, by id"),
            meaning=_("The row's permanent id. Nothing: it has none."),
            get=_of_the_row(lambda row: row.ref or None),
        ),
        Computed(
            name="field",
            label=_("Field"),
            meaning=_("Which field changed. Nothing: a whole row was made or removed."),
            get=_of_the_field(lambda change: change.label),
        ),
        Computed(
            name="old",
            label=_("Before"),
            meaning=_("Its value before, in words. Nothing: it was blank."),
            kind=ValueKind.JSON,
            get=_of_the_field(lambda change: _plain(change.old)),
        ),
        Computed(
            name="new",
            label=_("After"),
            meaning=_("Its value after, in words. Nothing: it is blank."),
            kind=ValueKind.JSON,
            get=_of_the_field(lambda change: _plain(change.new)),
        ),
        Computed(
            name="why",
            label=_("Why"),
            meaning=_("The reason that the editor gave. Nothing: a load gives none."),
            get=lambda line: line.entry.why or None,
        ),
        Computed(
            name="who",
            label=_("Who"),
            meaning=_("The name that the editor chose to be known by. Nothing: none was chosen."),
            get=lambda line: line.entry.who or None,
        ),
    ),
)
