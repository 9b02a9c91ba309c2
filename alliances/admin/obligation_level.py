"""Room 4: the rungs of the scale."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alliances.admin.record import RecordAdmin
from alliances.models import ObligationLevel


@admin.register(ObligationLevel)
class ObligationLevelAdmin(RecordAdmin):
    """The rungs of the scale: their wording is data, their codes and order are not."""

    fieldsets = (
        (_("The rung"), {"fields": (("rank", "ref"), "label", "definition", "requirement")}),
        (_("Beside other codings"), {"fields": ("atop_mapping", "other_codings")}),
        (_("Why its place is contested"), {"fields": ("contested",)}),
    )
    help_texts: ClassVar[Any] = {
        "requirement": _("Blank: nothing more than the definition."),
        "atop_mapping": _("The ATOP types that it corresponds to. Blank: none."),
        "other_codings": _("What other data sets call it. Blank: not compared."),
    }
    readonly_fields = ("rank",)
    list_display = ("label", "rank", "ref", "definition")
    search_fields = ("label", "ref")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The scale has its rungs."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """And keeps them."""
        return False
