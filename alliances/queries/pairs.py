"""Room 2: all that is recorded between two states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alliances.models import Agreement, Coverage, Difference, ExternalCoding, State
from alliances.queries.relations import Relation, pledges_between
from alliances.queries.tests_of_promises import TestedEvent, events_with_tests


@dataclass
class Between:
    """All that is recorded between two states."""

    there: Relation
    back: Relation
    coverage: Coverage | None
    events: list[TestedEvent]
    codings: list[ExternalCoding]
    differences: list[Difference]


def between(one: State, other: State, day: date) -> Between:
    """Both directions on `day`, the tests of promises between the two, and others' codings."""
    shared = (
        Agreement.objects.filter(participations__state=one)
        .filter(participations__state=other)
        .distinct()
    )
    sides = {one.pk, other.pk}
    outside = {"agreement__in": shared}
    return Between(
        Relation(one, pledges_between(one, other, day)),
        Relation(other, pledges_between(other, one, day)),
        Coverage.objects.filter(promisor__in=sides, partner__in=sides).first(),
        [
            test
            for test in events_with_tests()
            if any({p.commitment.promisor_id, test.event.state_id} == sides for p in test.promises)
        ],
        list(ExternalCoding.objects.filter(**outside).select_related("agreement", "dataset")),
        list(Difference.objects.filter(**outside).select_related("agreement", "dataset")),
    )
