"""On PostgreSQL an editor's save waits for its turn before it reads: its date in the history comes
after the commit of whoever was before it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.backups.stored import execute
from tests.faults.databases import POSTGRES
from tests.faults.editor import Editor
from tests.faults.site import FaultySite, until

pytestmark = pytest.mark.parametrize("kind", [POSTGRES])

SOURCE = "blr-2024-guarantees-text"
WAITING = (
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
HISTORY = "SELECT max(history_date) FROM alliances_historicalsource"


def test_dates_follow_the_order_of_commits(loaded: str, start: Callable[[str], FaultySite]) -> None:
    editor = Editor(start(loaded), loaded).sign_in()
    with ThreadPoolExecutor(1) as thread, psycopg.connect(loaded) as other:
        other.execute("UPDATE alliances_dataversion SET number = number + 1")
        saving = thread.submit(editor.save, "source", SOURCE, title="Second")
        for _look in until("the save waits for its turn"):
            if execute(loaded, WAITING):
                break
        ((now,),) = execute(loaded, "SELECT clock_timestamp()")
        other.commit()
        assert saving.result().status == 302
    ((written,),) = execute(loaded, HISTORY)
    assert written > now
