"""Every address that the site answers, as its patterns write them."""

from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver


def patterns(found: Any = None, before: str = "") -> Iterator[tuple[str | None, str]]:
    """The name and the whole pattern of each, those of included lists as well."""
    for each in found or get_resolver().url_patterns:
        whole = before + str(each.pattern)
        if hasattr(each, "url_patterns"):
            yield from patterns(each.url_patterns, whole)
        else:
            yield each.name, whole
