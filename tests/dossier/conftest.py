"""A copy of the dossier to change, and the command that loads it."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command

from alliances.dossier.plain_yaml import read_plain


@dataclass
class Folder:
    """A dossier that a test may change."""

    path: Path

    def write(self, file: str, text: str) -> None:
        (self.path / file).write_text(text, encoding="utf-8")

    def replace(self, file: str, old: str, new: str) -> None:
        text = (self.path / file).read_text(encoding="utf-8")
        assert text.count(old) >= 1, old
        self.write(file, text.replace(old, new, 1))

    def change(self, file: str, ref: str | None, change: Callable[[dict[str, Any]], Any]) -> str:
        """Change one record's form (the first, if none is named); its id."""
        head, *records = (self.path / file).read_text(encoding="utf-8").split("\n- id: ")
        number = 0 if ref is None else [each.split("\n")[0] for each in records].index(ref)
        (form,) = yaml.load(f"- id: {records[number]}", yaml.CSafeLoader)
        change(form)
        changed = yaml.dump([form], Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
        records[number] = changed.removeprefix("- id: ").removesuffix("\n")
        self.write(
            file, "\n- id: ".join([head, *records]) + ("" if records[number + 1 :] else "\n")
        )
        return str(form["id"])

    def load(self) -> None:
        call_command("load_dossier", str(self.path))

    def refusal(self) -> str:
        """The one line with which the folder is refused."""
        with pytest.raises(CommandError) as refused:
            self.load()
        assert refused.value.returncode == 1
        assert "\n" not in str(refused.value)
        return str(refused.value)


# Of a folder's twelve files a test changes one or two: the others are parsed once.
parsed_once = lru_cache(maxsize=64)(read_plain)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.setattr("alliances.dossier.reader.read_plain", parsed_once)
    copy = tmp_path / "dossier"
    shutil.copytree(settings.BASE_DIR / "fixtures" / "dossier", copy)
    return Folder(copy)
