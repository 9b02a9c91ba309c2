"""Room 4: for which pairs of states agreements were looked for, and up to when."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliances.admin.record import ID, RecordAdmin, dated
from alliances.models import Agreement, Coverage


@admin.register(Coverage)
class CoverageAdmin(RecordAdmin):
    """What was researched. A pair without a row was not."""

    fieldsets = (
        (_("The pair"), {"fields": (("promisor", "partner"), "named_in_article")}),
        (_("What was looked for"), {"fields": ("scope", "researched_to")}),
        ID,
    )
    autocomplete_fields = ("promisor", "partner")
    list_display = (
        "partner",
        "promisor",
        dated(Coverage, "researched_to"),
        "scope",
        "named_in_article",
        "ref",
    )
    list_filter = ("scope", "named_in_article")
    list_select_related = ("promisor", "partner")
    search_fields = tuple(
        f"{side}__{name}" for side in ("partner", "promisor") for name in ("name", "name_ru", "ref")
    )

    def judged(self, record: Coverage) -> list[int]:
        """Every agreement: a stored status speaks from the day to which research reaches."""
        return list(Agreement.objects.values_list("pk", flat=True))
