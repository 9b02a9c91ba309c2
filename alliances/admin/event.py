"""Room 4: days when a promise was tested."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliances.admin.citation import CitationInline
from alliances.admin.record import ID, RecordAdmin, RowsInline, dated
from alliances.models import Event, EventAgreement


class EventAgreementInline(RowsInline):
    """Under which agreements the event was, or could have been, a test."""

    model = EventAgreement
    fk_name = "event"
    fields = ("agreement",)
    autocomplete_fields = ("agreement",)

    def get_queryset(self, request: Any) -> Any:
        """With the agreement that names the row."""
        return super().get_queryset(request).select_related("agreement")


class EventCitations(CitationInline):
    """What the facts about an event rest on."""

    fk_name = "event"


@admin.register(Event)
class EventAdmin(RecordAdmin):
    """Events."""

    fieldsets = (
        (_("What happened"), {"fields": ("title", ("date", "ended"), "state", "threat")}),
        (_("What was asked and done"), {"fields": ("request", "response", "summary")}),
        (_("How far to trust it"), {"fields": ("confidence", "notes")}),
        ID,
    )
    inlines = (EventAgreementInline, EventCitations)
    help_texts: ClassVar[Any] = {
        "threat": _("Attack, unrest or pressure, by whom. Blank: not recorded."),
        "summary": _("What those who had promised did. Blank: none yet."),
        "notes": _("Caveats, shown to readers. Blank: none."),
    }
    prepopulated_fields: ClassVar[Any] = {"ref": ("date", "title")}
    autocomplete_fields = ("state",)
    list_display = (
        "title",
        dated(Event, "date"),
        dated(Event, "ended"),
        "state",
        "request",
        "response",
        "confidence",
    )
    list_filter = ("request", "response", "confidence", ("state", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("state",)
    search_fields = ("ref", "title", "threat", "summary", "state__name", "state__name_ru")
