"""Room 4: what a record's page does with what an editor typed: it is kept as a proposal.

The page saves in the ordinary way, on the record as the page showed it; the result is exported,
all is rolled back, and the exported form is proposed.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from alliances.admin.made_from import MadeFrom
from alliances.admin.steps import pressed
from alliances.dossier.records import Form, export_record
from alliances.dossier.schema import Noun
from alliances.models import Proposal
from alliances.proposals.keeping import keep, keep_again, looked_at, rights_of
from alliances.proposals.merging import merge
from alliances.proposals.nouns import find, noun_of, published_form, record_of
from alliances.proposals.standing import standing_as
from alliances.rules.publishing import needs


class Contradiction(Exception):
    """What was saved contradicts itself; the transaction that saved it is undone."""

    def __init__(self, messages: Any) -> None:
        super().__init__(*messages)
        self.messages = messages


class ProposesChanges:
    """A record's change page whose saves are proposals; to stand before a ModelAdmin."""

    change_form_template = "admin/alliances/record/change_form.html"
    model: Any

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        """Show the record, or keep what was typed."""
        if request.method == "POST":
            sent = request.POST.get("made_from", "")
            made_from = MadeFrom.read(sent) if object_id or sent else MadeFrom()
            if made_from.proposal:
                raise PermissionDenied
            return self.answered(request, made_from, object_id, form_url, extra_context)
        record = self.get_object(request, object_id) if object_id else None  # type: ignore[attr-defined]
        made_from = MadeFrom()
        if record is not None:
            made_from = MadeFrom.record(noun_of(self.model), record_of(record))
        context = self.context(request, made_from, extra_context)
        return super().changeform_view(request, object_id, form_url, context)  # type: ignore[misc]

    def draft_view(self, request: Any, proposal: Proposal) -> HttpResponse:
        """The same page, of a draft: the record as the draft has it."""
        request.draft = proposal
        made_from = MadeFrom.draft(proposal)
        if request.method == "POST":
            made_from = MadeFrom.read(request.POST.get("made_from", ""))
            if made_from.proposal != proposal.pk:
                raise PermissionDenied
            return self.answered(request, made_from, None, "", {"proposal": proposal})
        with standing_as(noun_of(self.model), proposal.form, proposal.ref) as record:
            context = self.context(request, made_from, {"proposal": proposal})
            page = super().changeform_view(request, str(record.pk), "", context)  # type: ignore[misc]
            return page.render()

    def context(self, request: HttpRequest, made_from: MadeFrom, more: Any) -> dict[str, Any]:
        """What the page shows beside the form."""
        noun = noun_of(self.model)
        waiting = Proposal.objects.open().of(noun.name, made_from.ref)
        rights = rights_of(request.user)
        seen = waiting.seen_by(request.user, all_drafts=rights.publish_own)
        return {
            **(more or {}),
            "made_from": made_from.signed() if made_from.ref else "",
            "waiting": [each for each in seen if each.pk != made_from.proposal],
            "needs": needs(noun.name, made_from.shown),
            "may_publish": rights.publish_own,
        }

    def answered(
        self,
        request: HttpRequest,
        made_from: MadeFrom,
        object_id: str | None,
        form_url: str,
        extra_context: Any,
    ) -> Any:
        """The form again with what is wrong in it, or the page of what was proposed."""
        noun = noun_of(self.model)
        with standing_as(noun, made_from.shown, made_from.ref) as record:
            if made_from.proposal:
                object_id = str(record.pk)
            context = self.context(request, made_from, extra_context)
            page = self._tried(request, object_id, form_url, context)
            saved = getattr(request, "saved", None)
            if saved is None:
                return page.render() if hasattr(page, "render") else page
            record = record_of(saved)
            if made_from.ref not in ("", record.ref):
                # Made for another record's page.
                raise PermissionDenied
            form = export_record(noun, find(noun, record.ref))
        return self._proposed(request, made_from, form, str(record))

    def _tried(self, request: Any, object_id: Any, form_url: str, context: Any) -> Any:
        """Save all or nothing; what the rules refuse comes back as the form with its messages."""
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, context)  # type: ignore[misc]
        except Contradiction as contradiction:
            request.contradictions = contradiction.messages
        except IntegrityError as error:
            refused = _("The database refused this: %(error)s") % {"error": error}
            request.contradictions = [refused]
        return super().changeform_view(request, object_id, form_url, context)  # type: ignore[misc]

    def response_add(self, request: Any, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        """It is rolled back and proposed; `answered` says where to go on."""
        request.saved = obj
        return HttpResponse()

    def response_change(self, request: Any, obj: Any) -> HttpResponse:
        """It is rolled back and proposed; `answered` says where to go on."""
        request.saved = obj
        return HttpResponse()

    def _proposed(
        self, request: HttpRequest, made_from: MadeFrom, form: Form, title: str
    ) -> HttpResponse:
        noun, reason = noun_of(self.model), request.POST.get("change_reason", "").strip()
        if form == made_from.shown and not made_from.proposal:
            if "_looked" in request.POST:
                looked_at(noun, form, by=request.user, reason=reason, title=title)
                messages.success(request, say("Noted: looked at today, nothing to change."))
            else:
                messages.info(request, say("Nothing was changed."))
            return redirect(request.get_full_path())
        now = published_form(noun, form["id"])
        # A page that was made from nothing, such as that of a new clause, saw nothing to overwrite.
        base = made_from.base if made_from.ref else now
        has_moved = now != base
        if has_moved and not (merged := merge(base, form, now)).conflicts:
            base, form = now, merged.form
        proposal = kept(request, noun, made_from, base, form, reason, title)
        if has_moved:
            words = _(
                "Somebody published a change of this record after you opened it. "
                "Yours is kept as a draft: look at both before you send it on."
            )
            messages.warning(request, words)
        else:
            pressed(request, proposal)
        return redirect("admin:alliances_proposal_change", proposal.pk)


def kept(
    request: HttpRequest,
    noun: Noun,
    made_from: MadeFrom,
    base: Form | None,
    form: Form,
    reason: str,
    title: str,
) -> Proposal:
    """Keep what was typed: in the draft that the page showed, unless that has changed since."""
    draft = Proposal.objects.filter(pk=made_from.proposal or 0, number=made_from.number).first()
    if draft is not None:
        return keep_again(draft, form, base=base, reason=reason, by=request.user)
    if made_from.proposal:
        words = _("The draft was changed in another window. Yours is kept as a draft of its own.")
        messages.warning(request, words)
    return keep(noun, base, form, author=request.user, reason=reason, title=title)
