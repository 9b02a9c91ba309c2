"""Room 0: what a record needs before readers see it, and who may take which step with a proposal.

Judges dossier forms: plain values, as files and proposals hold them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliances.vocabulary import FACT_WORDS, ProposalStep, Stage

DATED_FIELDS = ("signed", "in_force", "ended")
STAY_DATES = ("joined", "left", "suspended_from", "suspended_until", "ratified")
# What a citation names that bears on who takes part and when.
SAYS_WHO = frozenset({"participations", "parties"})

# step: from which stages, to which
STEPS: Mapping[ProposalStep, tuple[frozenset[Stage], Stage]] = {
    ProposalStep.SUBMIT: (frozenset({Stage.DRAFT}), Stage.IN_REVIEW),
    ProposalStep.SEND_BACK: (frozenset({Stage.IN_REVIEW}), Stage.DRAFT),
    ProposalStep.PUBLISH: (frozenset({Stage.DRAFT, Stage.IN_REVIEW}), Stage.PUBLISHED),
    ProposalStep.TAKE_UP: (frozenset({Stage.DRAFT, Stage.IN_REVIEW}), Stage.DRAFT),
    ProposalStep.SET_ASIDE: (frozenset({Stage.DRAFT, Stage.IN_REVIEW}), Stage.SET_ASIDE),
}


class Whose(Enum):
    """Who the author of a proposal is, to somebody who looks at it."""

    MINE = auto()
    ANOTHERS = auto()
    NOBODYS = auto()


@dataclass(frozen=True)
class Rights:
    """What somebody may do: propose such changes, review others', publish their own unreviewed."""

    propose: bool = False
    review: bool = False
    publish_own: bool = False


@dataclass(frozen=True)
class Need:
    """One thing that a fact needs: of which record or nested record, at which field, in words."""

    ref: str
    field: str
    words: Promise | str
    is_met: bool


def steps_open(stage: Stage, whose: Whose, rights: Rights) -> list[ProposalStep]:
    """The steps that somebody may take, in the vocabulary's order.

    Nobody reviews what they proposed themselves; a draft is its author's business alone. What has
    no author (a newer dossier's change, or that of a deleted account) is somebody's to take up.
    """
    return [
        step
        for step in ProposalStep
        if stage in STEPS[step][0] and _is_open(step, stage, whose, rights)
    ]


def _is_open(step: ProposalStep, stage: Stage, whose: Whose, rights: Rights) -> bool:
    is_mine = whose == Whose.MINE
    is_reviewer = rights.review and stage == Stage.IN_REVIEW and not is_mine
    match step:
        case ProposalStep.SUBMIT:
            return is_mine
        case ProposalStep.SEND_BACK:
            return is_mine or (is_reviewer and whose == Whose.ANOTHERS)
        case ProposalStep.TAKE_UP:
            return rights.propose and whose == Whose.NOBODYS
        case ProposalStep.PUBLISH:
            return is_reviewer or (is_mine and rights.publish_own)
        case ProposalStep.SET_ASIDE:
            return is_mine or is_reviewer


def needs(noun: str, form: Mapping[str, Any] | None) -> list[Need]:
    """Everything that the facts of a form need, met or not; nothing for a record that goes."""
    judge = NEEDS.get(noun)
    return list(judge(form)) if judge and form else []


def gaps(
    noun: str, form: Mapping[str, Any] | None, base: Mapping[str, Any] | None = None
) -> list[Need]:
    """The needs that a form does not meet and that its base did: what a change would make worse.

    A correction is not held up by what the record lacked before.
    """
    lacking = {(need.ref, need.field) for need in needs(noun, base) if not need.is_met}
    return [
        need
        for need in needs(noun, form)
        if not need.is_met and (need.ref, need.field) not in lacking
    ]


def _agreement(form: Mapping[str, Any]) -> Iterator[Need]:
    ref, citations = form["id"], form.get("citations", [])
    named = {fact for citation in citations for fact in citation.get("supports", [])}
    yield Need(ref, "citations", _("At least one citation"), bool(citations))
    for name in DATED_FIELDS:
        if name in form:
            words = _("A citation that names the %(fact)s") % {"fact": FACT_WORDS[name]}
            yield Need(ref, name, words, name in named)
    for stay in form.get("participations", []):
        dates = [name for name in STAY_DATES if name in stay]
        if dates:
            says = SAYS_WHO | ({"ratified"} if dates == ["ratified"] else set())
            words = _("A citation of when %(state)s takes part") % {"state": stay["state"]}
            yield Need(stay["id"], dates[0], words, bool(says & named))
    for clause in form.get("provisions", []):
        yield Need(clause["id"], "source", _("The source of the clause"), "source" in clause)
        reason = "wording" in clause or "note" in clause
        why = _("The reason for its level: its words, or a note")
        yield Need(clause["id"], "level", why, reason)


def _event(form: Mapping[str, Any]) -> Iterator[Need]:
    yield Need(form["id"], "citations", _("At least one citation"), bool(form.get("citations")))


def _claim(form: Mapping[str, Any]) -> Iterator[Need]:
    if "verdict" in form:
        yield Need(form["id"], "evidence", _("What the verdict rests on"), "evidence" in form)


def _source(form: Mapping[str, Any]) -> Iterator[Need]:
    found = any(key in form for key in ("url", "archived_url", "note"))
    words = _("Where it is found: an address, or a note that says how")
    yield Need(form["id"], "url", words, found)


# By the noun's name, as Noun.name and Proposal.noun have it.
NEEDS = {"agreement": _agreement, "event": _event, "claim": _claim, "source": _source}
