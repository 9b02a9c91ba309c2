"""Room 4: clauses, on their agreement's page and on their own; their sides are ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alliances.admin.forms import RecordForm, RowForm
from alliances.admin.record import ID, BlocksInline, RecordAdmin, dated
from alliances.dossier.records import Change
from alliances.models import Obligation, ObligationSide, State
from alliances.vocabulary import AtopType, Role

CLAUSE: Any = (
    (_("The clause"), {"fields": (("article", "article_seen"), "level", "atop_types")}),
    (_("Who promises whom"), {"fields": ("mutual", ("owes", "owed"))}),
    (
        _("When it applies"),
        {"fields": ("trigger", "trigger_code", ("applies_from", "applies_until"))},
    ),
    (_("Its words"), {"fields": ("wording", "source")}),
    (_("How far to trust it"), {"fields": ("confidence", "note")}),
    ID,
)
CHOICES = {"class": "choices"}
HELP = {
    "article_seen": _("Untick for a number that is recalled: readers see it as unconfirmed."),
    "trigger": _("What sets it off (casus foederis), in words. Blank: not stated."),
    "wording": _(
        "A short quotation; the note says when it is translated or a press summary. "
        "It needs its source. Blank: not quoted."
    ),
    "source": _("Where the clause or its wording was found. Blank: not recorded."),
}


def _side(label: Any) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        State.objects.all(),
        label=label,
        required=False,
        help_text=_(
            "For an obligation that is not mutual; a state must take part before it is ticked. "
            "Blank: mutual."
        ),
    )


class ClauseForm(RowForm):
    """A clause with its sides, which are rows of their own."""

    atop_types = forms.MultipleChoiceField(
        label=_("ATOP types"),
        choices=AtopType.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(CHOICES),
        help_text=_("The kinds by which ATOP would code it. Blank: none."),
    )
    owes = _side(_("Who owes it"))
    owed = _side(_("To whom"))
    # The states to choose from; None where the agreement is not known yet.
    parties: Sequence[State] | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for role in Role:
            self._offer(self.fields[role.value])
            if not self.instance._state.adding:
                sides = self.instance.sides.all()
                self.initial[role.value] = [side.state_id for side in sides if side.role == role]

    def _offer(self, field: Any) -> None:
        if self.parties is None:
            state = ObligationSide._meta.get_field("state")
            field.widget = AutocompleteSelectMultiple(state, admin.site)
            field.widget.choices = field.choices
            return
        field.queryset = State.objects.filter(pk__in=[party.pk for party in self.parties])
        field.widget = forms.CheckboxSelectMultiple(CHOICES)
        field.choices = [(party.pk, party.name) for party in self.parties]

    def write(self, edit: Change) -> None:
        """Save the clause, then the sides that differ."""
        super().write(edit)
        for role in Role:
            if role.value in self.changed_data:
                self._write_side(role, edit)

    def _write_side(self, role: Role, edit: Change) -> None:
        wanted = {state.pk: state for state in self.cleaned_data[role.value]}
        for side in ObligationSide.objects.filter(obligation=self.instance, role=role):
            if wanted.pop(side.state_id, None) is None:
                edit.mark(side).delete()
        for state in wanted.values():
            edit.mark(ObligationSide(obligation=self.instance, state=state, role=role)).save()


class ClausePageForm(ClauseForm, RecordForm):
    """A clause on a page of its own."""


class SidesInWords:
    """The sides as those read them who may look and not change."""

    @admin.display(description=_("Who owes it"))
    def owes(self, clause: Obligation) -> str:
        """The states that give the promise."""
        return ", ".join(state.name for state in clause.owing)

    @admin.display(description=_("To whom"))
    def owed(self, clause: Obligation) -> str:
        """The states to which it is made."""
        return ", ".join(state.name for state in clause.owed)


class ObligationInline(SidesInWords, BlocksInline):
    """The clauses of an agreement."""

    model = Obligation
    fk_name = "agreement"
    form = ClauseForm
    fieldsets = CLAUSE
    help_texts: ClassVar[Any] = HELP
    autocomplete_fields = ("level", "source")
    readonly_fields = ("ref",)
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> Any:
        """With the level that names a clause and the sides that its form ticks."""
        rows = super().get_queryset(request)
        return rows.select_related("level").prefetch_related("sides__state")

    def get_formset(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        """The agreement's parties are the sides to choose from."""
        formset = super().get_formset(request, obj, **options)
        formset.form.parties = obj.states if obj else None  # type: ignore[attr-defined]
        return formset


@admin.register(Obligation)
class ObligationAdmin(SidesInWords, RecordAdmin):
    """Clauses on pages of their own."""

    form = ClausePageForm
    fieldsets = ((_("The agreement"), {"fields": ("agreement",)}), *CLAUSE)
    help_texts: ClassVar[Any] = HELP
    autocomplete_fields = ("agreement", "level", "source")
    list_display = (
        "agreement",
        "article",
        "level",
        "mutual",
        "trigger_code",
        dated(Obligation, "applies_from"),
        dated(Obligation, "applies_until"),
        "confidence",
    )
    list_display_links = ("article", "agreement")
    list_filter = ("level", "mutual", "trigger_code", "article_seen", "confidence")
    list_select_related = ("agreement", "level")
    search_fields = (
        "ref",
        "article",
        "wording",
        "trigger",
        "agreement__title",
        "agreement__short_title",
        "agreement__native_title",
    )
    ordering = ("agreement__short_title", "pk")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A clause stays with its agreement, which its permanent id names."""
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "agreement") if obj else fields

    def get_form(self, request: HttpRequest, obj: Any = None, **options: Any) -> Any:
        """The agreement's parties are the sides to choose from."""
        form = super().get_form(request, obj, **options)
        form.parties = obj.agreement.states if obj else None
        return form

    def judged(self, record: Obligation) -> list[int]:
        """Its agreement."""
        return [record.agreement_id]

    def histories(self, pk: int) -> list[Any]:
        """Its own and its sides'."""
        return [*super().histories(pk), ObligationSide.history.filter(obligation=pk)]
