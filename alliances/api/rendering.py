"""Room 4: plain values to the bytes of JSON."""

from __future__ import annotations

from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer


class OrjsonRenderer(BaseRenderer):
    """JSON as orjson writes it; nothing where there is no body."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, *_context: Any) -> bytes:
        """One document with a last line break."""
        return b"" if data is None else orjson.dumps(data, option=orjson.OPT_APPEND_NEWLINE)
