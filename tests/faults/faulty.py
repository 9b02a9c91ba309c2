"""The site's settings, and faults that a test asks for by a file in DATA_DIR/faults.

`kill`: the process kills itself at the write with this number, or after the commit of the next
one. `full`: as long as the file is there, SQLite's database may not grow.
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
AFTER_THE_COMMIT = "commit"
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
            count_down(KILL.read_text(), connection.alias)
    return execute(sql, params, many, told)


def count_down(left: str, using: str) -> None:
    if left == AFTER_THE_COMMIT:
        transaction.on_commit(die, using=using)
        return
    if left == "1":
        die()
    KILL.write_text(str(int(left) - 1))


def connected(connection: Any, **_signal: Any) -> None:
    if before_each not in connection.execute_wrappers:
        connection.execute_wrappers.append(before_each)


connection_created.connect(connected, dispatch_uid="faults")
