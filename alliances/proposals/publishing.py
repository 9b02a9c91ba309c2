"""A proposal becomes the record; a published one is undone by another. All in one transaction."""

from __future__ import annotations

from typing import Any

from alliances.commitments import rebuilt_at_the_end
from alliances.dossier.contradictions import contradictions_after
from alliances.dossier.records import Change, export_record
from alliances.dossier.writing import apply_record
from alliances.models import Proposal
from alliances.proposals.keeping import (
    Unready,
    keep,
    lacks,
    locked,
    mark_published,
    require,
)
from alliances.proposals.merging import MINE, merge
from alliances.proposals.nouns import BY_NAME, find, published_form
from alliances.vocabulary import ProposalStep


class Moved(Exception):
    """The record is no longer what the proposal was made from."""


class Contradictory(Exception):
    """What the rules find between the record, as proposed, and others."""


def publish(proposal: Proposal, *, number: int, by: Any, note: str = "") -> Proposal:
    """Make the record what the proposal says, if nothing has moved and nothing is lacking.

    Raises NotOpen, Moved, Unready, Contradictory, or the loader's Unfit; then nothing is done.
    """
    with rebuilt_at_the_end():
        proposal = locked(proposal, number)
        require(ProposalStep.PUBLISH, proposal, by)
        if lacks(proposal):
            raise Unready(lacks(proposal))
        noun = BY_NAME[proposal.noun]
        record = find(noun, proposal.ref)
        if (export_record(noun, record) if record else None) != proposal.base:
            raise Moved
        change = Change(proposal.reason, proposal.author or by)
        written = apply_record(noun, proposal.form, record, change)
        found = [str(each) for _noun, each in contradictions_after([written] if written else [])]
        if found:
            raise Contradictory(*found)
        proposal.published_at = change.at
        mark_published(proposal, by, note)
    return proposal


def undo(proposal: Proposal, *, by: Any, reason: str) -> Proposal:
    """A draft that takes a published change back and leaves later changes as they are.

    Where a later change touched the same place, it has the value from before the undone one.
    """
    noun = BY_NAME[proposal.noun]
    now = published_form(noun, proposal.ref)
    found = merge(proposal.form, proposal.base, now)
    choices = {conflict.name: MINE for conflict in found.conflicts}
    form = merge(proposal.form, proposal.base, now, choices).form
    return keep(noun, now, form, author=by, reason=reason, title=proposal.title)
