"""What differs between two forms of one record, field by field, in the words that editors know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from alliances.dossier.keys import Code, Codes, Flag, Key, Refused
from alliances.dossier.records import Form
from alliances.dossier.schema import Noun
from alliances.dossier.ties import Group, Links, Nested, Reference, References

Words = str | Promise


@dataclass(frozen=True)
class Difference:
    """One field: of which nested record (empty: the record itself), its name, both values."""

    part: str
    label: Words
    before: list[Words]
    after: list[Words]


def differences(
    noun: Noun, before: Form | None, after: Form | None, found: References
) -> list[Difference]:
    """Every field that differs, in the order of the files; a record that is not there is blank.

    `found` fetches the records that the forms name, each kind once.
    """
    return list(_Differing(found).in_record(noun, before or {}, after or {}, ""))


@dataclass(frozen=True)
class _Differing:
    found: References

    def in_record(self, noun: Noun, before: Form, after: Form, part: str) -> Iterator[Difference]:
        for key in noun.keys:
            old, new = before.get(key.name), after.get(key.name)
            if old == new or (part and key.name == "id"):
                continue
            if isinstance(key, Nested):
                yield from self._in_rows(key.noun, old or [], new or [])
            elif isinstance(key, Group):
                for inner in key.keys:
                    values = ((group or {}).get(inner.name) for group in (old, new))
                    yield from self._one(noun, inner, part, *values)
            else:
                yield from self._one(noun, key, part, old, new)

    def _in_rows(self, noun: Noun, before: list[Form], after: list[Form]) -> Iterator[Difference]:
        old, new = ({row["id"]: row for row in rows} for rows in (before, after))
        for ref in {**old, **new}:
            part = f"{noun.model._meta.verbose_name} {ref}"
            yield from self.in_record(noun, old.get(ref, {}), new.get(ref, {}), part)

    def _one(self, noun: Noun, key: Key, part: str, old: Any, new: Any) -> Iterator[Difference]:
        if old != new:
            label = capfirst(str(label_of(noun, key)))
            yield Difference(part, label, self._in_words(key, old), self._in_words(key, new))

    def _in_words(self, key: Key, value: Any) -> list[Words]:
        """A plain value as lines; none where nothing is recorded."""
        if isinstance(key, Flag):
            return [_("yes") if key.value(value) else _("no")]
        if value is None:
            return []
        if isinstance(key, Code):
            return [key.vocabulary(value).label]
        if isinstance(key, Codes):
            return [key.vocabulary(code).label for code in value]
        lines = [str(line) for line in (value if isinstance(value, list) else [value])]
        if isinstance(key, Reference | Links):
            return [self._named(key.model, ref) for ref in lines]
        return [*lines]

    def _named(self, model: type[Model], ref: str) -> Words:
        """A record by its name and its id; by the id alone where it is gone since."""
        try:
            record = self.found.get(model, ref)
        except Refused:
            return ref
        return _("%(name)s (%(id)s)") % {"name": record, "id": ref}


def label_of(noun: Noun, key: Key) -> Words:
    """What editors' pages call a key."""
    if isinstance(key, Links | Nested):
        return key.name.replace("_", " ")
    return str(noun.model._meta.get_field(key.attribute).verbose_name)
