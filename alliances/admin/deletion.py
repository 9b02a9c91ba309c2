"""Room 4: records are withdrawn, not deleted: each withdrawal is a proposal with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected as django_delete_selected
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alliances.admin.forms import REASON_LENGTH
from alliances.admin.steps import pressed
from alliances.dossier.records import Form
from alliances.models import Proposal
from alliances.proposals.keeping import keep
from alliances.proposals.nouns import noun_of, published_form, record_of


def reason_given(request: HttpRequest) -> str:
    """The reason on a confirmation page; nothing where it is missing or too long."""
    reason = request.POST.get("change_reason", "").strip()
    return reason if len(reason) <= REASON_LENGTH else ""


class WithdrawsRecords:
    """The admin's deletions as proposed withdrawals, each with a reason; before a ModelAdmin."""

    actions = ("delete_selected",)
    delete_confirmation_template = "admin/alliances/record/delete_confirmation.html"
    delete_selected_confirmation_template = (
        "admin/alliances/record/delete_selected_confirmation.html"
    )

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Ask again where the reason is missing."""
        if request.method == "POST" and not reason_given(request):
            _ask(request)
            return HttpResponseRedirect(request.get_full_path())
        return super().delete_view(request, object_id, extra_context)  # type: ignore[misc]

    def delete_model(self, request: Any, obj: Model) -> None:
        """Propose that one record goes."""
        (request.withdrawal,) = _withdrawals(request, [obj])

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:
        """Nothing is deleted yet; the proposal keeps its own steps."""

    def response_delete(self, request: Any, obj_display: str, obj_id: int) -> HttpResponse:
        """Take the step that was asked for, and on to the proposal."""
        pressed(request, request.withdrawal)
        return redirect("admin:alliances_proposal_change", request.withdrawal.pk)

    @admin.action(
        permissions=["delete"], description=_("Withdraw selected %(verbose_name_plural)s")
    )
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Propose that several records go, or none of them; count them first."""
        if "post" in request.POST and not reason_given(request):
            _ask(request)
            unconfirmed = request.POST.copy()
            del unconfirmed["post"]
            request.POST = unconfirmed  # type: ignore[assignment]
        if "post" not in request.POST or self._is_barred(request, queryset):
            return django_delete_selected(self, request, queryset)  # type: ignore[arg-type]
        proposals = _withdrawals(request, queryset)
        for proposal in proposals:
            pressed(request, proposal)
        count = len(proposals)
        words = ngettext("%d withdrawal is proposed.", "%d withdrawals are proposed.", count)
        messages.info(request, words % count)
        return redirect("admin:alliances_proposal_changelist")

    def _is_barred(self, request: HttpRequest, queryset: QuerySet[Any]) -> bool:
        _names, _counts, perms_needed, protected = self.get_deleted_objects(queryset, request)  # type: ignore[attr-defined]
        return bool(perms_needed or protected)


@transaction.atomic
def _withdrawals(request: HttpRequest, rows: Iterable[Any]) -> list[Proposal]:
    """A draft for each record that goes, or loses some of its clauses; all of them or none."""
    gone: dict[Any, list[Any]] = {}
    for row in rows:
        gone.setdefault(record_of(row), []).append(row)
    return [_withdrawal(request, record, parts) for record, parts in gone.items()]


def _withdrawal(request: HttpRequest, record: Any, gone: list[Any]) -> Proposal:
    noun = noun_of(type(record))
    base = published_form(noun, record.ref)
    assert base is not None
    return keep(
        noun,
        base,
        None if record in gone else _without(base, {clause.ref for clause in gone}),
        author=request.user,
        reason=reason_given(request),
        title=str(record),
    )


def _without(base: Form, clauses: set[str]) -> Form:
    """An agreement's form without some of its clauses."""
    rest = [each for each in base["provisions"] if each["id"] not in clauses]
    form = {key: value for key, value in base.items() if key != "provisions"}
    return form | ({"provisions": rest} if rest else {})


def _ask(request: HttpRequest) -> None:
    messages.error(request, _("Say in at most 100 characters why it is to be withdrawn."))
