"""kill -9 at any write of a load, a spreadsheet or an editor's save: all is there, or nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from signal import SIGKILL
from typing import Any

from django.conf import settings

from tests.backups.stored import execute
from tests.backups.stored import stored as everything
from tests.config.running import environment, manage
from tests.faults.databases import EMPTY, LOADED
from tests.faults.dossier import changed_dossier
from tests.faults.faulty import AFTER_COMMIT

LOAD = ("manage.py", "load_dossier")
TREATY = "rus-blr-security-guarantees-2024"
SAVE = ("tests/faults/desk.py", "save", "Agreement", TREATY, "signed", "2024-12-05")
SHEET = ("tests/faults/desk.py", "sheet")
# An editor's words are kept as a draft first, in a transaction of their own.
DRAFTS = ("alliances_proposal", "alliances_proposalnote")
MANY = 1_000_000


class Work:
    """A command on a database that may be told to die at one of its writes."""

    def __init__(self, folder: Path, *command: str) -> None:
        self.folder, self.command = folder, command
        self.kill = folder / "faults" / "kill"
        self.kill.parent.mkdir()

    def run(self, database: str, at: int | str) -> tuple[int, str]:
        """Exit code and output."""
        self.kill.write_text(str(at))
        ours = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.faults.faulty"}
        done = subprocess.run(
            [sys.executable, *self.command],
            cwd=settings.BASE_DIR,
            env=environment(self.folder) | ours,
            stdout=subprocess.PIPE,
            text=True,
            timeout=300,
            check=False,
        )
        return done.returncode, done.stdout

    def writes(self) -> int:
        """How many the last run made, which lived."""
        return MANY - int(self.kill.read_text())

    def is_whole_or_nothing(
        self, database: str, spare: str, commits: int = 1, aside: tuple[str, ...] = ()
    ) -> None:
        """Nothing is left where it dies at its first write, half-way or at its last; and all of it
        where it dies after its last commit, before it could say so. `spare` is an equal database;
        the tables `aside` may hold more.
        """

        def stored(database: str) -> dict[str, list[Any]]:
            return {name: held for name, held in everything(database).items() if name not in aside}

        before = stored(database)
        assert self.run(spare, MANY)[0] == 0
        writes, after = self.writes(), stored(spare)
        assert writes > 3
        for at in (1, writes // 2, writes):
            assert self.run(database, at) == (-SIGKILL, ""), at
            assert stored(database) == before, at
        assert self.run(database, f"{AFTER_COMMIT}{commits}") == (-SIGKILL, "")
        assert rows(stored(database)) == rows(after)
        assert rows(after) != rows(before)
        assert agrees(self.folder, database)


def rows(tables: dict[str, list[Any]]) -> dict[str, int]:
    """How many each table has; keys that a killed process took differ."""
    return {name: len(held) for name, held in tables.items()}


def agrees(folder: Path, database: str) -> bool:
    """Whether check_dossier finds no contradiction, and derived rows equal to the rules."""
    code, said, _errors = manage(folder, "check_dossier", DATABASE_URL=database)
    return code == 0 and "not equal" not in said


def test_a_first_load(copy: Callable[[str], str], tmp_path: Path) -> None:
    database, load = copy(EMPTY), Work(tmp_path, *LOAD)
    before = everything(database)
    assert load.run(database, 5_000) == (-SIGKILL, "")
    assert everything(database) == before
    said = "Dossier: 1151 created, 0 updated, 0 unchanged.\n"
    assert load.run(database, MANY) == (0, said)
    assert load.writes() > 5_000
    assert agrees(tmp_path, database)


def test_a_later_load(copy: Callable[[str], str], tmp_path: Path) -> None:
    database, load = copy(LOADED), Work(tmp_path, *LOAD, str(changed_dossier(tmp_path)))
    load.is_whole_or_nothing(database, copy(LOADED))
    old = "SELECT count(*) FROM alliances_state WHERE name NOT LIKE 'New %'"
    assert execute(database, old) == [(0,)]
    assert load.run(database, MANY) == (0, "Dossier: 0 created, 0 updated, 1151 unchanged.\n")


def test_an_editors_save(copy: Callable[[str], str], tmp_path: Path) -> None:
    database, save = copy(LOADED), Work(tmp_path, *SAVE)
    save.is_whole_or_nothing(database, copy(LOADED), commits=2, aside=DRAFTS)
    # Each draft that was kept on the way is whole.
    kept = "SELECT form->>'signed', count(*) FROM alliances_proposal GROUP BY 1"
    ((signed, _drafts),) = execute(database, kept)
    assert signed == "2024-12-05"
    signed = f"SELECT signed FROM alliances_agreement WHERE ref = '{TREATY}'"  # noqa: S608
    assert execute(database, signed) == [("2024-12-05",)]
    assert save.run(database, MANY) == (0, "answered 302\n")


def test_a_spreadsheet(copy: Callable[[str], str], tmp_path: Path) -> None:
    database, sheet = copy(LOADED), Work(tmp_path, *SHEET)
    sheet.is_whole_or_nothing(database, copy(LOADED))
    states = execute(database, "SELECT count(*) FROM alliances_state")
    drafts = "SELECT count(*) FROM alliances_proposal WHERE form->>'name' LIKE 'New %'"
    assert execute(database, drafts) == states
