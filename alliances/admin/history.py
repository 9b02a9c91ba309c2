"""Room 4: a record's history: who changed what and why, two versions compared, and the way back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from alliances.admin.forms import REASON_LENGTH
from alliances.dossier.ties import References
from alliances.proposals.differing import differences
from alliances.proposals.keeping import keep
from alliances.proposals.nouns import noun_of, published_form, record_of
from alliances.proposals.past import form_at
from alliances.queries import changes_among


class ShowsHistory:
    """The history page of a record; to stand before a ModelAdmin."""

    model: Any
    inlines: Any
    opts: Any
    admin_site: Any

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Who changed the record, or what belongs to it; with `a` and `b`, what differs between."""
        record = self.get_object(request, unquote(object_id))  # type: ignore[attr-defined]
        if record is None:
            raise Http404
        if not self.has_view_or_change_permission(request, record):  # type: ignore[attr-defined]
            raise PermissionDenied
        edits = changes_among(self.histories(record.pk), self.model, record.pk)
        moments = {edit.when.isoformat(): edit.when for edit in edits}
        if request.method == "POST":
            return self._back_to(request, record, moments.get(request.POST.get("back_to", "")))
        older, newer = (moments.get(request.GET.get(name, "")) for name in ("a", "b"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(record)s") % {"record": record},
            "module_name": capfirst(self.opts.verbose_name_plural),
            "object": record,
            "opts": self.opts,
            "edits": edits,
            "older": older,
            "newer": newer,
            "differences": self._between(record, older, newer) if older and newer else None,
            "may_propose": self.has_change_permission(request, record),  # type: ignore[attr-defined]
        }
        return render(request, "admin/alliances/record/history.html", context)

    def histories(self, pk: int) -> list[Any]:
        """The history of the record and of every kind of row that belongs to it."""
        nested = [inline.model.history.filter(**{inline.fk_name: pk}) for inline in self.inlines]
        return [self.model.history.filter(id=pk), *nested]

    def _between(self, record: Any, older: datetime, newer: datetime) -> Any:
        noun, pk = noun_of(self.model), record_of(record).pk
        older_form, newer_form = form_at(noun, pk, older), form_at(noun, pk, newer)
        return differences(noun, older_form, newer_form, References())

    def _back_to(self, request: HttpRequest, record: Any, when: datetime | None) -> HttpResponse:
        """Propose that the whole record becomes what it was at a moment of its history."""
        if when is None or not self.has_change_permission(request, record):  # type: ignore[attr-defined]
            raise PermissionDenied
        noun, whole = noun_of(self.model), record_of(record)
        now, then = published_form(noun, whole.ref), form_at(noun, whole.pk, when)
        if now == then:
            messages.info(request, say("The record is as it was then."))
            return redirect(request.get_full_path())
        reason = say("Back to the version of %(when)s") % {"when": date_format(when, "Y-m-d H:i")}
        proposal = keep(
            noun, now, then, author=request.user, reason=reason[:REASON_LENGTH], title=str(whole)
        )
        return redirect("admin:alliances_proposal_change", proposal.pk)
