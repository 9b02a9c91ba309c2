"""Eight editors and sixteen readers at one server: what was acknowledged is there, and is what
everybody sees from then on; also where a worker is killed meanwhile.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from itertools import count
from signal import SIGKILL
from threading import Event

from tests.backups.stored import execute
from tests.faults.editor import Editor
from tests.faults.site import FaultySite, until

WRITERS, READERS, SAVES = 8, 16, 3
OTHER_PAGES = ("/", "/states/", "/commitments/?q=togo", "/api/v1/states/TGO/", "/changes/")
VERSION = "SELECT number FROM alliances_dataversion"


class Crowd:
    """Editors, each with a source of its own and one that all of them change, and readers."""

    def __init__(self, site: FaultySite, database: str) -> None:
        self.site, self.database = site, database
        sources = execute(database, "SELECT ref FROM alliances_source ORDER BY ref")
        (self.shared,), *own = sources[: WRITERS + 1]
        self.own = [ref for (ref,) in own]
        # What the desk has acknowledged: each record's titles, in their order.
        self.acknowledged: dict[str, list[str]] = {ref: [] for ref in (self.shared, *self.own)}
        self.unanswered: Counter[str] = Counter()
        self.read = count()
        self.done = Event()

    def work(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Until every editor has saved; raises what went wrong for one of them."""
        editors = [Editor(self.site, self.database).sign_in() for _editor in self.own]
        with ThreadPoolExecutor(WRITERS + READERS) as threads:
            readers = [threads.submit(self._read, number) for number in range(READERS)]
            try:
                writers = [
                    threads.submit(self._write, editor, ref)
                    for editor, ref in zip(editors, self.own, strict=True)
                ]
                meanwhile()
                for writer in writers:
                    writer.result()
            finally:
                self.done.set()
            for reader in readers:
                reader.result()

    def _write(self, editor: Editor, own: str) -> None:
        for number in range(SAVES):
            self._save(editor, own, f"{own}, edition {number}")
        self._save(editor, self.shared, f"Shared, and changed by {own}")

    def _save(self, editor: Editor, ref: str, title: str) -> None:
        """Send it until the desk says that it is stored, as an editor would."""
        for _try in until("it is saved"):
            try:
                if editor.is_published(editor.save("source", ref, title=title)):
                    self.acknowledged[ref].append(title)
                    return
            except (OSError, HTTPException):
                self.unanswered[title] += 1
                if title in history(self.database, ref):
                    return

    def _read(self, number: int) -> None:
        ref = self.own[number % WRITERS]
        pages = [f"/sources/{ref}/", OTHER_PAGES[number % len(OTHER_PAGES)]]
        while not self.done.is_set():
            for address in pages:
                known = self.acknowledged[ref][-1:]
                try:
                    answer = self.site.get(address)
                except (OSError, HTTPException):
                    self.unanswered["a page"] += 1
                    continue
                assert answer.status == 200, (address, answer.page)
                if address == pages[0] and known:
                    assert self._shown(ref, answer.page) >= known[0]
                next(self.read)

    @staticmethod
    def _shown(ref: str, page: str) -> str:
        """Which of a record's titles a page shows."""
        return max(
            title for number in range(SAVES) if (title := f"{ref}, edition {number}") in page
        )


def history(database: str, ref: str) -> list[str]:
    """A source's titles in the order in which its history has them, but for the loader's."""
    found = execute(
        database,
        "SELECT ref, history_change_reason, title FROM alliances_historicalsource ORDER BY history_id",
    )
    return [title for its, reason, title in found if (its, reason) == (ref, "Read it again")]


def dates_follow_the_commits(database: str) -> bool:
    """Whether what was written later says so. Numbers are given while the writer has its turn."""
    dates = execute(
        database, "SELECT history_date FROM alliances_historicalsource ORDER BY history_id"
    )
    return dates == sorted(dates)


def test_nothing_is_lost_and_nothing_fails(loaded: str, start: Callable[[str], FaultySite]) -> None:
    site = start(loaded)
    ((before,),) = execute(loaded, VERSION)
    crowd = Crowd(site, loaded)
    crowd.work()
    for ref in crowd.own:
        assert history(loaded, ref) == crowd.acknowledged[ref]
        assert len(crowd.acknowledged[ref]) == SAVES
    assert sorted(history(loaded, crowd.shared)) == sorted(crowd.acknowledged[crowd.shared])
    assert execute(loaded, VERSION) == [(before + WRITERS * (SAVES + 1),)]
    assert dates_follow_the_commits(loaded)
    assert not crowd.unanswered
    assert next(crowd.read) > READERS
    assert site.complaints() == ""


def test_a_worker_is_killed(loaded: str, start: Callable[[str], FaultySite]) -> None:
    site = start(loaded)
    workers = site.workers()
    crowd = Crowd(site, loaded)

    def kill_one() -> None:
        for _look in until("everybody is at work"):
            if all(crowd.acknowledged[ref] for ref in crowd.own):
                break
        os.kill(min(workers), SIGKILL)
        for _look in until("another has taken its place"):
            if len(site.workers() - workers) == 1:
                break

    crowd.work(kill_one)
    site.by_every_worker("/about/")
    assert len(site.workers() & workers) == 1
    for ref, acknowledged in crowd.acknowledged.items():
        stored = Counter(history(loaded, ref))
        # What was not answered may be stored; each of the others is, once.
        assert not Counter(acknowledged) - stored, ref
        assert not stored - Counter(acknowledged) - crowd.unanswered, ref
    assert crowd.unanswered.total() <= WRITERS + READERS
    assert "Traceback" not in site.complaints()
