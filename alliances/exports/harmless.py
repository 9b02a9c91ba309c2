"""Room 3: texts that a spreadsheet could take for a formula are made harmless."""

from __future__ import annotations

from typing import Any

import orjson

from alliances.columns import SEPARATOR, Plain

# OWASP, "CSV Injection": what a spreadsheet may run begins so.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """With an apostrophe before it where a spreadsheet could run it; else as it is."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def cell(value: Plain) -> Any:
    """A plain value as one cell: text, number, truth or nothing; what has parts as one text."""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, list):
        return harmless(SEPARATOR.join(str(part) for part in value))
    if isinstance(value, dict):
        return orjson.dumps(value).decode()
    return value
