"""Room 3: what data formats and the API answer to a wrong request (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

PROBLEM_TYPE = "application/problem+json"


def problem(
    status: int, detail: str, errors: Mapping[str, Iterable[Any]] | None = None
) -> dict[str, Any]:
    """A problem document; `errors`: what is wrong with each parameter, by its name."""
    found: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors:
        found["errors"] = [
            {"parameter": name, "message": str(message)}
            for name, messages in errors.items()
            for message in messages
        ]
    return found
