"""Room 4: proposed changes: who proposed what, the review field by field, and the steps."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from alliances.admin.forms import REASON_LENGTH
from alliances.admin.sheets import sheet_view
from alliances.admin.steps import TakesStepsTogether, taken
from alliances.dossier.ties import References
from alliances.models import Proposal
from alliances.proposals.differing import choices, differences
from alliances.proposals.keeping import NotOpen, keep_again, lacks, open_steps, rights_of
from alliances.proposals.merging import merge
from alliances.proposals.nouns import BY_NAME, published_form
from alliances.proposals.publishing import undo
from alliances.rules.publishing import needs
from alliances.vocabulary import ProposalStep, Stage


@admin.register(Proposal)
class ProposalAdmin(TakesStepsTogether, admin.ModelAdmin):
    """What editors propose. A page of the records' own kind edits a draft; this one reviews it."""

    list_display = ("title", "noun", "what", "stage", "author_name", "changed_at", "reason")
    list_filter = ("stage", "noun", "author_name")
    search_fields = ("title", "ref", "reason")
    list_per_page = 50
    actions = ("submit_selected", "publish_selected", "set_aside_selected")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They come from records' pages."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They are set aside, and stay."""
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        """All but the drafts of others."""
        found = super().get_queryset(request)
        all_drafts = rights_of(request.user).publish_own
        return found.seen_by(request.user, all_drafts=all_drafts)  # type: ignore[attr-defined]

    @admin.display(description=_("what"))
    def what(self, proposal: Proposal) -> str:
        """Whether the record is new, changed or to go."""
        return str(kind_of_change(proposal))

    def get_urls(self) -> Any:
        """With a page for spreadsheets, and two of a proposal: its form, the choices of a merge."""
        wrap, name = self.admin_site.admin_view, "alliances_proposal_%s"
        return [
            path("sheet/", wrap(self.sheet_view), name=name % "sheet"),
            path("<path:object_id>/edit/", wrap(self.edit_view), name=name % "edit"),
            path("<path:object_id>/merge/", wrap(self.merge_view), name=name % "merge"),
            *super().get_urls(),
        ]

    def found(self, request: HttpRequest, object_id: str) -> Proposal:
        """The proposal, if this editor may see it. Raises Http404 and PermissionDenied."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        proposal = self.get_object(request, unquote(object_id))
        if proposal is None:
            raise Http404
        return proposal

    def change_view(self, request: Any, object_id: str, *_args: Any, **_options: Any) -> Any:
        """The review; a step that is posted is taken."""
        proposal = self.found(request, object_id)
        if request.method == "POST":
            return self._step(request, proposal)
        return TemplateResponse(
            request, "admin/alliances/proposal/review.html", self._review(request, proposal)
        )

    def _step(self, request: HttpRequest, proposal: Proposal) -> HttpResponse:
        asked, note = request.POST.get("step", ""), request.POST.get("note", "").strip()
        number = request.POST.get("number", "")
        if asked == "undo" and self._may_undo(request, proposal):
            reason = say("Undoes: %(reason)s") % {"reason": proposal.reason or proposal.title}
            made = undo(proposal, by=request.user, reason=reason[:REASON_LENGTH])
            return redirect("admin:alliances_proposal_change", made.pk)
        if asked not in open_steps(proposal, request.user) or not number.isdecimal():
            raise PermissionDenied
        taken(request, ProposalStep(asked), proposal, number=int(number), note=note)
        return redirect("admin:alliances_proposal_change", proposal.pk)

    def _review(self, request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
        noun, found = BY_NAME[proposal.noun], References()
        now = published_form(noun, proposal.ref) if proposal.is_open else proposal.base
        return {
            **self.admin_site.each_context(request),
            "title": str(proposal),
            "opts": self.opts,
            "proposal": proposal,
            "what": kind_of_change(proposal),
            "noun": noun.model._meta.verbose_name,
            "differences": differences(noun, proposal.base, proposal.form, found),
            "meanwhile": differences(noun, proposal.base, now, found),
            "lacking": lacks(proposal),
            "needs": needs(proposal.noun, proposal.form),
            "steps": open_steps(proposal, request.user),
            "is_my_draft": _is_draft_of(proposal, request.user),
            "undoable": self._may_undo(request, proposal),
            "notes": proposal.steps.all(),
            "record": _page_of(self.admin_site, proposal),
        }

    def _may_undo(self, request: HttpRequest, proposal: Proposal) -> bool:
        is_published = proposal.stage == Stage.PUBLISHED
        return is_published and self._desk(proposal).has_change_permission(request)

    def _desk(self, proposal: Proposal) -> Any:
        """The pages of the kind of record that is proposed."""
        return self.admin_site._registry[BY_NAME[proposal.noun].model]

    def sheet_view(self, request: HttpRequest) -> HttpResponse:
        """Propose many changes at once, from a spreadsheet."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        registry = self.admin_site._registry

        def may_propose(model: Any) -> bool:
            desk = registry[model]
            return desk.has_add_permission(request) and desk.has_change_permission(request)

        return sheet_view(request, self.admin_site, may_propose)

    def edit_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The record's own form, filled with the draft; for its author."""
        proposal = self.found(request, object_id)
        if proposal.is_withdrawal or not _is_draft_of(proposal, request.user):
            raise PermissionDenied
        return self._desk(proposal).draft_view(request, proposal)

    def merge_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The draft laid on what was published meanwhile; where both changed a field, a choice."""
        proposal = self.found(request, object_id)
        if not _is_draft_of(proposal, request.user):
            raise PermissionDenied
        noun = BY_NAME[proposal.noun]
        now = published_form(noun, proposal.ref)
        merged = merge(
            proposal.base,
            proposal.form,
            now,
            {name: str(value) for name, value in request.POST.items()},
        )
        if request.method == "POST" and not merged.conflicts:
            return self._merged(request, proposal, now, merged.form)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Both changed: %(record)s") % {"record": proposal},
            "opts": self.opts,
            "proposal": proposal,
            "choices": list(choices(noun, merged.conflicts, References())),
            "unchosen": request.method == "POST",
        }
        return TemplateResponse(request, "admin/alliances/proposal/merge.html", context)

    def _merged(
        self, request: HttpRequest, proposal: Proposal, now: Any, form: Any
    ) -> HttpResponse:
        page = redirect("admin:alliances_proposal_change", proposal.pk)
        if request.POST.get("number") != str(proposal.number):
            messages.error(request, say("It changed since you opened it. Look at it again."))
            return page
        if form is None and now is None:
            messages.error(request, say("The record is gone, and so is what this would change."))
            return page
        try:
            keep_again(proposal, form, base=now, reason=proposal.reason, by=request.user)
        except NotOpen:
            messages.error(request, say("It changed since you opened it. Look at it again."))
        else:
            messages.success(request, say("Laid on what is published now. Look at it once more."))
        return page


def _is_draft_of(proposal: Proposal, user: Any) -> bool:
    return proposal.stage == Stage.DRAFT and proposal.author == user


def kind_of_change(proposal: Proposal) -> Any:
    """What a proposal does to its record, in a word or two."""
    if proposal.is_new:
        return _("new record")
    return _("withdrawal") if proposal.is_withdrawal else _("change")


def _page_of(site: Any, proposal: Proposal) -> str:
    """The admin page of the published record; nothing where there is none."""
    model = BY_NAME[proposal.noun].model
    pk = model._default_manager.filter(ref=proposal.ref).values_list("pk", flat=True).first()
    name = f"{site.name}:alliances_{proposal.noun}_change"
    return reverse(name, args=[pk]) if pk else ""
