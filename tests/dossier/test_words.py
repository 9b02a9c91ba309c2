"""What the dossier says to readers is said in words, not in names of fields or codes."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

FILES = sorted(Path(settings.BASE_DIR, "fixtures", "dossier").glob("*.yaml"))
# Our own words. What others wrote or coded is printed as they have it.
OURS = {"note", "notes", "comment", "ours", "reasons", "summary", "trigger", "contested"}
# With no letter, slash or full stop beside it: a name, not a part of a file's address.
NAME = re.compile(r"(?<![\w/.])[a-z]+(?:_[a-z]+)+(?![\w/.][\w/])")


def texts(part: Any, key: str = "") -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            yield from texts(value, name)
    elif isinstance(part, list):
        for value in part:
            yield from texts(value, key)
    elif key in OURS and " " in part:  # one word alone is a code, set against the code of others
        yield part


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_text_of_ours_holds_the_name_of_a_field(file: Path) -> None:
    records = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506
    assert [text for text in texts(records) if NAME.search(text)] == []
