"""Room 4: deletion that says why in the history of every row that goes."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected as django_delete_selected
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from alliances.admin.forms import REASON_LENGTH
from alliances.commitments import rebuilt_at_the_end
from alliances.dossier.records import Change


def reason_given(request: HttpRequest) -> str:
    """The reason on a confirmation page; nothing where it is missing or too long."""
    reason = request.POST.get("change_reason", "").strip()
    return reason if len(reason) <= REASON_LENGTH else ""


class DeletionWithReason:
    """The admin's deletions, one by one and each with a reason; to stand before a ModelAdmin."""

    actions = ("delete_selected",)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Ask again where the reason is missing."""
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)  # type: ignore[misc]
        if not reason_given(request):
            _ask(request)
            return HttpResponseRedirect(request.get_full_path())
        with rebuilt_at_the_end():
            return super().delete_view(request, object_id, extra_context)  # type: ignore[misc]

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """Delete one record."""
        Change(reason_given(request), request.user).delete(obj)

    @admin.action(permissions=["delete"], description=_("Delete selected %(verbose_name_plural)s"))
    def delete_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        """Delete several records at once, or none of them."""
        if "post" in request.POST and not reason_given(request):
            _ask(request)
            unconfirmed = request.POST.copy()
            del unconfirmed["post"]
            request.POST = unconfirmed  # type: ignore[assignment]
        with rebuilt_at_the_end():
            return django_delete_selected(self, request, queryset)  # type: ignore[arg-type]

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete them one by one: the history keeps the reason for each."""
        edit = Change(reason_given(request), request.user)
        for record in queryset:
            edit.delete(record)


def _ask(request: HttpRequest) -> None:
    messages.error(request, _("Say in at most 100 characters why it is to be deleted."))
