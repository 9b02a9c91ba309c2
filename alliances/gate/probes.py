"""Room 3: what an orchestrator asks: does the process answer, and should it be sent readers?

Answered before Django, so under any host name and without https.
"""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, close_old_connections, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from alliances.gate.headers import SERVER
from alliances.models import State

ALIVE, READY = "/healthz", "/readyz"
PROBES = (ALIVE, READY)
# In seconds: no flood of questions makes a flood of queries; and when to ask an unready site again.
GOOD_FOR = 1.0
RETRY_AFTER = 5
HEADERS = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Server", SERVER),
]


class Probes:
    """Their answers. That the migrations are applied is true for good, the rest for a second."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._is_migrated = False
        self._lacking = ""
        self._good_until = 0.0

    def __call__(self, environ: dict[str, Any], begin: Callable[..., Any]) -> list[bytes]:
        """As WSGI has it."""
        lacking = self.lacking() if environ["PATH_INFO"] == READY else ""
        said = f"{lacking or _('Yes.')}\n".encode()
        headers = [*HEADERS, ("Content-Length", str(len(said)))]
        if lacking:
            headers.append(("Retry-After", str(RETRY_AFTER)))
        begin("503 Service Unavailable" if lacking else "200 OK", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [said]

    def lacking(self) -> str:
        """What readers' pages need and is not there, in words; empty where all is."""
        now = self._clock()
        if now >= self._good_until:
            self._lacking = self._asked()
            self._good_until = now + GOOD_FOR
        return self._lacking

    def _asked(self) -> str:
        close_old_connections()
        try:
            self._is_migrated = self._is_migrated or _is_migrated()
            if not self._is_migrated:
                return _("Migrations are not applied.")
            return "" if State.objects.exists() else _("No records are loaded.")
        except DatabaseError:
            connection = connections[DEFAULT_DB_ALIAS]
            if not connection.in_atomic_block:
                connection.close()
            return _("The database does not answer.")


def _is_migrated() -> bool:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
