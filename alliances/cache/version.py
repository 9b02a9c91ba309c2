"""Room 3: the version of the data, asked on every request, also while no database answers."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from django.db import DatabaseError, close_old_connections

# In seconds: how long a database that did not answer is left alone, at least; and how often
# connections are looked at, whether they are too old.
PAUSE = 1.0


class LastVersion:
    """The version of the data now; while the database does not answer, the last that was read."""

    def __init__(self, read: Callable[[], object]) -> None:
        self._read = read
        self._last: object = None
        self._ask_from = self._look_from = 0.0

    def __call__(self) -> tuple[object, bool]:
        """A value that differs whenever the data does, and whether it was read just now."""
        began = monotonic()
        if began < self._ask_from:
            return self._last, False
        if began >= self._look_from:
            # Django looks before each request; a page from memory is none, and this takes long.
            self._look_from = began + PAUSE
            close_old_connections()
        try:
            self._last = self._read()
        except DatabaseError:
            # Where each attempt takes long, no more than half of the time goes into attempts.
            ended = monotonic()
            self._ask_from = ended + max(PAUSE, ended - began)
            return self._last, False
        return self._last, True
