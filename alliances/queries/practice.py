"""Room 2: promise and practice: what was asked and done, and which promises were ever tested."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from alliances.models import Claim, Commitment, CommitmentSpan, State
from alliances.queries.records import Tested
from alliances.queries.relations import pledge_ref
from alliances.rules.tested import TESTABLE
from alliances.vocabulary import Request, Response


@dataclass(frozen=True)
class Tally:
    """How many of a state's promises an event recorded here tested, and how many none did."""

    promisor: State
    tested: int
    untested: int

    @property
    def all(self) -> int:
        """How many could have been tested."""
        return self.tested + self.untested


def promises_put_to_the_test(promisor: str, until: date) -> Tally | None:
    """The promises (one clause in one direction) of the state with this code that stood, or may
    have stood, on some day up to `until`; None where it made none.
    """
    own = CommitmentSpan.objects.filter(commitment=OuterRef("pk"))
    stood = own.filter(status__in=TESTABLE, first__lte=until)
    rows = Commitment.objects.filter(Exists(stood), promisor__ref=promisor)
    tests = rows.annotate(tested=Exists(own.that_events_tested())).select_related("promisor")
    found = list(tests)
    tested = sum(row.tested for row in found)  # type: ignore[attr-defined]
    return Tally(found[0].promisor, tested, len(found) - tested) if found else None


def asked_and_done(rows: Iterable[Mapping[str, Any]]) -> Counter[tuple[str, str]]:
    """How often each answer followed each request, of events that tested a recorded promise."""
    return Counter((row["request"], row["response"]) for row in rows if row["tested"] == "yes")


def expectations(states: Iterable[int]) -> dict[int, list[Claim]]:
    """By state: what an article expected of the promise to it, else what support it stated."""
    said = Claim.objects.exclude(Q(prospect="") & Q(stated_support=""))
    found: dict[int, list[Claim]] = {}
    rows = said.filter(state__in=states).select_related("article__source")
    for claim in rows.order_by("article_id", "number", "ref"):
        found.setdefault(claim.state_id, []).append(claim)
    return {state: _most_telling(claims) for state, claims in found.items()}


def _most_telling(claims: list[Claim]) -> list[Claim]:
    """The expectations; where none is voiced, the support that is stated."""
    return [claim for claim in claims if claim.prospect] or [c for c in claims if c.stated_support]


@dataclass(frozen=True)
class Practice:
    """What came of one state's promises to another: which of those that stand on the day were ever
    tested, how requests were answered, and what an article expected.
    """

    tally: Tally
    answers: list[tuple[Request, list[tuple[Response, int]]]]
    expected: list[Claim]


def practice_of(
    promisor: State, standing: Iterable[str], tests: Iterable[Tested], claims: Iterable[Claim]
) -> Practice:
    """`standing`: the clauses (or agreements without) that `promisor` owes on the day."""
    own = {
        test.event: {pledge_ref(s) for s in test.promises if s.commitment.promisor == promisor}
        for test in tests
    }
    met = {ref for refs in own.values() for ref in refs}
    clauses = set(standing)
    counts = Counter((event.request, event.response) for event, refs in own.items() if refs)
    answers = [
        (request, [(done, counts[request, done]) for done in Response if counts[request, done]])
        for request in Request
    ]
    return Practice(
        Tally(promisor, len(clauses & met), len(clauses - met)),
        [(request, found) for request, found in answers if found],
        _most_telling(list(claims)),
    )
