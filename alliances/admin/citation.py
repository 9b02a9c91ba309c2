"""Room 4: the use of sources, on the page of the record that rests on them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alliances.admin.fields import LinesField
from alliances.admin.forms import RowForm
from alliances.admin.record import RowsInline
from alliances.models import Citation


class CitationForm(RowForm):
    """A citation, what it supports one on each line."""

    supports = LinesField(
        label=_("Supports"),
        required=False,
        help_text=_("Field names or short facts, one on each line. Blank: the record as a whole."),
    )


class CitationInline(RowsInline):
    """What a record rests on."""

    model = Citation
    form = CitationForm
    fields = ("source", "supports", "locator", "ref")
    help_texts: ClassVar[Any] = {
        "source": _("A published one: a new source is proposed, and published, first."),
        "locator": _("Article, paragraph or page. Blank: not recorded."),
    }
    autocomplete_fields = ("source",)
    readonly_fields = ("ref",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the source that names a citation."""
        return super().get_queryset(request).select_related("source")
