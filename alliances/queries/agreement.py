"""Room 2: all that an agreement's page asks, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from alliances.models import (
    Agreement,
    AgreementSpan,
    Citation,
    Evidence,
    Obligation,
    ObligationSide,
    Participation,
)
from alliances.queries.records import Codings, Tested, citations_of, codings_of, tests_where
from alliances.rules.cautions import read_wording
from alliances.vocabulary import LAST_RANK


@dataclass
class AgreementPage:
    """What is recorded beside an agreement: its tests, its use as evidence, others' codings."""

    tests: list[Tested]
    evidence: list[Evidence]
    codings: Codings
    citations: list[Citation]


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


def agreement_page(agreement: Agreement) -> AgreementPage:
    """All that stands beside one agreement."""
    own = Q(agreement=agreement)
    tests = tests_where(
        Q(agreement_links__agreement=agreement),
        counts=lambda span: span.commitment.agreement_id == agreement.pk,
    )
    used = Evidence.objects.filter(own).select_related(
        "claim__state", "claim__level", "omission__state"
    )
    return AgreementPage(
        tests=tests,
        evidence=list(used.order_by("claim__number", "omission__ref", "pk")),
        codings=codings_of(own, own),
        citations=citations_of([agreement.pk], [test.event.pk for test in tests]),
    )


def strongest_clause(agreement: Agreement) -> Obligation | None:
    """The clause that the page's answer names: the strongest rung, quoted in its own words first."""
    ranked = [clause for clause in agreement.obligations.all() if clause.level.rank]
    return min(
        ranked,
        key=lambda clause: (
            clause.level.rank or LAST_RANK,
            bool(clause.applies_until),
            not (clause.wording and read_wording(clause.wording, clause.note).is_own),
            clause.pk,
        ),
        default=None,
    )
