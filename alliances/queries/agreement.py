"""Room 2: all that an agreement's page asks, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from alliances.models import (
    Agreement,
    AgreementSpan,
    Citation,
    CommitmentSpan,
    Evidence,
    Obligation,
    ObligationSide,
    Participation,
    State,
)
from alliances.queries.records import Codings, Tested, citations_of, codings_of, events_where
from alliances.rules.cautions import read_wording
from alliances.rules.strength import STANDING_ORDER
from alliances.vocabulary import LAST_RANK, SHOWN_BY_DEFAULT, DayStatus


@dataclass
class ClauseOnDay:
    """A clause and its standing on the day; None where no two parties ever met under it."""

    clause: Obligation
    status: DayStatus | None

    @property
    def stands(self) -> bool:
        """Whether it is in force, provisional, signed or unknown."""
        return self.status in SHOWN_BY_DEFAULT


@dataclass
class AgreementPage:
    """What is recorded of an agreement: clauses, tests, its use as evidence, others' codings.

    `parties` may take part on the day; `others` took or will take part on other days.
    """

    parties: list[State]
    others: list[State]
    clauses: list[ClauseOnDay]
    tests: list[Tested]
    evidence: list[Evidence]
    codings: Codings
    citations: list[Citation]

    @property
    def strongest(self) -> Obligation | None:
        """The clause that the answer names: the strongest that stands, else the strongest."""
        ranked = [row for row in self.clauses if row.clause.level.rank]
        found = next((row for row in ranked if row.stands), ranked[0] if ranked else None)
        return found.clause if found else None


def agreements_with_page(day: date) -> QuerySet[Agreement]:
    """Agreements with their own rows: standing on the day, stays, clauses, neighbours."""
    sides = Prefetch("sides", ObligationSide.objects.select_related("state"))
    clauses = Obligation.objects.select_related("level", "source").prefetch_related(sides)
    return Agreement.objects.select_related("made_by", "succeeded_by").prefetch_related(
        Prefetch("spans", AgreementSpan.objects.on(day), to_attr="on_day"),
        Prefetch("participations", Participation.objects.select_related("state")),
        Prefetch("obligations", clauses),
        "succeeds",
    )


def agreement_page(agreement: Agreement, day: date) -> AgreementPage:
    """All that stands beside one agreement."""
    own = Q(agreement=agreement)
    tests = events_where(
        Q(agreement_links__agreement=agreement),
        counts=lambda span: span.commitment.agreement_id == agreement.pk,
    )
    used = Evidence.objects.filter(own).select_related(
        "claim__state", "claim__level", "omission__state"
    )
    parties = [state for state in agreement.states if _may_take_part(agreement, state, day)]
    return AgreementPage(
        parties=parties,
        others=[state for state in agreement.states if state not in parties],
        clauses=clauses_on(agreement, day),
        tests=tests,
        evidence=list(used.order_by("claim__number", "omission__ref", "pk")),
        codings=codings_of(own, own),
        citations=citations_of([agreement.pk], [test.event.pk for test in tests]),
    )


def _may_take_part(agreement: Agreement, state: State, day: date) -> bool:
    """Whether some stay of the state may hold on the day, by its own dates."""
    return any(
        (stay.joined_first or date.min) <= day < (stay.left_last or date.max)
        for stay in agreement.participations.all()
        if stay.state == state
    )


def clauses_on(agreement: Agreement, day: date) -> list[ClauseOnDay]:
    """Its clauses, strongest first, each as it stands best between any two parties on the day."""
    spans = CommitmentSpan.objects.on(day).filter(commitment__agreement=agreement)
    standings: dict[int, set[str]] = {}
    for clause, status in spans.values_list("commitment__obligation", "status").distinct():
        standings.setdefault(clause, set()).add(status)
    rows = [
        ClauseOnDay(clause, _best(standings.get(clause.pk, set())))
        for clause in agreement.obligations.all()
    ]
    return sorted(rows, key=_by_rung_then_standing)


def _best(statuses: set[str]) -> DayStatus | None:
    return next((status for status in STANDING_ORDER if status in statuses), None)


def _by_rung_then_standing(row: ClauseOnDay) -> tuple[int, bool, bool, int]:
    clause = row.clause
    own = bool(clause.wording) and read_wording(clause.wording, clause.note).is_own
    return (clause.level.rank or LAST_RANK + 1, not row.stands, not own, clause.pk)
