"""Loads a dossier: atomic, repeatable, and never over what an editor changed.

Each record is compared three ways: as last loaded, as it is, as the file has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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


@dataclass(frozen=True)
class ThreeWays:
    """A record as it was last loaded (`base`; None: it never was), as it is here (`ours`; None: it
    is not, or was deleted), and as the file has it (`theirs`).
    """

    noun: Noun
    record: Model | None
    base: Form | None
    ours: Form | None
    theirs: Form

    @property
    def is_due(self) -> bool:
        """Whether the file's form is to be written: here it is as it was loaded."""
        return self.ours != self.theirs and self.ours == self.base

    @property
    def is_clash(self) -> bool:
        """Whether an editor and the file both changed it, each to something else."""
        return self.theirs not in (self.ours, self.base) and self.ours != self.base

    @property
    def name(self) -> str:
        """The record, as the report names it."""
        return f"{self.noun.name} {self.theirs['id']}"


Clashed = Callable[[ThreeWays], None]


def load_dossier(dossier: Dossier, change: Change, clashed: Clashed) -> Loaded:
    """Bring the database up to the dossier in one transaction. Raises DossierError, nothing done.

    A record that an editor changed or deleted is kept. Where the file changed as well (`conflicts`)
    `clashed` is to keep what the file would change: the next load does not bring it again. A record
    that is not in the files stays.
    """
    report = Loaded()
    with rebuilt_at_the_end():
        writing = Writing(change)
        written: list[Model] = []
        for noun in NOUNS:
            anew: list[Form] = []
            for found in _compared(noun, dossier[noun.name], report):
                _tell(report, found)
                if found.theirs != found.base:
                    anew.append(found.theirs)
                if found.is_due:
                    with _named_in(noun):
                        written.append(writing.apply(noun, found.theirs, found.record))
                if found.is_clash:
                    clashed(found)
            _remember(noun, anew)
        with _named_in(AGREEMENT):
            writing.delete_gone()
        _refuse_contradictions(written)
    return report


def _compared(noun: Noun, forms: list[Form], report: Loaded) -> Iterator[ThreeWays]:
    """The records of the file, one after the other, as each is when its turn comes."""
    bases = {base.ref: base.form for base in LoadedRecord.objects.filter(noun=noun.name)}
    present = {record.ref: record for record in noun.all()}
    report.not_in_files += sorted(
        f"{noun.name} {ref}" for ref in present.keys() - {form["id"] for form in forms}
    )
    for form in _named_before_naming(noun, forms):
        record = present.get(form["id"])
        ours = export_record(noun, record) if record else None
        yield ThreeWays(noun, record, bases.get(form["id"]), ours, form)


def _tell(report: Loaded, found: ThreeWays) -> None:
    if found.ours == found.theirs:
        report.unchanged += 1
    elif found.is_due:
        (report.created if found.ours is None else report.updated).append(found.name)
    else:
        told = report.conflicts if found.is_clash else report.kept
        told.append(_differing(found.name, found.ours, found.theirs))


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
