"""What waits for an editor, each entry with its place on the desk: the desk's first page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliances.dossier.report import Entry, work
from alliances.models import (
    Agreement,
    Citation,
    Claim,
    Correction,
    Event,
    Obligation,
    Proposal,
    Source,
)
from alliances.models.proposal import ProposalQuerySet
from alliances.proposals.keeping import rights_of
from alliances.queries.belonging import kind_of
from alliances.queries.per_version import per_version
from alliances.queries.versions import last_touched
from alliances.vocabulary import Stage

LOOKED_AT: tuple[type[Any], ...] = (Agreement, Event, Claim, Source)
A_YEAR = timedelta(days=365)
HEADINGS: Mapping[str, Promise] = {
    "contradictory": _("Contradictions"),
    "uncited": _("Facts without a source"),
    "recalled": _("Recalled sources and article numbers that were not seen"),
    "missing": _("Unknown or blank"),
    "low confidence": _("Low confidence"),
    "stale": _("Not looked at for a year"),
}


# What the report names of a record besides its own fields.
NESTED = {
    "": "citations-group",  # a record without a citation
    "provisions": "obligations-group",
    "participations": "participations-group",
}


@dataclass(frozen=True)
class Item:
    """One thing to do: where, what, and the address of its field on the desk."""

    where: str
    what: str
    address: str


@dataclass(frozen=True)
class Pile:
    """Things to do of one sort."""

    heading: str | Promise
    items: list[Item]


def piles(request: HttpRequest) -> list[Pile]:
    """What waits: for a reviewer first, then what the records lack, most pressing first."""
    if not request.user.has_perm("alliances.view_agreement"):
        return []
    mine = Proposal.objects.filter(author=request.user.pk, stage=Stage.DRAFT)
    found = [Pile(_("Your drafts"), _proposals(mine))]
    if _sees_reviews(request):
        waiting = Proposal.objects.filter(stage=Stage.IN_REVIEW)
        found.append(Pile(_("Waiting for a review"), _proposals(waiting)))
    if request.user.has_perm("alliances.view_correction"):
        found.append(Pile(_("Readers' corrections"), _corrections()))
    found += records_work()
    stale = _not_looked_at()
    return [pile for pile in (*found, Pile(HEADINGS["stale"], stale)) if pile.items]


def _sees_reviews(request: HttpRequest) -> bool:
    rights = rights_of(request.user)
    return rights.review or rights.publish_own


def _corrections() -> list[Item]:
    """What readers reported and nobody answered yet, the longest waiting first."""
    return [
        Item(
            f"{report.record_kind} {report.record_ref}",
            report.wrong,
            reverse("admin:alliances_correction_change", args=[report.pk]),
        )
        for report in Correction.objects.open().order_by("received_at")
    ]


def _proposals(found: ProposalQuerySet) -> list[Item]:
    """The longest waiting first."""
    return [
        Item(
            proposal.title,
            f"{proposal.author_name}: {proposal.reason or '–'}",
            reverse("admin:alliances_proposal_change", args=[proposal.pk]),
        )
        for proposal in found.order_by("changed_at")
    ]


@per_version
def records_work() -> list[Pile]:
    """What the records lack, sort by sort."""
    places = Places()
    return [
        Pile(HEADINGS[group], [places.item(entry) for entry in entries])
        for group, entries in groupby(work(), key=lambda entry: entry.group)
    ]


def _not_looked_at() -> list[Item]:
    """Records that nobody wrote or looked at for a year, the longest ago first."""
    before = timezone.now() - A_YEAR
    stale = {key: when for key, when in last_touched(LOOKED_AT).items() if when < before}
    seen = set(
        Proposal.objects.filter(changed_at__gte=before)
        .exclude(stage__in=(Stage.DRAFT, Stage.IN_REVIEW))
        .values_list("noun", "ref")
    )
    items = []
    for model in LOOKED_AT:
        pks = [pk for kind, pk in stale if kind == kind_of(model)]
        for record in model._default_manager.filter(pk__in=pks):
            if (kind_of(model), record.ref) not in seen:
                when = stale[kind_of(model), record.pk]
                address = reverse(f"admin:alliances_{kind_of(model)}_change", args=[record.pk])
                items.append((when, Item(str(record), f"{when:%Y-%m-%d}", address)))
    return [item for _when, item in sorted(items, key=lambda each: each[0])]


class Places:
    """The desk's address of every field that the report names; each model is asked once."""

    def __init__(self) -> None:
        self.pks = {
            model: dict(model._default_manager.values_list("ref", "pk"))
            for model in (Obligation, Agreement, Event)
        }
        owners = Citation.objects.values_list("ref", "agreement", "event")
        self.cited = {ref: (agreement, event) for ref, agreement, event in owners}

    def item(self, entry: Entry) -> Item:
        """The entry as a thing to do."""
        return Item(entry.record, entry.words, self._address(entry))

    def _address(self, entry: Entry) -> str:
        for model, pks in self.pks.items():
            if entry.record in pks:
                return _page(model, pks[entry.record], _place(entry.field))
        if entry.record in self.cited:
            agreement, event = self.cited[entry.record]
            model, pk = (Agreement, agreement) if agreement else (Event, event)
            return _page(model, pk, _place(""))
        # Another nested row: its id begins with its agreement's.
        owner = self.pks[Agreement].get(entry.record.split("/")[0])
        if owner:
            return _page(Agreement, owner, _place("participations"))
        # What contradicts itself may be a state or another's coding: the list of all of them.
        return reverse("admin:index")


def _place(field: str) -> str:
    """The anchor of a field, or of the nested rows that it names."""
    return NESTED.get(field, f"id_{field}")


def _page(model: Any, pk: int, place: str) -> str:
    return f"{reverse(f'admin:alliances_{kind_of(model)}_change', args=[pk])}#{place}"
