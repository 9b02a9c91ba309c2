"""Room 4: what the editors' pages count, and what waits on the first of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from alliances.proposals import worklist
from alliances.rules.publishing import Need

register = template.Library()


@register.filter
def met(needs: Iterable[Need]) -> int:
    """How many of these needs are met."""
    return sum(need.is_met for need in needs)


@register.simple_tag(takes_context=True)
def piles(context: dict[str, Any]) -> list[worklist.Pile]:
    """What waits for whoever asks."""
    return worklist.piles(context["request"])
