"""Room 1: the derived tables that every page, figure, facet and export reads.

Never edited: `alliances.commitments` rebuilds them inside the transaction that changes a record.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, UniqueConstraint
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from alliances.models.agreement import Agreement
from alliances.models.fields import CodedField, PartialDateField, one_of
from alliances.models.obligation import Obligation
from alliances.models.obligation_level import ObligationLevel
from alliances.models.state import State
from alliances.rules.status import Span, Standing
from alliances.rules.tested import TESTABLE
from alliances.vocabulary import DayReason, DayStatus, Disclosure


def is_reported(text_disclosure: str, rank: int | None) -> bool:
    """Whether a level of this rank is taken from a report of an undisclosed text."""
    return text_disclosure == Disclosure.UNDISCLOSED and rank is not None


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Questions about promises."""

    def by(self, promisor: State) -> CommitmentQuerySet:
        """Those that this state made; never those of a state that it continues."""
        return self.filter(promisor=promisor)

    def to(self, partner: State) -> CommitmentQuerySet:
        """Those that were made to this state."""
        return self.filter(partner=partner)


class Commitment(models.Model):
    """One obligation read in one direction between two parties (`rules.commitments`).

    Without an obligation: an agreement whose records hold no clause.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="commitments")
    obligation = models.ForeignKey(
        Obligation, models.CASCADE, null=True, related_name="commitments"
    )
    promisor = models.ForeignKey(State, models.PROTECT, related_name="promises_made")
    partner = models.ForeignKey(State, models.PROTECT, related_name="promises_received")
    level = models.ForeignKey(ObligationLevel, models.PROTECT, related_name="commitments")

    objects: ClassVar[CommitmentQuerySet] = CommitmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ("agreement__ref", "obligation__ref", "promisor__ref", "partner__ref")
        constraints = (
            UniqueConstraint(
                F("agreement"),
                Coalesce("obligation", 0),
                F("promisor"),
                F("partner"),
                name="commitment_once_per_clause_and_direction",
            ),
        )

    def __str__(self) -> str:
        return f"{self.promisor_id} → {self.partner_id}: {self.agreement_id}"


class SpanRow(models.Model):
    """A standing on the days from `first` up to and without `until`."""

    first = models.DateField()
    until = models.DateField()
    status = CodedField(DayStatus, _("status"))
    reason = CodedField(DayReason, _("reason"), blank=True)
    since = PartialDateField()
    suspended = models.BooleanField()
    suspended_since = PartialDateField()

    class Meta:
        abstract = True

    @property
    def standing(self) -> Standing:
        """The row as the rules' value."""
        return Standing(
            status=DayStatus(self.status),
            since=self.since,
            reason=DayReason(self.reason) if self.reason else None,
            suspended=self.suspended,
            suspended_since=self.suspended_since,
        )

    @staticmethod
    def columns(span: Span) -> dict[str, object]:
        """The rules' value as columns."""
        standing = span.standing
        return {
            "first": span.first,
            "until": span.until,
            "status": standing.status,
            "reason": standing.reason or "",
            "since": standing.since,
            "suspended": standing.suspended,
            "suspended_since": standing.suspended_since,
        }


class SpanQuerySet(models.QuerySet[Any]):
    """Questions about standings."""

    def on(self, day: date) -> SpanQuerySet:
        """The one span of each commitment or agreement that holds on `day`."""
        return self.filter(first__lte=day, until__gt=day)

    def with_status(self, *statuses: DayStatus) -> SpanQuerySet:
        """Those with one of these statuses."""
        return self.filter(status__in=statuses)

    def that_events_tested(self) -> SpanQuerySet:
        """Commitments' spans during which an event tested them, with the event's key as `event`.

        In SQL what `rules.tested.is_tested` says: a test holds the two equal.
        """
        event = "commitment__agreement__event_links__event"
        return self.filter(
            status__in=TESTABLE,
            first__lte=F(f"{event}__date_last"),
            until__gt=F(f"{event}__date_first"),
            commitment__partner=F(f"{event}__state"),
        ).annotate(event=F(f"{event}__pk"))

    def marked_as_tested(self) -> SpanQuerySet:
        """Commitments' spans, each with `tested`: whether an event ever tested the commitment."""
        tests = CommitmentSpan.objects.that_events_tested()
        return self.annotate(tested=Exists(tests.filter(commitment=OuterRef("commitment"))))

    def as_pledges(self) -> SpanQuerySet:
        """With what a row of a table shows, in one query."""
        return self.select_related(
            "commitment__agreement__made_by",
            "commitment__obligation__source",
            "commitment__level",
            "commitment__partner",
            "commitment__promisor",
        )


class CommitmentSpan(SpanRow):
    """How a commitment stands over some days."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="spans")

    objects: ClassVar[SpanQuerySet] = SpanQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("commitment_id", "first")
        constraints = (
            one_of("commitmentspan", "status", DayStatus),
            models.CheckConstraint(condition=Q(until__gt=F("first")), name="commitmentspan_lasts"),
            UniqueConstraint(fields=("commitment", "first"), name="commitmentspan_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.first} – {self.until}: {self.status}"

    @property
    def is_reported(self) -> bool:
        """Whether the level is taken from a report of an undisclosed text."""
        return is_reported(self.commitment.agreement.text_disclosure, self.commitment.level.rank)


class AgreementSpan(SpanRow):
    """How an agreement stands over some days, whoever takes part."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="spans")

    objects: ClassVar[SpanQuerySet] = SpanQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("agreement_id", "first")
        constraints = (
            one_of("agreementspan", "status", DayStatus),
            models.CheckConstraint(condition=Q(until__gt=F("first")), name="agreementspan_lasts"),
            UniqueConstraint(fields=("agreement", "first"), name="agreementspan_once_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.first} – {self.until}: {self.status}"
