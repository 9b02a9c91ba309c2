"""Reads dossier files strictly: every scalar a text, every key known, nothing guessed.

What is refused is refused with file, record, field and reason. The database is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from alliances.dossier.errors import DossierError
from alliances.dossier.keys import Nested, Refused
from alliances.dossier.records import Form
from alliances.dossier.schema import NOUNS, Noun

Dossier = dict[str, list[Form]]


class _Texts(yaml.CSafeLoader):
    """YAML of texts, lists and mappings only: no dates, no yes/no, no aliases, no repeated key."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._read: set[int] = set()

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        if id(node) in self._read:
            raise _Problem(node, "stands here and elsewhere; aliases are not allowed")
        self._read.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            if node.value == "" or (not node.style and node.value in ("null", "~")):
                raise _Problem(node, "has no value; leave the key out")
            return node.value
        return super().construct_object(node, deep)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _value in node.value]
        for name in names:
            if names.count(name) > 1:
                raise _Problem(node, f"“{name}” stands twice")
        return super().construct_mapping(node, deep=True)


class _Problem(Exception):
    def __init__(self, place: Any, reason: str) -> None:
        self.line = place.start_mark.line + 1
        super().__init__(reason)


def read_dossier(folder: Path) -> Dossier:
    """Every file of the folder, checked; forms by the name of their noun. Raises DossierError."""
    files = {noun.file for noun in NOUNS}
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in files:
            raise DossierError(path.name, "", "", "is not a file of a dossier")
    return {noun.name: read_file(noun, folder / noun.file) for noun in NOUNS}


def read_file(noun: Noun, path: Path) -> list[Form]:
    """The forms of one file, checked. Raises DossierError."""
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), _Texts)  # noqa: S506 - texts only
    except FileNotFoundError as error:
        raise DossierError(path.name, "", "", "is missing") from error
    except UnicodeDecodeError as error:
        raise DossierError(path.name, "", "", "is not UTF-8") from error
    except _Problem as problem:
        raise DossierError(path.name, f"line {problem.line}", "", str(problem)) from problem
    except yaml.MarkedYAMLError as error:
        place = error.problem_mark or error.context_mark
        line = f"line {place.line + 1}" if place else ""
        raise DossierError(path.name, line, "", f"is not YAML: {error.problem}") from error
    if not isinstance(rows, list):
        raise DossierError(path.name, "", "", "must be a list of records")
    _check_rows(noun, rows, path.name, set())
    return rows


def _check_rows(noun: Noun, rows: list[Any], file: str, seen: set[str]) -> None:
    for number, row in enumerate(rows, start=1):
        ref = row.get("id") if isinstance(row, dict) else None
        if not isinstance(ref, str):
            raise DossierError(file, f"record {number}", "id", "is missing")
        if ref in seen:
            raise DossierError(file, ref, "id", "stands twice")
        seen.add(ref)
        for name, reason in _problems(noun, row):
            raise DossierError(file, ref, name, reason)
        for key in noun.keys:
            if isinstance(key, Nested):
                _check_rows(key.noun, row.get(key.name, []), file, seen)


def _problems(noun: Noun, row: Form) -> Iterator[tuple[str, str]]:
    for name, plain in row.items():
        key = noun.by_name.get(name)
        if key is None:
            yield name, "is not a key here"
        elif plain in ([], {}):
            yield name, "is empty; leave the key out"
        else:
            try:
                key.check(plain)
            except Refused as refusal:
                yield name, str(refusal)
    for key in noun.keys:
        if key.required and key.name not in row:
            yield key.name, "is missing"
