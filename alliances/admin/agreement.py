"""Room 4: agreements with who takes part, their clauses and their citations, on one page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alliances.admin.citation import CitationInline
from alliances.admin.obligation import ObligationInline
from alliances.admin.record import ID, BlocksInline, RecordAdmin, dated
from alliances.models import Agreement, Obligation, ObligationSide, Participation

MANY_PARTIES = 4


class ParticipationInline(BlocksInline):
    """Who takes part, when; a state that left and returned has several rows."""

    model = Participation
    fk_name = "agreement"
    fields = (
        ("state", "status", "stated"),
        ("joined", "left", "ratified"),
        ("suspended_from", "suspended_until"),
        "note",
        "ref",
    )
    autocomplete_fields = ("state",)
    readonly_fields = ("ref",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the state and agreement that name a participation."""
        return super().get_queryset(request).select_related("state", "agreement")


class AgreementCitations(CitationInline):
    """What the facts about an agreement rest on."""

    fk_name = "agreement"


@admin.register(Agreement)
class AgreementAdmin(RecordAdmin):
    """Agreements."""

    fieldsets = (
        (_("Titles"), {"fields": ("title", "short_title", "native_title")}),
        (_("What it is"), {"fields": (("kind", "force"), "made_by", "summary")}),
        (
            _("Its life"),
            {
                "fields": (
                    ("signed", "signed_at"),
                    ("in_force", "ended"),
                    "end_reason",
                    "status",
                    "term",
                    "succeeded_by",
                )
            },
        ),
        (_("Its text"), {"fields": ("text_disclosure", "registration")}),
        (_("How far to trust it"), {"fields": ("confidence", "participations_known", "notes")}),
        ID,
    )
    inlines = (ParticipationInline, ObligationInline, AgreementCitations)
    help_texts: ClassVar[Any] = {
        "succeeded_by": _(
            "The agreement that took its place; it ends nothing, only a date does. Blank: none."
        ),
        "end_reason": _("Who ended it, or what ran out. Blank: not ended, or not known."),
        "summary": _("What it is about, in our words. Blank: none yet."),
        "notes": _("Caveats, shown to readers. Blank: none."),
    }
    prepopulated_fields: ClassVar[Any] = {"ref": ("short_title",)}
    autocomplete_fields = ("made_by", "succeeded_by")
    list_display = (
        "short_title",
        "parties",
        "status",
        dated(Agreement, "signed"),
        dated(Agreement, "in_force"),
        dated(Agreement, "ended"),
    )
    list_filter = (
        "status",
        "kind",
        "force",
        "text_disclosure",
        "confidence",
        ("made_by", admin.RelatedOnlyFieldListFilter),
    )
    search_fields = (
        "ref",
        "title",
        "short_title",
        "native_title",
        "participations__state__name",
        "participations__state__name_ru",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the parties, for the list and for the sides of clauses."""
        return super().get_queryset(request).prefetch_related("participations__state")

    @admin.display(description=_("parties"))
    def parties(self, agreement: Agreement) -> str:
        """Who takes or took part; of many, the first three."""
        names = [state.name for state in agreement.states]
        if len(names) <= MANY_PARTIES:
            return ", ".join(names)
        first, rest = ", ".join(names[:3]), len(names) - 3
        return _("%(first)s and %(rest)s more") % {"first": first, "rest": rest}

    def judged(self, record: Agreement) -> list[int]:
        """Itself."""
        return [record.pk]

    def histories(self, pk: int) -> list[Any]:
        """Its own, its participations', clauses' and citations', and its clauses' sides'."""
        clauses = Obligation.history.filter(agreement=pk).values("id")
        sides = ObligationSide.history.filter(obligation__in=clauses)
        return [*super().histories(pk), sides]
