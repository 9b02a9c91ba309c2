"""Writes the database back as dossier files, in a fixed order, so that load and export agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from alliances.dossier.records import Form, export_records
from alliances.dossier.schema import NOUNS, Noun

WIDTH = 100


class _Plain(yaml.CSafeDumper):
    """Two-space lists and no aliases; texts that YAML would read as something else are quoted."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)  # type: ignore[misc]


def export_dossier(folder: Path) -> dict[str, int]:
    """Write every noun's file into the folder; the number of records by file."""
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    for noun in NOUNS:
        forms = export_records(noun, noun.all())
        (folder / noun.file).write_text(as_text(noun, forms), encoding="utf-8")
        written[noun.file] = len(forms)
    return written


def as_text(noun: Noun, forms: list[Form]) -> str:
    """The file's whole text: a line that says what it holds, then the records."""
    body = yaml.dump(forms, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=WIDTH)
    return f"# {noun.about}\n{body}"
