"""Proposals are kept, sent on, sent back and set aside; `publishing` makes them the record."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from alliances.dossier.records import Form
from alliances.dossier.schema import Noun
from alliances.models import Proposal, ProposalNote
from alliances.models.base import LOADER
from alliances.rules.publishing import STEPS, Need, Rights, Whose, gaps, steps_open
from alliances.vocabulary import ProposalStep, Stage


class NotOpen(Exception):
    """A step that is not open: to this person, at this stage, or since the page was made."""


class Unready(Exception):
    """What a proposal lacks before it can be sent on."""

    def __init__(self, lacking: list[Need]) -> None:
        super().__init__(*(str(need.words) for need in lacking))
        self.lacking = lacking


def rights_of(user: Any, noun: str = "") -> Rights:
    """What an account may do with proposals; whether it may propose, of one kind of record."""
    return Rights(
        propose=bool(noun) and user.has_perm(f"alliances.change_{noun}"),
        review=user.has_perm("alliances.review_proposal"),
        publish_own=user.has_perm("alliances.publish_own_proposal"),
    )


@transaction.atomic
def keep(
    noun: Noun, base: Form | None, form: Form | None, *, author: Any, reason: str, title: str
) -> Proposal:
    """Keep a change: as its author's draft, or in review where nobody is its author."""
    ref = (form or base or {})["id"]
    proposal = Proposal.objects.create(
        noun=noun.name,
        ref=ref,
        title=Truncator(title).chars(600),
        base=base,
        form=form,
        stage=Stage.DRAFT if author else Stage.IN_REVIEW,
        reason=reason,
        author=author,
        author_name=author.get_username() if author else LOADER,
    )
    _note(proposal, author)
    return proposal


@transaction.atomic
def looked_at(noun: Noun, form: Form, *, by: Any, reason: str, title: str) -> Proposal:
    """Note that somebody looked at a record and found nothing to change."""
    proposal = keep(noun, form, form, author=by, reason=reason, title=title)
    proposal.stage = Stage.SET_ASIDE
    _save(proposal)
    _note(proposal, by)
    return proposal


@transaction.atomic
def keep_again(
    proposal: Proposal, form: Form | None, *, base: Form | None, reason: str, by: Any
) -> Proposal:
    """Keep a draft as its author changed it. Raises NotOpen."""
    proposal = locked(proposal, proposal.number)
    if proposal.stage != Stage.DRAFT or proposal.author != by:
        raise NotOpen
    proposal.form, proposal.base, proposal.reason = form, base, reason
    _save(proposal)
    return proposal


def open_steps(proposal: Proposal, user: Any) -> list[ProposalStep]:
    """The steps that somebody may take with a proposal as it is."""
    if proposal.author_id is None:
        whose = Whose.NOBODYS
    else:
        whose = Whose.MINE if proposal.author_id == user.pk else Whose.ANOTHERS
    return steps_open(Stage(proposal.stage), whose, rights_of(user, proposal.noun))


def lacks(proposal: Proposal) -> list[Need]:
    """What the proposal would make worse, and so must be mended before it is sent on."""
    return gaps(proposal.noun, proposal.form, proposal.base)


@transaction.atomic
def take(step: ProposalStep, proposal: Proposal, *, number: int, by: Any, note: str) -> Proposal:
    """Send on, send back, take up or set aside what stood under `number`.

    Raises NotOpen and Unready.
    """
    proposal = locked(proposal, number)
    require(step, proposal, by)
    if step == ProposalStep.SUBMIT and lacks(proposal):
        raise Unready(lacks(proposal))
    if step == ProposalStep.TAKE_UP:
        proposal.author, proposal.author_name = by, by.get_username()
    proposal.stage = STEPS[step][1]
    _save(proposal)
    _note(proposal, by, note)
    return proposal


def locked(proposal: Proposal, number: int) -> Proposal:
    """The proposal as it is now, held until the transaction ends. Raises NotOpen if it moved on."""
    now = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if now.number != number:
        raise NotOpen
    return now


def require(step: ProposalStep, proposal: Proposal, by: Any) -> None:
    """Raise NotOpen unless the step is open."""
    if step not in open_steps(proposal, by):
        raise NotOpen


def mark_published(proposal: Proposal, by: Any, note: str) -> None:
    """Say on the proposal that it is the record now; its moment is the history's."""
    proposal.stage, proposal.reviewer_name = Stage.PUBLISHED, by.get_username()
    _save(proposal)
    _note(proposal, by, note)


def _save(proposal: Proposal) -> None:
    proposal.number += 1
    proposal.changed_at = timezone.now()
    proposal.save()


def _note(proposal: Proposal, by: Any, note: str = "") -> None:
    by_name = by.get_username() if by else LOADER
    ProposalNote.objects.create(proposal=proposal, by_name=by_name, stage=proposal.stage, note=note)
