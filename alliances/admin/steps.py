"""Room 4: a step is taken with a proposal, or with several, and what came of it is said."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from alliances.dossier.writing import Unfit
from alliances.models import Proposal
from alliances.proposals.keeping import NotOpen, Unready, open_steps, take
from alliances.proposals.publishing import Contradictory, Moved, publish
from alliances.vocabulary import ProposalStep

DONE = {
    ProposalStep.SUBMIT: _("Sent to review. A reviewer publishes it or sends it back."),
    ProposalStep.SEND_BACK: _("Sent back to its author."),
    ProposalStep.TAKE_UP: _("It is your draft now."),
    ProposalStep.PUBLISH: _("Published. Readers see it now."),
    ProposalStep.SET_ASIDE: _("Set aside. The record is as it was."),
}
# The buttons under a form that do more than keep a draft.
BUTTONS = {"_publish": ProposalStep.PUBLISH, "_submit": ProposalStep.SUBMIT}


def pressed(request: HttpRequest, draft: Proposal) -> None:
    """Take the step of the button by which a draft was kept, if it is open to its author."""
    step = next((step for name, step in BUTTONS.items() if name in request.POST), None)
    if step in open_steps(draft, request.user):
        taken(request, step, draft, number=draft.number)
    else:
        messages.success(request, say("Kept as a draft. Nobody else sees it yet."))


def taken(
    request: HttpRequest, step: ProposalStep, proposal: Proposal, *, number: int, note: str = ""
) -> None:
    """Take a step with what stood under `number`, and say what came of it."""
    try:
        if step == ProposalStep.PUBLISH:
            publish(proposal, number=number, by=request.user, note=note)
        else:
            take(step, proposal, number=number, by=request.user, note=note)
    except NotOpen:
        messages.error(request, say("It changed since you opened it. Look at it again."))
    except Moved:
        messages.error(request, say("The record changed since this was proposed; see below."))
    except Unready as unready:
        lacking = ((need.ref, need.words) for need in unready.lacking)
        words = say("It cannot be sent on yet. It lacks:")
        listed = format_html_join("", "<li>{}: {}</li>", lacking)
        messages.error(request, format_html("{}<ul>{}</ul>", words, listed))
    except Contradictory as contradictory:
        messages.error(request, " ".join(contradictory.args))
    except Unfit as unfit:
        messages.error(request, f"{unfit.record}: {unfit.field}: {unfit.reason}")
    else:
        messages.success(request, DONE[step])


class TakesStepsTogether:
    """A list of proposals whose steps are taken several at once; to stand before a ModelAdmin."""

    admin_site: Any
    opts: Any

    @admin.action(description=ProposalStep.SUBMIT.label)
    def submit_selected(self, request: HttpRequest, queryset: Any) -> Any:
        """Counted first."""
        return self._together(request, queryset, ProposalStep.SUBMIT)

    @admin.action(description=ProposalStep.PUBLISH.label)
    def publish_selected(self, request: HttpRequest, queryset: Any) -> Any:
        """Counted first."""
        return self._together(request, queryset, ProposalStep.PUBLISH)

    @admin.action(description=ProposalStep.SET_ASIDE.label)
    def set_aside_selected(self, request: HttpRequest, queryset: Any) -> Any:
        """Counted first."""
        return self._together(request, queryset, ProposalStep.SET_ASIDE)

    def _together(self, request: Any, queryset: Any, step: ProposalStep) -> Any:
        """Say for how many the step is open, and take it once that was confirmed."""
        chosen = queryset.order_by("changed_at")
        ready = [each for each in chosen if step in open_steps(each, request.user)]
        if "confirmed" in request.POST:
            for proposal in ready:
                number = request.POST.get(f"number-{proposal.pk}", "")
                if number.isdecimal():
                    taken(request, step, proposal, number=int(number))
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": step.label,
            "opts": self.opts,
            "step": step,
            "action": request.POST["action"],
            "ready": ready,
            "others": len(chosen) - len(ready),
        }
        return TemplateResponse(request, "admin/alliances/proposal/together.html", context)
