"""Room 3: what data formats and the API answer to a wrong request (RFC 9457)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliances.request_id import current_request_id

PROBLEM_TYPE = "application/problem+json"
NOT_UNDERSTOOD = _("A parameter was not understood.")
NO_SUCH_RECORD = _("There is no such record.")


def problem(
    status: int, detail: str | Promise, errors: Mapping[str, Iterable[Any]] | None = None
) -> dict[str, Any]:
    """A problem document; `errors`: what is wrong with each parameter, by its name."""
    found: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": str(detail),
    }
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR and current_request_id():
        # What a reader can quote to us, who find it in the log.
        found["request_id"] = current_request_id()
    if errors:
        found["errors"] = [
            {"parameter": name, "message": str(message)}
            for name, messages in errors.items()
            for message in messages
        ]
    return found
