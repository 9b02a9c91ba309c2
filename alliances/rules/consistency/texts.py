"""Characters that no text of a record may hold: no database, file or page keeps them all alike."""

from __future__ import annotations

import re
from typing import Any

# Control characters but for line feed and tab, and halves of pairs, which are no characters.
REFUSED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def unprintable(value: Any) -> str:
    """The first such character anywhere in a text, list or mapping, as U+0000; else nothing."""
    if isinstance(value, str):
        found = REFUSED.search(value)
        return f"U+{ord(found[0]):04X}" if found else ""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        return next(filter(None, map(unprintable, value)), "")
    return ""
