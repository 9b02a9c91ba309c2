"""Room 4: the values and moments of the changes in words. No queries."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from alliances.partial_dates import PartialDate
from alliances.templatetags.reference import day

register = template.Library()


@register.filter
def recorded(value: Any) -> str | SafeString:
    """A column's value as the pages print it; a blank says that it is one."""
    if value is None:
        return _("blank")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, PartialDate):
        return day(value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {recorded(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(str(recorded(part)) for part in value)
    return str(value)


@register.filter
def moment(when: datetime) -> SafeString:
    """A moment in UTC, to the minute: 25 Nov 2026, 01:54 UTC."""
    utc = when.astimezone(UTC)
    words = date_format(utc, "j M Y, H:i")
    return format_html('<time datetime="{}">{} UTC</time>', f"{utc:%Y-%m-%dT%H:%M:%SZ}", words)
