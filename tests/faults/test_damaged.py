"""A database file that lost its end, or a part, is found when the site starts, not when a reader meets it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.site import free_port
from tests.config.running import manage
from tests.faults.databases import LOADED, SQLITE, Place

PAGE = 4096
WHAT_TO_DO = "move it and its -wal away and restore a backup"


Damage = Callable[[bytes], bytes]
DAMAGED: dict[str, Damage] = {
    "emptied": lambda whole: b"",
    "less than a header": lambda whole: whole[:50],
    "one page": lambda whole: whole[:PAGE],
    "part of a page": lambda whole: whole[: 100 * PAGE + 7],
    "without its last page": lambda whole: whole[:-PAGE],
    # As long as it was: SQLite itself opens this one without a word.
    "a hole": lambda whole: whole[: -60 * PAGE] + bytes(20 * PAGE) + whole[-40 * PAGE :],
}


@pytest.mark.parametrize("command", ["prepare", "serve"])
@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_file(place: Place, tmp_path: Path, command: str, damage: str) -> None:
    whole = Path(place.address(SQLITE, LOADED).removeprefix("sqlite:///")).read_bytes()
    file = tmp_path / "db.sqlite3"
    damaged = DAMAGED[damage](whole)
    file.write_bytes(damaged)
    port = [f"--port={free_port()}"] if command == "serve" else []
    code, out, errors = manage(tmp_path, command, *port)
    assert (code, out, errors.count("\n")) == (1, "", 1)
    assert errors.startswith(f"error: the database {file} cannot be used: ")
    assert WHAT_TO_DO in errors
    assert file.read_bytes() == damaged
