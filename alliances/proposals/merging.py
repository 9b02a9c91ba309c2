"""Two changes of one form, laid on top of each other key by key; where both touch a key, a choice.

Forms are plain values: mappings, lists of nested records (each with an id), other lists, texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from alliances.dossier.records import natural

MINE, THEIRS = "mine", "theirs"
WHOLE = "record"
_GONE: Any = None  # A key that is absent, or a nested record that is not there.


@dataclass(frozen=True)
class Conflict:
    """A place that both changed, each to something else. The path is keys and ids, joined."""

    path: tuple[str, ...]
    base: Any
    mine: Any
    theirs: Any

    @property
    def name(self) -> str:
        """The path in one word, for a form's field; it begins with the record as a whole."""
        return " ".join((WHOLE, *self.path))


@dataclass
class Merged:
    """The form that results, and where a choice is missing (there it has theirs)."""

    form: Any = None
    conflicts: list[Conflict] = field(default_factory=list)


def merge(base: Any, mine: Any, theirs: Any, choices: Mapping[str, str] | None = None) -> Merged:
    """Lay both changes of `base` on top of each other. Of a record that is not there, no form.

    `choices` says by a conflict's name whose value stands: "mine" or "theirs".
    """
    merged = Merged()
    merged.form = _merge((), base, mine, theirs, choices or {}, merged.conflicts)
    return merged


def _merge(
    path: tuple[str, ...],
    base: Any,
    mine: Any,
    theirs: Any,
    choices: Mapping[str, str],
    found: list[Conflict],
) -> Any:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if isinstance(mine, dict) and isinstance(theirs, dict):
        return _merge_parts(path, base or {}, mine, theirs, choices, found)
    if _is_nested(mine) and _is_nested(theirs):
        parts = _merge_parts(path, _by_id(base), _by_id(mine), _by_id(theirs), choices, found)
        return sorted(parts.values(), key=lambda row: natural(row["id"]))
    conflict = Conflict(path, base, mine, theirs)
    if choices.get(conflict.name) == MINE:
        return mine
    if choices.get(conflict.name) != THEIRS:
        found.append(conflict)
    return theirs


def _merge_parts(
    path: tuple[str, ...],
    base: Mapping[str, Any],
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
    choices: Mapping[str, str],
    found: list[Conflict],
) -> dict[str, Any]:
    """Key by key, in the order of theirs, then mine; what is gone from both is gone."""
    parts = {
        name: _merge(
            (*path, name), base.get(name), mine.get(name), theirs.get(name), choices, found
        )
        for name in {**theirs, **mine}
    }
    return {name: part for name, part in parts.items() if part is not _GONE}


def _is_nested(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(row, dict) and "id" in row for row in value)


def _by_id(rows: Any) -> dict[str, Any]:
    return {row["id"]: row for row in rows or ()}
