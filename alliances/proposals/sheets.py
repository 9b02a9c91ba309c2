"""A spreadsheet of records or of their parts, row by row: what it would make, change, or why not.

All or nothing, and only ever as proposals. The row-by-row workflow is django-import-export's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as say
from import_export import fields, resources
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import RowResult
from tablib import Dataset

from alliances.columns import SEPARATOR
from alliances.commitments import undone
from alliances.dossier.contradictions import contradictions_after
from alliances.dossier.keys import Codes, Key, Refused, Texts
from alliances.dossier.records import Change, Form, natural
from alliances.dossier.schema import AGREEMENT, NOUNS, Noun
from alliances.dossier.ties import Group, Links, Nested, References
from alliances.dossier.writing import Unfit, apply_record
from alliances.models import Proposal
from alliances.proposals.differing import Difference, differences
from alliances.proposals.keeping import keep
from alliances.proposals.nouns import find, published_form
from alliances.proposals.sheet_files import Unreadable
from alliances.rules.consistency import unprintable
from alliances.vocabulary import RowOutcome

WHAT = {
    RowResult.IMPORT_TYPE_INVALID: RowOutcome.REFUSED,
    RowResult.IMPORT_TYPE_ERROR: RowOutcome.REFUSED,
    RowResult.IMPORT_TYPE_NEW: RowOutcome.NEW,
    RowResult.IMPORT_TYPE_UPDATE: RowOutcome.CHANGED,
    RowResult.IMPORT_TYPE_SKIP: RowOutcome.UNCHANGED,
}


@dataclass(frozen=True)
class Kind:
    """What the rows of a sheet are: records, or nested rows of records (`nested` is their key)."""

    name: str
    noun: Noun  # of the records that are proposed
    rows: Noun  # of the rows
    nested: str = ""

    @property
    def keys(self) -> dict[str, Key]:
        """The columns that a sheet may have."""
        return {key.name: key for key in self.rows.keys if not isinstance(key, Nested | Group)}


def _kinds() -> Iterator[Kind]:
    for noun in NOUNS:
        yield Kind(noun.name, noun, noun)
    for key in AGREEMENT.keys:
        if isinstance(key, Nested):
            yield Kind(key.name, AGREEMENT, key.noun, key.name)


KINDS = {kind.name: kind for kind in _kinds()}


@dataclass
class Row:
    """The instance of one row: the record's form before and after, and which part the row is."""

    ref: str
    owner: str
    before: Form | None
    part: Form
    after: Form = field(default_factory=dict)
    changes: list[Difference] = field(default_factory=list)


class KeyField(fields.Field):
    """One column: a key of the dossier. A blank cell takes the key away."""

    def __init__(self, key: Key) -> None:
        super().__init__(attribute=key.name, column_name=key.name)
        self.key = key

    def save(self, instance: Row, row: Mapping[str, Any], is_m2m: bool = False, **_: Any) -> None:
        """Set the key from the cell. Raises ValueError, which becomes the column's refusal."""
        cell = row[self.column_name]
        if not cell:
            instance.part.pop(self.key.name, None)
            return
        character = unprintable(cell)
        if character:
            raise ValueError(say("holds the character %(c)s") % {"c": character})
        plain = [text.strip() for text in cell.split(SEPARATOR.strip())]
        if isinstance(self.key, Links):
            plain.sort()
        value = plain if isinstance(self.key, Texts | Codes | Links) else cell
        self.key.check(value)
        instance.part[self.key.name] = value


