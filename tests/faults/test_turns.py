"""On PostgreSQL a load waits for its turn before it reads: it sees what an editor has just changed,
leaves it alone, and its date in the history comes after the editor's commit.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.backups.stored import execute
from tests.config.running import manage
from tests.faults.databases import POSTGRES
from tests.faults.dossier import changed_dossier
from tests.faults.site import until

pytestmark = pytest.mark.parametrize("kind", [POSTGRES])

WAITING = (
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
LOADED = "SELECT min(history_date) FROM alliances_historicalstate WHERE name LIKE 'New %'"


def test_a_load_beside_an_editor(loaded: str, tmp_path: Path) -> None:
    dossier = str(changed_dossier(tmp_path))
    with ThreadPoolExecutor(1) as thread, psycopg.connect(loaded) as editor:
        editor.execute("UPDATE alliances_dataversion SET number = number + 1")
        editor.execute("UPDATE alliances_state SET name = 'Quagmiria' WHERE ref = 'TGO'")
        load = thread.submit(manage, tmp_path, "load_dossier", dossier, DATABASE_URL=loaded)
        for _look in until("the load waits for its turn"):
            if execute(loaded, WAITING):
                break
        ((now,),) = execute(loaded, "SELECT clock_timestamp()")
        editor.commit()
        code, said, _errors = load.result()
    assert code == 0
    clash = "Changed here and in the files; kept, and what else the files changed is proposed"
    assert f"{clash}: state TGO: name" in said.splitlines()
    assert execute(loaded, "SELECT name FROM alliances_state WHERE ref = 'TGO'") == [("Quagmiria",)]
    ((written,),) = execute(loaded, LOADED)
    assert written > now
