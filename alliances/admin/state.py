"""Room 4: states, present and past."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliances.admin.fields import LinesField
from alliances.admin.forms import RecordForm
from alliances.admin.record import RecordAdmin, dated
from alliances.models import State


class StateForm(RecordForm):
    """A state, its other names one on each line."""

    other_names = LinesField(
        label=_("Other names"), required=False, help_text=_("One on each line. Blank: none.")
    )


@admin.register(State)
class StateAdmin(RecordAdmin):
    """States, present and past."""

    form = StateForm
    fieldsets = (
        (
            _("Names"),
            {"fields": ("name", "official_name", "native_name", "name_ru", "other_names")},
        ),
        (_("Codes"), {"fields": ("ref", "slug", ("alpha2", "m49", "cow"))}),
        (_("Where"), {"fields": (("region", "subregion"),)}),
        (_("When"), {"fields": (("exists_from", "exists_until"), "continued_by")}),
    )
    help_texts: ClassVar[Any] = {
        "name_ru": _("Blank: not recorded."),
        "cow": _("Correlates of War; a state may share its predecessor's. Blank: it has none."),
    }
    prepopulated_fields: ClassVar[Any] = {"slug": ("name",)}
    autocomplete_fields = ("continued_by",)
    list_display = (
        "name",
        "ref",
        "region",
        "subregion",
        dated(State, "exists_from"),
        dated(State, "exists_until"),
        "continued_by",
    )
    list_filter = ("region", "subregion")
    list_select_related = ("continued_by",)
    search_fields = ("name", "official_name", "native_name", "name_ru", "other_names", "=ref")

    def judged(self, record: State) -> list[int]:
        """Every agreement in which it takes or took part."""
        return list(record.participations.values_list("agreement", flat=True))
