"""Room 4: one process at a time, of all that use the same database, on however many machines."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

# Any number will do, as long as nothing else in the database locks it.
LOCK = 4_127_001


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other process is in here. Whoever is killed in here leaves it, too."""
    if connection.vendor == "sqlite":
        with _beside(Path(connection.settings_dict["NAME"])).open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    # After a failure the lock ends with the connection, which may refuse every statement by then.
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _beside(database: Path) -> Path:
    return database.with_name(f"{database.name}.lock")
