"""Room 4: what all admin pages and inlines share: fields, reasons, rules, history, deletion."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.db import models
from django.forms import TextInput, URLField
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from alliances.admin.deletion import WithdrawsRecords
from alliances.admin.fields import DateText
from alliances.admin.forms import MADE_FOR_YOU, RecordForm, RowForm
from alliances.admin.history import ShowsHistory
from alliances.admin.proposing import Contradiction, ProposesChanges
from alliances.admin.refs import MAKERS
from alliances.dossier.contradictions import agreement_contradictions
from alliances.filtersets.plain_text import PlainText
from alliances.models import Agreement
from alliances.models.fields import PartialDateField

ID: Any = (_("Its permanent id"), {"fields": ("ref",)})


def dated(model: type[models.Model], name: str) -> Callable[[Any], Any]:
    """A list column that shows a partial date and sorts by its first possible day."""
    heading = model._meta.get_field(name).verbose_name  # type: ignore[union-attr]

    @admin.display(description=heading, ordering=f"{name}_first")
    def column(record: Any) -> Any:
        return getattr(record, name)

    column.__name__ = f"day_{name}"
    return column


class EditorsFields:
    """Form fields as editors need them, on pages and inlines alike."""

    formfield_overrides: ClassVar[Any] = {
        PartialDateField: {
            "form_class": DateText,
            "widget": TextInput(attrs={"size": 12, "placeholder": "YYYY-MM-DD"}),
        },
        models.TextField: {
            "form_class": PlainText,
            "widget": AdminTextareaWidget(attrs={"rows": 4}),
        },
        models.URLField: {"form_class": partial(URLField, assume_scheme="https")},
    }
    # What a blank means, where the model's own help text does not say it.
    help_texts: ClassVar[Mapping[str, str | Promise]] = {}

    def formfield_for_dbfield(self, db_field: Any, request: Any, **options: Any) -> Any:
        """With this page's help text; other records have pages and proposals of their own."""
        if db_field.name in self.help_texts:
            options["help_text"] = self.help_texts[db_field.name]
        field = super().formfield_for_dbfield(db_field, request, **options)  # type: ignore[misc]
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            widget = field.widget
            widget.can_add_related = widget.can_change_related = widget.can_delete_related = False
        return field


class RowsInline(EditorsFields, admin.TabularInline):
    """Nested rows as lines of a table."""

    form = RowForm
    extra = 0


class BlocksInline(EditorsFields, admin.StackedInline):
    """Nested rows that need more room than a line."""

    form = RowForm
    extra = 0


class RecordAdmin(
    EditorsFields, ProposesChanges, WithdrawsRecords, ShowsHistory, SimpleHistoryAdmin
):
    """A record's pages. All that one request changes is proposed with one reason."""

    form = RecordForm
    list_per_page = 50

    class Media:
        css: ClassVar[Any] = {"all": ("css/admin.css",)}

    def get_urls(self) -> Any:
        """Without simple_history's page that puts an old version back past all rules."""
        return super(SimpleHistoryAdmin, self).get_urls()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A permanent id is made, or chosen once."""
        chosen_now = obj is None and self.model not in MAKERS
        return self.readonly_fields if chosen_now else (*self.readonly_fields, "ref")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Suggestions are for new records."""
        return {} if obj else self.prepopulated_fields

    def get_form(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        """The form that knows who edits, and what the rules found in a first attempt."""
        if self.model in MAKERS:
            options.setdefault("help_texts", MADE_FOR_YOU)
        form = super().get_form(request, obj, **options)
        form.editor = request.user
        form.draft = getattr(request, "draft", None)
        form.contradictions = getattr(request, "contradictions", ())
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the record's own row."""
        form.write(form.edit)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save and delete nested rows with the record's reason."""
        formset.save(commit=False)
        for gone in formset.deleted_objects:
            form.edit.delete(gone)
        for row in formset.forms:
            if row.has_changed() and row not in formset.deleted_forms:
                row.write(form.edit)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save what belongs to the record, then let the rules judge the whole."""
        super().save_related(request, form, formsets, change)
        agreements = Agreement.objects.with_facts().filter(pk__in=self.judged(form.instance))
        found = [str(finding) for _noun, finding in agreement_contradictions(agreements)]
        if found:
            raise Contradiction(found)

    def judged(self, record: Any) -> Sequence[int]:
        """The agreements that a change of this record could make contradictory."""
        return ()
