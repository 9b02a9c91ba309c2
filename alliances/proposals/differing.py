"""What differs between two forms of one record, field by field, in the words that editors know;
and where two changes of it meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
from alliances.proposals.merging import Conflict

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
class Choice:
    """A place that two changes touch: of which nested record (empty: the record itself), its name
    (empty: the whole of it), the three values, and the form field's name.
    """

    name: str
    part: str
    label: Words
    base: list[Words]
    mine: list[Words]
    theirs: list[Words]


def choices(noun: Noun, conflicts: Iterable[Conflict], found: References) -> Iterator[Choice]:
    """The conflicts of a merge, one by one."""
    words = _Differing(found)
    for conflict in conflicts:
        part, within, key = _at(noun, conflict.path)
        label = capfirst(str(label_of(within, key))) if key else ""
        if key is None or isinstance(key, Group):
            base: list[Words] = [_("was there")] if conflict.base else []
            sides = [_as_a_whole(value) for value in (conflict.mine, conflict.theirs)]
        else:
            base = words.in_words(key, conflict.base)
            sides = [words.in_words(key, value) for value in (conflict.mine, conflict.theirs)]
        yield Choice(conflict.name, part, label, base, *sides)


def _at(noun: Noun, path: Iterable[str]) -> tuple[str, Noun, Key | None]:
    """What a conflict's path leads to: the nested record in words, its kind, and the key; no key
    where it is a record, or all of a kind, as a whole.
    """
    part, names = "", iter(path)
    for name in names:
        key = noun.by_name[name]
        if not isinstance(key, Nested):
            inner = {each.name: each for each in key.keys} if isinstance(key, Group) else {}
            return part, noun, inner.get(next(names, ""), key)
        noun = key.noun
        part = f"{noun.model._meta.verbose_name} {next(names, '')}".rstrip()
    return part, noun, None


def _as_a_whole(value: Any) -> list[Words]:
    return [_("kept, with its changes")] if value else [_("taken away")]


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
            yield Difference(part, label, self.in_words(key, old), self.in_words(key, new))

    def in_words(self, key: Key, value: Any) -> list[Words]:
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
    if isinstance(key, Links | Nested | Group):
        return key.name.replace("_", " ")
    return str(noun.model._meta.get_field(key.attribute).verbose_name)
