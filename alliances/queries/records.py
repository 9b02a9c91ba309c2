"""Room 2: what the pages of a state, a pair and an agreement ask alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from alliances.models import (
    Agreement,
    Citation,
    Commitment,
    CommitmentSpan,
    Difference,
    Event,
    ExternalCoding,
    MemberSpell,
    State,
)
from alliances.queries.relations import pledge_ref
from alliances.queries.tests_of_promises import promises_tested


@dataclass
class TestedAgreement:
    """An agreement that an event tested: its clauses by id, who had promised by name."""

    agreement: Agreement
    clauses: dict[str, Commitment]
    promisors: dict[str, State]

    @property
    def names(self) -> list[str]:
        """Who had promised, by name."""
        return sorted(self.promisors)


@dataclass
class Tested:
    """An event, the promises that it tested, and the linked agreements that it did not test."""

    event: Event
    promises: list[CommitmentSpan]
    related: list[Agreement]

    @property
    def by_agreement(self) -> list[TestedAgreement]:
        """Each agreement with its tested clauses, strongest first, and who had promised them."""
        found: dict[int, TestedAgreement] = {}
        for span in self.promises:
            agreement = span.commitment.agreement
            row = found.setdefault(agreement.pk, TestedAgreement(agreement, {}, {}))
            row.clauses.setdefault(pledge_ref(span), span.commitment)
            row.promisors.setdefault(span.commitment.promisor.name, span.commitment.promisor)
        return list(found.values())


def events_where(
    condition: Q, counts: Callable[[CommitmentSpan], bool] = lambda span: True
) -> list[Tested]:
    """The events that meet the condition, latest first, with the tested promises that count."""
    events = Event.objects.filter(condition).values("pk")
    tested = promises_tested(events)
    found: dict[int, Tested] = {}
    for row in _events_with_links(events):
        promises = [span for span in tested.get(row.pk, []) if counts(span)]
        test = found.setdefault(row.pk, Tested(row, promises, []))
        counted = {span.commitment.agreement_id for span in promises}
        if row.linked and row.linked not in counted:
            # Enough of the agreement to name it and to link to it.
            linked = Agreement(pk=row.linked, ref=row.linked_ref, short_title=row.linked_title)
            test.related.append(linked)
    return list(found.values())


def _events_with_links(only: QuerySet[Event, Any]) -> Iterable[Any]:
    """One row per event and linked agreement, one row for an event without; in one query."""
    link = "agreement_links__agreement"
    events = Event.objects.filter(pk__in=only)
    return (
        events.select_related("state")
        .annotate(
            linked=F(f"{link}_id"),
            linked_ref=F(f"{link}__ref"),
            linked_title=F(f"{link}__short_title"),
        )
        .order_by("-date_first", "ref", "linked_ref")
    )


@dataclass
class Codings:
    """What data sets code for agreements, and where they differ from this reference."""

    codings: list[ExternalCoding]
    differences: list[Difference]
    spells: list[MemberSpell]

    def __bool__(self) -> bool:
        return bool(self.codings or self.differences or self.spells)


def codings_of(agreements: Q, spells: Q) -> Codings:
    """Codings and differences of these agreements, and these member spells."""
    beside = ("agreement", "dataset")
    return Codings(
        list(ExternalCoding.objects.filter(agreements).select_related(*beside)),
        list(Difference.objects.filter(agreements).select_related(*beside)),
        list(MemberSpell.objects.filter(spells).select_related(*beside, "state", "participation")),
    )


def citations_of(agreements: Iterable[int], events: Iterable[int]) -> list[Citation]:
    """The citations of these records (by primary key), each with its source."""
    rows = Citation.objects.filter(Q(agreement__in=agreements) | Q(event__in=events))
    return list(rows.select_related("source"))
