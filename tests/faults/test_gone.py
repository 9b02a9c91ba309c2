"""PostgreSQL goes away under a running site and comes back: what is answered meanwhile and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from lxml import html

from tests.backups.stored import execute
from tests.faults.databases import POSTGRES
from tests.faults.editor import Editor
from tests.faults.proxy import Wire
from tests.faults.site import FaultySite, until

pytestmark = pytest.mark.parametrize("kind", [POSTGRES])

KEPT, OTHER, DATA = "/states/togo/", "/states/?q=never", "/api/v1/states/TGO/"
SOURCE = "blr-2024-guarantees-text"


@pytest.fixture
def wire(loaded: str) -> Iterator[Wire]:
    wire = Wire(loaded)
    yield wire
    wire.cut()


def words(page: str) -> str:
    return " ".join(html.fromstring(page).find(".//main").text_content().split())


def test_kept_pages_keep_coming_and_the_site_recovers(
    loaded: str, wire: Wire, start: Callable[[str], FaultySite]
) -> None:
    site = start(wire.database)
    workers = site.workers()
    editor = Editor(site, loaded).sign_in()
    kept = {answer.page for answer in site.by_every_worker(KEPT)}
    assert len(kept) == 1

    wire.cut()
    for _round in range(2):
        assert {answer.page for answer in site.by_every_worker(KEPT)} == kept
        for answer in site.by_every_worker(OTHER):
            assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
            assert words(answer.page) == (
                "Not just now The records cannot be read just now. Please try again in a moment."
                " What you sent, if you sent anything, was not stored."
            )
        for answer in site.by_every_worker(DATA):
            assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
            assert answer.headers["Content-Type"] == "application/problem+json"
    assert editor.save("source", SOURCE, note="Lost").status == 503
    for _look in until("it is not ready"):
        if (ready := site.get("/readyz")).status == 503:
            break
    assert ready.page == "The database does not answer.\n"
    assert (site.get("/healthz").status, site.get("/healthz").page) == (200, "Yes.\n")

    wire.mend()
    execute(loaded, "UPDATE alliances_state SET name = 'Quagmiria' WHERE ref = 'TGO'")
    execute(loaded, "UPDATE alliances_dataversion SET number = number + 1, moved_at = now()")
    for _look in until("every worker has found the database again"):
        if all("Quagmiria" in answer.page for answer in site.by_every_worker(KEPT)):
            break
    assert {answer.status for answer in site.by_every_worker(OTHER)} == {200}
    for _look in until("it is ready"):
        if site.get("/readyz").status == 200:
            break
    assert editor.is_published(editor.save("source", SOURCE, note="Stored"))
    note = f"SELECT note FROM alliances_source WHERE ref = '{SOURCE}'"  # noqa: S608
    assert execute(loaded, note) == [("Stored",)]
    assert site.workers() == workers
    assert "Traceback" not in site.complaints()
