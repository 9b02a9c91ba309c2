"""Room 4: the article's sentences with our verdicts, and what it leaves out."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _

from alliances.admin.record import ID, RecordAdmin, RowsInline
from alliances.models import Claim, Evidence, Omission
from alliances.models.claim import EVIDENCE_KINDS


class EvidenceRows(BaseInlineFormSet):
    """Evidence, none of it named twice."""

    def clean(self) -> None:
        """Refuse a record that is named twice; the database counts blanks as the same."""
        super().clean()
        named = [
            tuple(form.cleaned_data.get(kind) for kind in EVIDENCE_KINDS)
            for form in self.forms
            if form.is_valid() and form.cleaned_data and form not in self.deleted_forms
        ]
        if len(set(named)) < len(named):
            raise ValidationError(_("Name each agreement, event or source once."))


class EvidenceInline(RowsInline):
    """What a verdict or an omission rests on."""

    model = Evidence
    formset = EvidenceRows
    fields = EVIDENCE_KINDS
    autocomplete_fields = EVIDENCE_KINDS
    help_texts: ClassVar[Any] = dict.fromkeys(
        EVIDENCE_KINDS, _("Fill one of the three. Blank: the row names another kind.")
    )

    def get_queryset(self, request: Any) -> Any:
        """With the record that names the row."""
        return super().get_queryset(request).select_related(*EVIDENCE_KINDS)


class ClaimEvidence(EvidenceInline):
    """What a verdict rests on."""

    fk_name = "claim"


class OmissionEvidence(EvidenceInline):
    """What an omission rests on."""

    fk_name = "omission"


@admin.register(Claim)
class ClaimAdmin(RecordAdmin):
    """The article's sentences about states."""

    fieldsets = (
        (_("The sentence"), {"fields": (("article", "number"), "state", "claim")}),
        (_("Its words"), {"fields": ("quote", "quote_cut")}),
        (_("What it asserts"), {"fields": ("category", "stated_support", "level", "prospect")}),
        (_("Our verdict"), {"fields": ("verdict", "reasons", "verdict_confidence", "notes")}),
        ID,
    )
    inlines = (ClaimEvidence,)
    help_texts: ClassVar[Any] = {
        "quote": _("Exact, at most 25 words of the sentence. Blank: not quoted."),
        "stated_support": _("What support it says was promised. Blank: it says none."),
        "prospect": _("What it expects to happen. Blank: it says nothing."),
        "reasons": _("A verdict needs its reasons. Blank: no verdict."),
        "verdict_confidence": _("A verdict needs to say how sure it is. Blank: no verdict."),
        "notes": _("Caveats. Blank: none."),
    }
    autocomplete_fields = ("article", "state", "level")
    list_display = (
        "number",
        "state",
        "claim",
        "category",
        "level",
        "verdict",
        "verdict_confidence",
    )
    list_display_links = ("number", "state")
    list_filter = ("verdict", "category", "level", "verdict_confidence")
    list_select_related = ("state", "level")
    search_fields = ("ref", "claim", "quote", "reasons", "state__name", "state__name_ru")
    ordering = ("article", "number", "state__name")


@admin.register(Omission)
class OmissionAdmin(RecordAdmin):
    """What the article leaves out."""

    fieldsets = (
        (_("What is left out"), {"fields": ("article", "state", "what", "reasons")}),
        ID,
    )
    inlines = (OmissionEvidence,)
    autocomplete_fields = ("article", "state")
    list_display = ("state", "what", "ref")
    list_filter = (("state", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("state",)
    search_fields = ("ref", "what", "reasons", "state__name", "state__name_ru")
