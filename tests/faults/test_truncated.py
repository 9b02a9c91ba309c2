"""A database file that lost its end is found when the site starts, not when a reader meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config.running import manage
from tests.faults.databases import LOADED, SQLITE, Place

PAGE = 4096
WHAT_TO_DO = "move it and its -wal away and restore a backup"


@pytest.mark.parametrize("command", ["prepare", "serve"])
@pytest.mark.parametrize("left", [0, 50, PAGE, 100 * PAGE + 7, -PAGE])
def test_a_truncated_file(place: Place, tmp_path: Path, command: str, left: int) -> None:
    whole = Path(place.address(SQLITE, LOADED).removeprefix("sqlite:///")).read_bytes()
    file = tmp_path / "db.sqlite3"
    file.write_bytes(whole[:left])
    code, out, errors = manage(tmp_path, command)
    assert (code, out, errors.count("\n")) == (1, "", 1)
    assert errors.startswith(f"error: the database {file} cannot be used: ")
    assert WHAT_TO_DO in errors
    assert file.read_bytes() == whole[:left]
