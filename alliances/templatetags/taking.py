"""Room 4: links by which a reader takes a page's rows away."""

from __future__ import annotations

from typing import Any

from django import template

from alliances.filtersets import without_noise
from alliances.vocabulary import Format

register = template.Library()


@register.simple_tag(takes_context=True)
def files(context: Any) -> list[tuple[Format, str]]:
    """Each format with its address: the page's own, as far as the page understood it."""
    request = context["request"]
    query = without_noise(request.GET, context.get("ignored") or (), "page")
    found = []
    for form in Format:
        query["format"] = str(form)
        found.append((form, f"{request.path}?{query.urlencode()}"))
    return found
