"""How a line of the log is written, for people or for machines. Which lines: settings.py.

Also read by the application server for its own lines (server_logs.json), outside of Django.
"""

import logging
from datetime import UTC, datetime
from typing import Any

import orjson
from django.http import HttpRequest

from alliances.request_id import current_request_id


class PlainLines(logging.Formatter):
    """For people: one line, but for a traceback below it."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """Whatever a visitor put into it, it does not begin another line."""
        line = super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")
        request_id = current_request_id()
        return f"{line} [{request_id}]" if request_id else line


class JsonLines(logging.Formatter):
    """For machines: one JSON object a line, its traceback in it."""

    def format(self, record: logging.LogRecord) -> str:
        """Time in UTC; the request by its id, as in the access log (`gate`)."""
        when = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "time": when.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := current_request_id():
            line["request"] = request_id
        if isinstance(request := vars(record).get("request"), HttpRequest):
            line |= {"method": request.method, "path": request.path}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return orjson.dumps(line).decode()
