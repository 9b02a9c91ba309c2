"""Room 4: other data sets' codings, kept as given, and where they differ from ours."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alliances.admin.fields import FactsField, ForeignField, LinesField
from alliances.admin.forms import RecordForm
from alliances.admin.record import ID, RecordAdmin, dated
from alliances.models import DataSet, Difference, ExternalCoding, MemberSpell, Participation

ABOUT_AGREEMENT = ("ref", "agreement__title", "agreement__short_title", "agreement__native_title")


@admin.register(DataSet)
class DataSetAdmin(RecordAdmin):
    """Published data sets."""

    fieldsets = (
        (_("The data set"), {"fields": ("title", "unit", "coverage", "url")}),
        (_("How to cite it"), {"fields": ("citation", "citation_note")}),
        (_("Notes"), {"fields": ("note",)}),
        ID,
    )
    help_texts: ClassVar[Any] = {
        "unit": _("What one row of it is, for example an agreement and phase."),
        "url": _("Blank: none."),
        "citation_note": _("Blank: none."),
        "note": _("Shown to readers. Blank: none."),
    }
    prepopulated_fields: ClassVar[Any] = {"ref": ("title",)}
    list_display = ("title", "unit", "coverage", "ref")
    search_fields = ("title", "ref", "citation")


class CodingForm(RecordForm):
    """A coding; what the data set says as JSON, kept as given."""

    types = LinesField(
        label=_("Types"), required=False, help_text=_("One on each line. Blank: none coded.")
    )
    facts = FactsField(
        label=_("Facts"),
        required=False,
        help_text=_('As JSON: {"secrecy": "public"}. Their values, as given. Blank: none.'),
    )
    codes_label_not_verified = FactsField(
        label=_("Codes without a verified label"),
        required=False,
        help_text=_('As JSON: {"organ1": "3"}. Blank: none.'),
    )


@admin.register(ExternalCoding)
class ExternalCodingAdmin(RecordAdmin):
    """What data sets code for our agreements."""

    form = CodingForm
    fieldsets = (
        (_("The agreement there"), {"fields": ("agreement", "dataset", "external_id", "phase")}),
        (_("Their coding"), {"fields": (("begin", "end"), "types", "facts")}),
        (_("Unverified"), {"fields": ("codes_label_not_verified",)}),
        (_("How sure the match is"), {"fields": ("match", "note")}),
        ID,
    )
    help_texts: ClassVar[Any] = {
        "phase": _("Blank: the agreement has one phase."),
        "begin": _("YYYY, YYYY-MM or YYYY-MM-DD. Blank: not coded."),
        "end": _("Their last day. Blank: open at the end of their data, or not coded."),
        "note": _("Shown to readers. Blank: none."),
    }
    autocomplete_fields = ("agreement", "dataset")
    list_display = (
        "agreement",
        "dataset",
        "external_id",
        "phase",
        dated(ExternalCoding, "begin"),
        dated(ExternalCoding, "end"),
        "match",
    )
    list_filter = ("dataset", "match")
    list_select_related = ("agreement", "dataset")
    search_fields = (*ABOUT_AGREEMENT, "external_id")


@admin.register(MemberSpell)
class MemberSpellAdmin(RecordAdmin):
    """Members' entry and exit as data sets code them."""

    fieldsets = (
        (_("The member"), {"fields": ("agreement", "state", "participation")}),
        (_("Their coding"), {"fields": ("dataset", "external_id", ("entry", "exit"))}),
        ID,
    )
    help_texts: ClassVar[Any] = {
        "entry": _("YYYY, YYYY-MM or YYYY-MM-DD. Blank: not coded."),
        "exit": _("Blank: still a member at the end of their data, or not coded."),
    }
    autocomplete_fields = ("agreement", "dataset", "state")
    list_display = (
        "state",
        "agreement",
        "dataset",
        dated(MemberSpell, "entry"),
        dated(MemberSpell, "exit"),
        "participation",
    )
    list_filter = ("dataset", ("state", admin.RelatedOnlyFieldListFilter))
    list_select_related = (
        "state",
        "agreement",
        "dataset",
        "participation__state",
        "participation__agreement",
    )
    search_fields = (*ABOUT_AGREEMENT, "state__name", "state__name_ru")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Participations under their names, in one query."""
        if db_field.name == "participation":
            options["queryset"] = Participation.objects.select_related("state", "agreement")
        return super().formfield_for_foreignkey(db_field, request, **options)


class DifferenceForm(RecordForm):
    """A difference; both values as JSON, kept as given."""

    ours = ForeignField(
        label=_("Ours"),
        required=False,
        help_text=_('As JSON: "1997-08-29" or ["a", "b"]. Blank: we have none.'),
    )
    theirs = ForeignField(
        label=_("Theirs"),
        required=False,
        help_text=_('As JSON: "1997-08-29" or ["a", "b"]. Blank: they have none.'),
    )


@admin.register(Difference)
class DifferenceAdmin(RecordAdmin):
    """Where data sets and our records differ."""

    form = DifferenceForm
    fieldsets = (
        (_("What is compared"), {"fields": ("agreement", "dataset", "field")}),
        (_("The two values"), {"fields": ("ours", "theirs", "theirs_codes")}),
        (_("Why they differ"), {"fields": ("kind", "comment")}),
        ID,
    )
    help_texts: ClassVar[Any] = {"theirs_codes": _("As they write it. Blank: no code.")}
    autocomplete_fields = ("agreement", "dataset")
    list_display = ("agreement", "field", "kind", "dataset", "comment")
    list_display_links = ("agreement", "field")
    list_filter = ("kind", "dataset")
    list_select_related = ("agreement", "dataset")
    search_fields = (*ABOUT_AGREEMENT, "field", "comment")