class Sheet(resources.Resource):
    """The rows of one kind, turned into forms; kept as proposals unless it is a dry run."""

    class Meta:
        skip_diff = True
        instance_loader_class = BaseInstanceLoader
        use_transactions = True
        report_skipped = True
        import_id_fields = ("id",)
        store_instance = True

    def __init__(self, kind: Kind, headers: list[str], user: Any, reason: str) -> None:
        super().__init__()
        self.kind, self.user, self.reason = kind, user, reason
        self.fields = {name: KeyField(kind.keys[name]) for name in headers}
        self.forms: dict[str, Form | None] = {}
        self.bases: dict[str, Form | None] = {}
        self.seen: set[str] = set()
        self.kept: list[Proposal] = []
        self.found = References()

    def get_or_init_instance(self, instance_loader: Any, row: Mapping[str, Any]) -> Any:
        """The record that the row is about, as published and with the rows above."""
        ref = row["id"]
        if not ref:
            raise ValidationError({"id": say("is missing")})
        if ref in self.seen:
            raise ValidationError({"id": say("stands twice in the sheet")})
        self.seen.add(ref)
        owner = ref.split("/")[0] if self.kind.nested else ref
        if owner not in self.forms:
            self.forms[owner] = self.bases[owner] = published_form(self.kind.noun, owner)
        form = self.forms[owner]
        if self.kind.nested and form is None:
            raise ValidationError({"id": say("belongs to no agreement here: %s") % owner})
        part = self._part(form, ref)
        return Row(ref, owner, form, dict(part or {})), part is None

    def _part(self, form: Form | None, ref: str) -> Form | None:
        if not self.kind.nested:
            return form
        rows = (form or {}).get(self.kind.nested, [])
        return next((row for row in rows if row["id"] == ref), None)

    def import_field(self, field: KeyField, instance: Row, row: Any, *_: Any, **__: Any) -> None:
        """One cell; what its key refuses is said of its column."""
        try:
            field.save(instance, row)
        except Refused as refusal:
            raise ValueError(str(refusal)) from refusal

    def skip_row(self, instance: Row, original: Any, row: Any, errors: Any = None) -> bool:
        """Put the row into its record; a row that changes nothing is skipped."""
        instance.after = self._with(instance)
        noun = self.kind.noun
        instance.changes = differences(noun, instance.before, instance.after, self.found)
        return not errors and instance.after == instance.before

    def _with(self, instance: Row) -> Form:
        if not self.kind.nested:
            return instance.part
        form = instance.before or {}
        rows = [row for row in form.get(self.kind.nested, []) if row["id"] != instance.ref]
        rows = sorted([*rows, instance.part], key=lambda row: natural(row["id"]))
        return form | {self.kind.nested: rows}

    def validate_instance(self, instance: Row, errors: Any = None, **_: Any) -> None:
        """Refuse what the record could not take, or what would contradict others."""
        if errors:
            raise ValidationError(errors)
        for key in self.kind.rows.keys:
            if key.required and key.name not in instance.part:
                raise ValidationError({key.name: say("is missing")})
        noun = self.kind.noun
        with undone():
            try:
                record = apply_record(
                    noun, instance.after, find(noun, instance.owner), Change("looked at")
                )
            except Unfit as unfit:
                raise ValidationError({unfit.field: unfit.reason}) from unfit
            found = [str(each) for _noun, each in contradictions_after([record] if record else [])]
        if found:
            raise ValidationError(found)

    def save_instance(self, instance: Row, is_create: bool, row: Any, **_options: Any) -> None:
        """Nothing is written row by row; later rows of the same record go on from here."""
        self.forms[instance.owner] = instance.after

    def after_import(self, dataset: Dataset, result: Any, dry_run: bool = False, **_: Any) -> None:
        """Keep one draft for each record that changes, if nothing was refused."""
        if dry_run or result.has_errors() or result.has_validation_errors():
            return
        for owner, form in self.forms.items():
            base = self.bases[owner]
            if form != base:
                title = str(find(self.kind.noun, owner) or owner)
                words = {"author": self.user, "reason": self.reason, "title": title}
                self.kept.append(keep(self.kind.noun, base, form, **words))


@dataclass(frozen=True)
class Outcome:
    """What became, or would become, of one row. `number` is the sheet's: the head is row 1."""

    number: int
    ref: str
    what: RowOutcome
    changes: list[Difference]
    refusals: list[str]


def run(
    kind: Kind, dataset: Dataset, *, user: Any, reason: str, dry_run: bool
) -> tuple[list[Outcome], list[Proposal]]:
    """Each row's outcome, and the drafts that were kept. Raises Unreadable for wrong columns."""
    unknown = [name for name in dataset.headers or () if name not in kind.keys]
    if unknown:
        raise Unreadable(
            say("These are no columns of this kind: %(names)s. It has: %(known)s.")
            % {"names": ", ".join(unknown), "known": ", ".join(kind.keys)}
        )
    sheet = Sheet(kind, list(dataset.headers), user, reason)
    result = sheet.import_data(dataset, dry_run=dry_run, rollback_on_validation_errors=True)
    return _outcomes(dataset, result), sheet.kept


def _outcomes(dataset: Dataset, result: Any) -> list[Outcome]:
    """The workflow's results, one for each row in their order, in our words."""
    outcomes = []
    for number, (ref, row) in enumerate(zip(dataset["id"], result.rows, strict=True), start=2):
        refusals = [str(each.error) for each in row.errors]
        refusals += _said(row.validation_error) if row.validation_error else []
        changes = [] if refusals else row.instance.changes
        outcomes.append(Outcome(number, ref, WHAT[row.import_type], changes, refusals))
    return outcomes


def _said(error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return error.messages
    return [f"{name}: {said}" for name, all_said in error.message_dict.items() for said in all_said]
