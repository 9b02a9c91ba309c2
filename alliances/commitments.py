"""Room 2: keeps the derived commitment tables equal to the rules, inside the same transaction.

The judgement is in `rules.commitments`; this room only fetches facts and writes what differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, cast

from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.db.models.signals import post_delete, post_save, pre_save

from alliances.models import (
    Agreement,
    AgreementSpan,
    Commitment,
    CommitmentSpan,
    Coverage,
    DataVersion,
    Obligation,
    ObligationLevel,
    ObligationSide,
    Participation,
)
from alliances.models.commitment import SpanRow
from alliances.rules.commitments import commitments_of
from alliances.rules.status import Span, agreement_spans

EVERYTHING = 0
_waiting: ContextVar[set[int] | None] = ContextVar("agreements waiting to be rebuilt", default=None)


@contextmanager
def rebuilt_at_the_end() -> Iterator[None]:
    """One transaction whose agreements are rebuilt once, before it commits; one at a time."""
    if _waiting.get() is not None:
        yield
        return
    begins = not connection.in_atomic_block
    with transaction.atomic():
        if begins:
            DataVersion.objects.wait_for_turn()
        waiting: set[int] = set()
        token = _waiting.set(waiting)
        try:
            yield
        finally:
            _waiting.reset(token)
        _rebuild_waiting(waiting)


@contextmanager
def undone() -> Iterator[None]:
    """One transaction that is rolled back at its end: to see what a change would give.

    Nothing is rebuilt in it.
    """
    with transaction.atomic():
        token = _waiting.set(set())
        try:
            yield
        finally:
            _waiting.reset(token)
        transaction.set_rollback(True)


def _rebuild_waiting(waiting: set[int]) -> None:
    agreements = Agreement.objects.with_facts()
    rebuild(agreements if EVERYTHING in waiting else agreements.filter(pk__in=waiting))


def rebuild(agreements: Iterable[Agreement]) -> None:
    """Make the derived rows of these agreements equal to the rules; equal rows are not touched."""
    with transaction.atomic():
        for agreement, judged, stored in _compared(agreements):
            if stored != judged:
                DataVersion.objects.move()
            if stored.spans != judged.spans:
                if stored.spans:
                    AgreementSpan.objects.filter(agreement=agreement).delete()
                _write_agreement_spans(agreement, judged.spans)
            if stored.commitments != judged.commitments:
                if stored.commitments:
                    agreement.commitments.all().delete()
                _write_commitments(agreement, judged.commitments)


def unequal() -> list[str]:
    """Refs of the agreements whose derived rows are not equal to the rules."""
    everything = _compared(Agreement.objects.with_facts())
    return [agreement.ref for agreement, judged, stored in everything if stored != judged]


Key = tuple[str | None, str, str, str]
Spans = tuple[Span, ...]


@dataclass(frozen=True)
class _Derived:
    """All that is derived of one agreement, as the rules give it or as it is stored.

    A commitment's key: its obligation's ref, promisor, partner, level.
    """

    spans: Spans
    commitments: dict[Key, Spans]


def _compared(agreements: Iterable[Agreement]) -> Iterator[tuple[Agreement, _Derived, _Derived]]:
    """Each agreement with what the rules give and with what is stored."""
    found = list(agreements)
    researched = Coverage.objects.reach()
    stored = _stored({agreement.pk for agreement in found})
    for agreement in found:
        known = agreement.facts(researched)
        judged = {
            (each.obligation, each.promisor, each.partner, each.level): each.spans
            for each in commitments_of(known)
        }
        yield agreement, _Derived(agreement_spans(known), judged), stored[agreement.pk]


def _stored(pks: set[int]) -> dict[int, _Derived]:
    """What is stored, by the agreement's primary key, in a constant number of queries."""
    promises = CommitmentSpan.objects.filter(commitment__agreement__in=pks)
    own = _grouped(AgreementSpan.objects.filter(agreement__in=pks), "agreement_id")
    spans = _grouped(promises, "commitment_id")
    commitments: dict[int, dict[Key, Spans]] = {pk: {} for pk in pks}
    rows = Commitment.objects.filter(agreement__in=pks).order_by()
    refs = ("obligation__ref", "promisor__ref", "partner__ref", "level__ref")
    for agreement, pk, *key in rows.values_list("agreement_id", "pk", *refs):
        commitments[agreement][cast(Key, tuple(key))] = spans.get(pk, ())
    return {pk: _Derived(own.get(pk, ()), commitments[pk]) for pk in pks}


def _grouped(rows: Iterable[SpanRow], owner: str) -> dict[int, Spans]:
    found: dict[int, Spans] = {}
    for pk, group in groupby(rows, attrgetter(owner)):
        found[pk] = tuple(Span(row.first, row.until, row.standing) for row in group)
    return found


def _write_agreement_spans(agreement: Agreement, spans: Spans) -> None:
    AgreementSpan.objects.bulk_create(
        AgreementSpan(agreement=agreement, **AgreementSpan.columns(span)) for span in spans
    )


def _write_commitments(agreement: Agreement, judged: dict[Key, Spans]) -> None:
    ids = _Ids(agreement)
    rows = Commitment.objects.bulk_create(ids.row(key) for key in judged)
    CommitmentSpan.objects.bulk_create(
        CommitmentSpan(commitment=row, **CommitmentSpan.columns(span))
        for row, spans in zip(rows, judged.values(), strict=True)
        for span in spans
    )


class _Ids:
    """The primary keys that one agreement's commitments need."""

    def __init__(self, agreement: Agreement) -> None:
        stays = agreement.participations.all()
        self.agreement = agreement
        self.states = {stay.state.ref: stay.state_id for stay in stays}
        self.levels = dict(ObligationLevel.objects.values_list("ref", "pk"))
        self.obligations = {clause.ref: clause.pk for clause in agreement.obligations.all()}

    def row(self, key: Key) -> Commitment:
        obligation, promisor, partner, level = key
        return Commitment(
            agreement=self.agreement,
            obligation_id=self.obligations[obligation] if obligation else None,
            promisor_id=self.states[promisor],
            partner_id=self.states[partner],
            level_id=self.levels[level],
        )


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
        waiting.update(instance.__dict__.pop("_agreements_left", ()))


def _about_to_change(sender: type[Model], instance: Model, **_signal: Any) -> None:
    """A row may move to another agreement: the one it leaves is rebuilt with the one it joins."""
    before = sender._base_manager.filter(pk=instance.pk).first() if instance.pk else None
    instance.__dict__["_agreements_left"] = _agreements_touched(before) if before else ()


def connect() -> None:
    """Rebuild after every kind of edit of what the rules read. Called once, at the start.

    Of a state they read which it is and nothing else, so its own edits change no derived row.
    """
    for model in (Agreement, Participation, Obligation, ObligationSide, Coverage):
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"rebuild for {model.__name__}")
    for model in (Participation, Obligation, ObligationSide):
        pre_save.connect(_about_to_change, sender=model, dispatch_uid=f"before {model.__name__}")
