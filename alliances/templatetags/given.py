"""Room 4: what others code, printed as they give it and never computed with."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def as_given(value: object) -> str:
    """Text as it is, a list with commas, a mapping by its keys; a blank says that it is one."""
    if isinstance(value, dict):
        return "; ".join(f"{key}: {as_given(item)}" for key, item in sorted(value.items()))
    if isinstance(value, list):
        return ", ".join(as_given(item) for item in value)
    return _("not recorded") if value in (None, "") else str(value)
