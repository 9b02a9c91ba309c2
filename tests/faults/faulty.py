"""The site's settings, and faults that a test asks for by a file in DATA_DIR/faults.

`kill`: the process kills itself at the write with this number, or after the commit with it. `full`: as long as the file is there, SQLite's database may not grow.
"""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.db.backends.signals import connection_created

from alliances.config.settings import *  # noqa: F403
from alliances.config.settings import DATA_DIR, STORAGES

# None need be collected.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

KILL, FULL = DATA_DIR / "faults" / "kill", DATA_DIR / "faults" / "full"
AFTER_COMMIT = "commit "
WRITES = ("INSERT", "UPDATE", "DELETE")
UNLIMITED = 2**30


def die() -> None:
    KILL.unlink()
    os.kill(os.getpid(), signal.SIGKILL)


def before_each(execute: Callable[..., Any], sql: Any, params: Any, many: bool, told: Any) -> Any:
    """Around each statement of the site's connection."""
    connection = told["connection"]
    if str(sql).startswith(WRITES):
        if connection.vendor == "sqlite":
            # Less than there is means: what there is, and nothing more.
            most = 1 if FULL.exists() else UNLIMITED
            connection.connection.execute(f"PRAGMA max_page_count = {most}")
        with suppress(FileNotFoundError):
            count_down(KILL.read_text(), connection)
    return execute(sql, params, many, told)


def count_down(left: str, connection: Any) -> None:
    """One write less, or a commit less once this transaction is committed."""
    if not left.startswith(AFTER_COMMIT):
        set_left("", int(left))
    elif not any(committed in waiting for waiting in connection.run_on_commit):
        transaction.on_commit(committed, using=connection.alias)


def committed() -> None:
    set_left(AFTER_COMMIT, int(KILL.read_text().removeprefix(AFTER_COMMIT)))


def set_left(what: str, left: int) -> None:
    if left == 1:
        die()
    KILL.write_text(f"{what}{left - 1}")


def connected(connection: Any, **_signal: Any) -> None:
    if before_each not in connection.execute_wrappers:
        connection.execute_wrappers.append(before_each)


connection_created.connect(connected, dispatch_uid="faults")
