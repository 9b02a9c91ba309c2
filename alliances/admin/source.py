"""Room 4: sources, and the articles among them that are checked."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from alliances.admin.record import ID, RecordAdmin, dated
from alliances.models import Article, Source


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    """The works that facts rest on."""

    fieldsets = (
        (_("The work"), {"fields": ("title", "publisher", ("published", "language"), "kind")}),
        (_("Where it is found"), {"fields": ("url", "archived_url")}),
        (_("How far to rely on it"), {"fields": ("seen", "note")}),
        ID,
    )
    help_texts: ClassVar[Any] = {"publisher": _("Blank: not known.")}
    prepopulated_fields: ClassVar[Any] = {"ref": ("publisher", "published")}
    list_display = (
        "title",
        "publisher",
        dated(Source, "published"),
        "kind",
        "language",
        "seen",
        "ref",
    )
    list_filter = ("kind", "seen", "language")
    search_fields = ("title", "publisher", "ref", "url")


@admin.register(Article)
class ArticleAdmin(RecordAdmin):
    """The articles whose sentences are checked."""

    fieldsets = (
        (_("The article"), {"fields": ("source", "section", "author", "file")}),
        (_("When it was published"), {"fields": (("not_before", "not_after"),)}),
        (_("Notes"), {"fields": ("notes",)}),
        ID,
    )
    help_texts: ClassVar[Any] = {
        "section": _("Of the publication. Blank: none."),
        "not_before": _("An inference; never shown as a date. Blank: no bound."),
        "not_after": _("An inference; never shown as a date. Blank: no bound."),
        "file": _("The name of our copy. Blank: none kept."),
        "notes": _("Caveats. Blank: none."),
    }
    autocomplete_fields = ("source",)
    list_display = ("source", "section", "author", dated(Article, "not_before"), "ref")
    list_select_related = ("source",)
    search_fields = ("source__title", "ref")
