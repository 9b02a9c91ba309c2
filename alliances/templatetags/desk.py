"""Room 4: what the editors' pages count."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from alliances.rules.publishing import Need

register = template.Library()


@register.filter
def met(needs: Iterable[Need]) -> int:
    """How many of these needs are met."""
    return sum(need.is_met for need in needs)
