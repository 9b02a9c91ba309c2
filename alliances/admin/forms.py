"""Room 4: the forms behind every admin page and inline; one reason for all that is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from alliances.admin.refs import give_ref
from alliances.dossier.records import Change
from alliances.models import Proposal

REASON_LENGTH = 100
MADE_FOR_YOU = {"ref": _("Never changes; made when the row is first saved.")}


class RowForm(forms.ModelForm):
    """A tracked row that is written, with the reason for it, only where it differs."""

    class Meta:
        help_texts = MADE_FOR_YOU

    def _post_clean(self) -> None:
        """Let the model judge only what could be read: its rules need values in every field."""
        if not self.errors:
            super()._post_clean()  # type: ignore[misc]

    def write(self, edit: Change) -> None:
        """Save the row if it is new or one of its own columns changed."""
        if self.instance._state.adding:
            give_ref(self.instance)
        elif not {field.name for field in self.instance._meta.fields} & set(self.changed_data):
            return
        edit.mark(self.instance).save()


class RecordForm(RowForm):
    """A record's page: asks why, and shows what contradicts other records."""

    class Meta:
        help_texts: ClassVar[Any] = {}

    change_reason = forms.CharField(
        label=_("Why this change?"),
        max_length=REASON_LENGTH,
        widget=AdminTextInputWidget,
        help_text=_(
            "Every reader sees it beside what changed; your name only if you chose a public one. "
            "At most 100 characters."
        ),
    )
    # Set by the page for each request.
    editor: Any = None
    draft: Proposal | None = None
    contradictions: Sequence[str] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        is_new = self.draft.is_new if self.draft else self.instance._state.adding
        self.fields["change_reason"].required = not is_new
        if self.draft:
            self.initial["change_reason"] = self.draft.reason

    def clean(self) -> dict[str, Any] | None:
        """Refuse what an attempt to save has shown to be contradictory."""
        for contradiction in self.contradictions:
            self.add_error(None, contradiction)
        return super().clean()

    @cached_property
    def changed_data(self) -> list[str]:
        """The fields of the record that changed; the reason is none of them."""
        return [name for name in super().changed_data if name != "change_reason"]

    @cached_property
    def edit(self) -> Change:
        """What the history says of all that this form saves: one reason, person and moment."""
        return Change(self.cleaned_data["change_reason"], self.editor)
