"""Room 2: keeps the derived commitment tables equal to the rules, inside the same transaction.

The judgement is in `rules.commitments`; this room only fetches facts and writes what differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save

from alliances.models import (
    Agreement,
    AgreementSpan,
    Commitment,
    CommitmentSpan,
    Coverage,
    Obligation,
    ObligationLevel,
    ObligationSide,
    Participation,
    State,
)
from alliances.rules.commitments import Commitment as Judged
from alliances.rules.commitments import commitments_of
from alliances.rules.status import Span, agreement_spans

EVERYTHING = 0
_waiting: ContextVar[set[int] | None] = ContextVar("agreements waiting to be rebuilt", default=None)


@contextmanager
def rebuilt_at_the_end() -> Iterator[None]:
    """One transaction whose agreements are rebuilt once, before it commits."""
    if _waiting.get() is not None:
        yield
        return
    with transaction.atomic():
        waiting: set[int] = set()
        token = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(token)
        _rebuild_waiting(waiting)


def _rebuild_waiting(waiting: set[int]) -> None:
    agreements = Agreement.objects.with_facts()
    rebuild(agreements if EVERYTHING in waiting else agreements.filter(pk__in=waiting))


def rebuild(agreements: Iterable[Agreement]) -> None:
    """Make the derived rows of these agreements equal to the rules; equal rows are not touched."""
    with transaction.atomic():
        researched = Coverage.objects.reach()
        for agreement in agreements:
            known = agreement.facts(researched)
            _write_agreement_spans(agreement, agreement_spans(known))
            _write_commitments(agreement, commitments_of(known))


def unequal() -> list[str]:
    """Refs of the agreements whose derived rows are not equal to the rules."""
    researched = Coverage.objects.reach()
    found = []
    for agreement in Agreement.objects.with_facts():
        known = agreement.facts(researched)
        wanted = {_key(judged): judged.spans for judged in commitments_of(known)}
        if _stored(agreement) != wanted or _stored_spans(agreement) != agreement_spans(known):
            found.append(agreement.ref)
    return found


def _write_agreement_spans(agreement: Agreement, spans: tuple[Span, ...]) -> None:
    if _stored_spans(agreement) == spans:
        return
    AgreementSpan.objects.filter(agreement=agreement).delete()
    AgreementSpan.objects.bulk_create(
        AgreementSpan(agreement=agreement, **AgreementSpan.columns(span)) for span in spans
    )


def _write_commitments(agreement: Agreement, judged: list[Judged]) -> None:
    if _stored(agreement) == {_key(commitment): commitment.spans for commitment in judged}:
        return
    agreement.commitments.all().delete()
    ids = _Ids(agreement)
    rows = Commitment.objects.bulk_create(ids.row(commitment) for commitment in judged)
    CommitmentSpan.objects.bulk_create(
        CommitmentSpan(commitment=row, **CommitmentSpan.columns(span))
        for row, commitment in zip(rows, judged, strict=True)
        for span in commitment.spans
    )


class _Ids:
    """The primary keys that one agreement's commitments need."""

    def __init__(self, agreement: Agreement) -> None:
        stays = agreement.participations.all()
        self.agreement = agreement
        self.states = {stay.state.ref: stay.state_id for stay in stays}
        self.levels = dict(ObligationLevel.objects.values_list("ref", "pk"))
        self.obligations = {clause.ref: clause.pk for clause in agreement.obligations.all()}

    def row(self, judged: Judged) -> Commitment:
        return Commitment(
            agreement=self.agreement,
            obligation_id=self.obligations[judged.obligation] if judged.obligation else None,
            promisor_id=self.states[judged.promisor],
            partner_id=self.states[judged.partner],
            level_id=self.levels[judged.level],
        )


Key = tuple[str | None, str, str, str]


def _key(judged: Judged) -> Key:
    return (judged.obligation, judged.promisor, judged.partner, judged.level)


def _stored(agreement: Agreement) -> dict[Key, tuple[Span, ...]]:
    rows = agreement.commitments.select_related(
        "obligation", "promisor", "partner", "level"
    ).prefetch_related("spans")
    return {
        (
            row.obligation.ref if row.obligation else None,
            row.promisor.ref,
            row.partner.ref,
            row.level.ref,
        ): tuple(Span(span.first, span.until, span.standing) for span in row.spans.all())
        for row in rows
    }


def _stored_spans(agreement: Agreement) -> tuple[Span, ...]:
    return tuple(Span(row.first, row.until, row.standing) for row in agreement.spans.all())


def _agreements_touched(instance: Model) -> Iterable[int]:
    if isinstance(instance, Agreement):
        return [instance.pk]
    if isinstance(instance, Participation | Obligation):
        return [instance.agreement_id]
    if isinstance(instance, ObligationSide):
        return [instance.obligation.agreement_id]
    return [EVERYTHING]


def _origin_model(origin: Model | QuerySet[Model]) -> type[Model]:
    return origin.model if isinstance(origin, QuerySet) else type(origin)


def _changed(sender: type[Model], instance: Model, **signal: Any) -> None:
    """Rows that go because their owner goes are left to the owner's own signal."""
    origin = signal.get("origin")
    if isinstance(origin, Model | QuerySet) and _origin_model(origin) is not sender:
        return
    with rebuilt_at_the_end():
        waiting = _waiting.get()
        assert waiting is not None
        waiting.update(_agreements_touched(instance))


def connect() -> None:
    """Rebuild after every kind of edit of what the rules read. Called once, at the start."""
    for model in (Agreement, Participation, Obligation, ObligationSide, Coverage, State):
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"rebuild for {model.__name__}")
