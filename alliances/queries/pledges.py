"""Room 2: which promises stand on a page, as rows: of a state's page, of two states, of several."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When

from alliances.models import CommitmentSpan, Obligation, State
from alliances.models.commitment import SpanQuerySet
from alliances.queries.ordering import by_letters
from alliances.rules.strength import STANDING_ORDER

# Strongest first, texts without a rank last; then by letters, so that no two rows tie.
STRONGEST_FIRST = (
    F("commitment__level__rank").asc(nulls_last=True),
    by_letters("commitment__partner__slug"),
    by_letters("commitment__promisor__slug"),
    by_letters("commitment__agreement__ref"),
    by_letters("commitment__obligation__ref"),
)


def pledges_on(day: date, which: Q) -> SpanQuerySet:
    """The promises that `which` chooses (on commitments' spans), as they stand on the day."""
    return (
        CommitmentSpan.objects.on(day).filter(which).marked_as_tested().order_by(*STRONGEST_FIRST)
    )


def to_and_by(subject: State, promisor: State) -> Q:
    """Every promise to the state, and those by it to the promisor (or, if it is, to anyone)."""
    by_subject = Q(commitment__promisor=subject)
    if subject != promisor:
        by_subject &= Q(commitment__partner=promisor)
    return by_subject | Q(commitment__partner=subject)


def between_two(one: State, other: State) -> Q:
    """The promises of two states to each other."""
    sides = (one, other)
    return Q(commitment__promisor__in=sides, commitment__partner__in=sides)


def made_to(promisor: State, partners: Collection[State]) -> Q:
    """The promises of one state to some others."""
    return Q(commitment__promisor=promisor, commitment__partner__in=partners)


def clauses_standing_on(day: date) -> QuerySet[Obligation]:
    """Every clause with `status`: as it stands best between any two parties on the day; None where
    no two ever met under it.
    """
    best_first = Case(*(When(status=s, then=place) for place, s in enumerate(STANDING_ORDER)))
    own = CommitmentSpan.objects.on(day).filter(commitment__obligation=OuterRef("pk"))
    return Obligation.objects.annotate(
        status=Subquery(own.order_by(best_first).values("status")[:1])
    )
