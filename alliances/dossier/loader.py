"""Loads a dossier: atomic, repeatable, and never over what an editor changed.

Each record is compared three ways: as last loaded, as it is, as the file has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from alliances.commitments import rebuilt_at_the_end
from alliances.dossier.contradictions import contradictions_after
from alliances.dossier.errors import DossierError
from alliances.dossier.reader import Dossier
from alliances.dossier.records import Change, Form, export_record
from alliances.dossier.schema import AGREEMENT, NOUNS, Noun
from alliances.dossier.ties import Reference
from alliances.dossier.writing import Unfit, Writing
from alliances.models import LoadedRecord


@dataclass
class Loaded:
    """What a load did, by record (noun and ref)."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    not_in_files: list[str] = field(default_factory=list)


def load_dossier(dossier: Dossier, change: Change) -> Loaded:
    """Bring the database up to the dossier in one transaction. Raises DossierError, nothing done.

    A record that an editor changed is kept (`kept`), also where the file changed as well
    (`conflicts`); so is one that an editor deleted. A record that is not in the files stays.
    """
    report = Loaded()
    with rebuilt_at_the_end():
        writing = Writing(change)
        written: list[Model] = []
        for noun in NOUNS:
            written += _load_noun(noun, dossier[noun.name], writing, report)
        with _named_in(AGREEMENT):
            writing.delete_gone()
        _refuse_contradictions(written)
    return report


def _load_noun(noun: Noun, forms: list[Form], writing: Writing, report: Loaded) -> list[Model]:
    bases = {base.ref: base for base in LoadedRecord.objects.filter(noun=noun.name)}
    present = {record.ref: record for record in noun.all()}
    report.not_in_files += sorted(
        f"{noun.name} {ref}" for ref in present.keys() - {form["id"] for form in forms}
    )
    written = []
    agreed: list[Form] = []
    for form in _named_before_naming(noun, forms):
        record, base = present.get(form["id"]), bases.get(form["id"])
        ours = export_record(noun, record) if record else None
        is_due = _decide(noun, form, ours, base, report)
        if is_due:
            with _named_in(noun):
                written.append(writing.apply(noun, form, record))
        if (is_due or ours == form) and (base is None or base.form != form):
            agreed.append(form)
    _remember(noun, agreed)
    return written


def _decide(
    noun: Noun, theirs: Form, ours: Form | None, base: LoadedRecord | None, report: Loaded
) -> bool:
    """Whether the file's form is to be written; says in the report why."""
    name = f"{noun.name} {theirs['id']}"
    if ours == theirs:
        report.unchanged += 1
        return False
    if base is None and ours is None:
        report.created.append(name)
        return True
    if base is not None and base.form == ours:
        report.updated.append(name)
        return True
    file_unchanged = base is not None and base.form == theirs
    (report.kept if file_unchanged else report.conflicts).append(_differing(name, ours, theirs))
    return False


def _differing(name: str, ours: Form | None, theirs: Form) -> str:
    if ours is None:
        return f"{name}: deleted here"
    keys = [key for key in {**theirs, **ours} if ours.get(key) != theirs.get(key)]
    return f"{name}: {', '.join(keys)}"


@contextmanager
def _named_in(noun: Noun) -> Iterator[None]:
    """What a record cannot take is said with the name of its file."""
    try:
        yield
    except Unfit as unfit:
        raise DossierError(noun.file, unfit.record, unfit.field, unfit.reason) from unfit


def _remember(noun: Noun, forms: list[Form]) -> None:
    LoadedRecord.objects.bulk_create(
        (LoadedRecord(noun=noun.name, ref=form["id"], form=form) for form in forms),
        update_conflicts=True,
        unique_fields=("noun", "ref"),
        update_fields=("form",),
    )


def _named_before_naming(noun: Noun, forms: Iterable[Form]) -> Iterator[Form]:
    """Records that another of the same noun names come before it."""
    own: list[Any] = [
        key.name for key in noun.keys if isinstance(key, Reference) and key.model is noun.model
    ]
    waiting = {form["id"]: form for form in forms}
    while waiting:
        ready = [form for form in waiting.values() if not any(form.get(k) in waiting for k in own)]
        if not ready:
            first = next(iter(waiting))
            raise DossierError(noun.file, first, own[0], "names itself in a circle")
        for form in ready:
            del waiting[form["id"]]
            yield form


def _refuse_contradictions(written: list[Model]) -> None:
    for noun, finding in contradictions_after(written):
        raise DossierError(noun.file, finding.ref, finding.field, str(finding.message))
