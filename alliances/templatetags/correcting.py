"""Room 4: the quiet link beside a fact by which a reader reports an error in it. No queries."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from alliances.models.base import Record
from alliances.queries.belonging import kind_of
from alliances.queries.corrections import fact_name

register = template.Library()


@register.simple_tag
def wrong(record: Any, fact: str | Record, words: str = "") -> SafeString:
    """A mark for the pointer, with words for those who do not see it. `fact`: a column or list of
    the record, or a row that belongs to it; blank for the whole. `words`: what a column is not
    called by itself.
    """
    part = fact if isinstance(fact, str) else fact.ref.rpartition("/")[2]
    says = _("Report an error: %s") % (words or fact_name(type(record), part))
    address = report_address(record) + (f"&fact={part}" if part else "")
    return format_html('<a class="wrong" href="{}" title="{}"></a>', address, says)


@register.simple_tag
def report_address(record: Any) -> str:
    """Where an error in the record as a whole is reported."""
    return f"{reverse('correction-form')}?record={kind_of(type(record))}/{record.ref}"
