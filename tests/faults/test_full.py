"""SQLite may not grow: what an editor is told, what is stored, and what readers see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import html

from tests.backups.stored import execute, stored
from tests.faults.databases import SQLITE
from tests.faults.editor import Editor, refusals
from tests.faults.site import FaultySite

pytestmark = pytest.mark.parametrize("kind", [SQLITE])

SOURCE = "blr-2024-guarantees-text"
LONG = "Seen again. " * 20_000


def test_nothing_is_half_written_and_the_site_recovers(
    loaded: str, start: Callable[[str], FaultySite]
) -> None:
    site = start(loaded)
    workers = site.workers()
    editor = Editor(site, loaded).sign_in()
    before = stored(loaded)

    full = site.faults / "full"
    full.touch()
    for _save in range(3):
        told = editor.save("source", SOURCE, note=LONG)
        assert refusals(told) == []
        assert (told.status, told.headers["Retry-After"]) == (507, "10")
        assert html.fromstring(told.page).findtext(".//main/p") == (
            "Nothing was stored: the disk of the database is full. Keep what you wrote and send it"
            " again when there is room. Reading goes on."
        )
        assert stored(loaded) == before
        assert {answer.status for answer in site.by_every_worker("/states/?q=togo")} == {200}
    assert site.get("/readyz").status == 200

    full.unlink()
    assert editor.is_published(editor.save("source", SOURCE, note=LONG))
    note = f"SELECT note FROM alliances_source WHERE ref = '{SOURCE}'"  # noqa: S608
    assert execute(loaded, note) == [(LONG.strip(),)]
    assert site.workers() == workers
    complaints = site.complaints().splitlines()
    assert len([line for line in complaints if "The database is full: " in line]) == 3
    assert "Traceback" not in site.complaints()
