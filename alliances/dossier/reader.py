"""Reads dossier files strictly: every key known, every value of its kind, nothing guessed.

What is refused is refused with file, record, field and reason. The database is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alliances.dossier.errors import DossierError
from alliances.dossier.keys import Refused
from alliances.dossier.plain_yaml import Misread, read_plain
from alliances.dossier.records import Form
from alliances.dossier.schema import NOUNS, Noun
from alliances.dossier.ties import Nested
from alliances.rules.consistency import unprintable

Dossier = dict[str, list[Form]]


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
        rows = read_plain(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DossierError(path.name, "", "", "is missing") from error
    except OSError as error:
        raise DossierError(path.name, "", "", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DossierError(path.name, "", "", "is not UTF-8") from error
    except Misread as problem:
        raise DossierError(path.name, problem.record, problem.field, problem.reason) from problem
    if not isinstance(rows, list):
        raise DossierError(path.name, "", "", "must be a list of records")
    _check_rows(noun, rows, path.name, set())
    return rows


def _check_rows(noun: Noun, rows: list[Any], file: str, seen: set[str]) -> None:
    for number, row in enumerate(rows, start=1):
        ref = row.get("id") if isinstance(row, dict) else None
        if not isinstance(ref, str) or unprintable(ref):
            raise DossierError(file, f"record {number}", "id", "is missing or no id")
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
        elif not isinstance(key, Nested) and (character := unprintable(plain)):
            yield name, f"holds the character {character}, which no text may"
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
