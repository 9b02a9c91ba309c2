"""Which database the site uses, and what is said in one line where it cannot be used."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from alliances.config.environment import env_text

SECONDS_TO_CONNECT = 10
# Connections are kept: opening one for each request costs more than most pages do.
SQLITE: dict[str, Any] = {
    "CONN_MAX_AGE": 600,
    # Writers queue instead of failing half-way, and readers never wait for them. What an editor was
    # told is stored has reached the disk, also where the power fails then (ADR 0016).
    "OPTIONS": {
        "timeout": 10,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
    },
}
POSTGRESQL: dict[str, Any] = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
# A server that is cut off in the middle of a statement would else be waited for a quarter of an
# hour: no answer to what was sent for 10 seconds (here in milliseconds), or to two of our probes.
SILENCE = {
    "tcp_user_timeout": SECONDS_TO_CONNECT * 1000,
    "keepalives_idle": 5,
    "keepalives_interval": 5,
    "keepalives_count": 2,
}


def env_database(name: str, default: Path) -> dict[str, Any]:
    """A database address; without one, the SQLite file `default`."""
    url = env_text(name)
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": default} | SQLITE
    # Refusals do not repeat the address: it may hold a password.
    if url.partition(":")[0] not in ("sqlite", "postgres", "postgresql"):
        raise ImproperlyConfigured(
            f"{name} must begin with sqlite://, postgres:// or postgresql://."
        )
    try:
        database: dict[str, Any] = dict(dj_database_url.parse(url))
    except ValueError:
        raise ImproperlyConfigured(f"{name} is not a database address.") from None
    if not database["NAME"]:
        raise ImproperlyConfigured(f"{name} names no database.")
    if url.startswith("sqlite"):
        if ":memory:" in database["NAME"] or "mode=memory" in url:
            raise ImproperlyConfigured(f"{name} names a database in memory; name a file.")
        return database | SQLITE
    patience = {"connect_timeout": SECONDS_TO_CONNECT, **SILENCE}
    options = patience | database.get("OPTIONS", {})
    return database | POSTGRESQL | {"OPTIONS": options}


def unusable(database: dict[str, Any], problem: DatabaseError) -> str:
    """What a database refused, in one line that names it and keeps its password."""
    host, port, name = (database.get(key) for key in ("HOST", "PORT", "NAME"))
    where = f"{host}:{port or 5432}/{name}" if host else str(name)
    reason = " ".join(str(problem).split())
    if password := database.get("PASSWORD"):
        reason = reason.replace(password, "…")
    return f"the database {where} cannot be used: {reason}"
