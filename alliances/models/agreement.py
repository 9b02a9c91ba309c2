"""Room 1: agreements; who takes part and what their clauses say are records of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.base import Record, TrackedQuerySet, refuse
from alliances.models.fields import (
    CodedField,
    FirstDay,
    LastDay,
    PartialDateField,
    as_known,
    in_order,
    one_of,
    tied,
)
from alliances.models.obligation_level import ObligationLevel
from alliances.models.participation import Participation
from alliances.models.state import State
from alliances.partial_dates import PartialDate
from alliances.rules import consistency
from alliances.rules.facts import Agreement as AgreementFacts
from alliances.rules.facts import coverage_day
from alliances.vocabulary import (
    LAST_RANK,
    AgreementKind,
    Confidence,
    Disclosure,
    Force,
    StoredStatus,
)


class AgreementQuerySet(TrackedQuerySet["Agreement"]):
    """Questions about agreements."""

    def with_facts(self) -> AgreementQuerySet:
        """With all that the rules judge, in a constant number of queries."""
        stays = Participation.objects.select_related("state")
        return self.select_related("made_by").prefetch_related(
            Prefetch("participations", queryset=stays),
            "obligations__level",
            "obligations__sides__state",
        )

    def first_signed(self) -> str | None:
        """The date of the earliest signature, as far as it is known."""
        dated = self.exclude(signed=None).order_by("signed_first", "ref")
        return dated.values_list("signed", flat=True).first()

    def successions(self) -> dict[str, str]:
        """Which agreement took the place of which, by their ids."""
        rows = self.exclude(succeeded_by=None).order_by()
        return dict(rows.values_list("ref", "succeeded_by__ref"))


class Agreement(Record):
    """An instrument between states, its life and how far its text is known."""

    title = models.CharField(_("title"), max_length=500)
    short_title = models.CharField(
        _("short title"), max_length=150, help_text=_("Used in tables, with its year.")
    )
    native_title = models.CharField(
        _("title in another language"),
        max_length=600,
        blank=True,
        help_text=_("The title in an original language. Blank: not recorded."),
    )
    kind = CodedField(AgreementKind, _("kind"))
    force = CodedField(Force, _("force"), help_text=_("How binding the instrument is by its form."))
    made_by = models.ForeignKey(
        State,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements_made",
        verbose_name=_("made by a former state"),
        help_text=_("For example the Soviet Union. Blank: made by its parties themselves."),
    )
    succeeded_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="succeeds",
        verbose_name=_("succeeded by"),
        help_text=_(
            "The agreement that took its place. A successor ends nothing; only a date does."
        ),
    )
    signed = PartialDateField(
        _("signed"), help_text=_("YYYY, YYYY-MM or YYYY-MM-DD. Blank: not known.")
    )
    signed_first = FirstDay("signed")
    signed_last = LastDay("signed")
    signed_at = models.CharField(
        _("signed at"), max_length=100, blank=True, help_text=_("The place. Blank: not known.")
    )
    in_force = PartialDateField(
        _("in force from"), help_text=_("Entry into force. Blank: not established.")
    )
    in_force_first = FirstDay("in_force")
    in_force_last = LastDay("in_force")
    ended = PartialDateField(
        _("ended"), help_text=_("The first day without it. Blank: not ended, or not established.")
    )
    ended_first = FirstDay("ended")
    ended_last = LastDay("ended")
    end_reason = models.CharField(_("how it ended"), max_length=300, blank=True)
    status = CodedField(
        StoredStatus,
        _("status at the coverage date"),
        help_text=_("As best known when the evidence ends; dates speak for earlier days."),
    )
    term = models.CharField(
        _("term"),
        max_length=300,
        blank=True,
        help_text=_("In words. A term ends nothing by itself. Blank: not known."),
    )
    registration = models.CharField(
        _("registration"),
        max_length=200,
        blank=True,
        help_text=_("With the UN Secretariat (UN Treaty Series). Blank: none recorded."),
    )
    text_disclosure = CodedField(
        Disclosure,
        _("disclosure of the text"),
        help_text=_("Whether it is public, not whether we read it."),
    )
    participations_known = models.BooleanField(
        _("who takes part is established"),
        default=True,
        help_text=_("If not, every promise under it is shown as not established."),
    )
    summary = models.TextField(_("summary"), blank=True)
    confidence = CodedField(Confidence, _("confidence"))
    notes = models.TextField(_("notes"), blank=True, help_text=_("Caveats, shown to readers."))

    objects: ClassVar[AgreementQuerySet] = AgreementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ("short_title", "ref")
        constraints = (
            *tied("agreement", "signed", "in_force", "ended"),
            in_order("agreement", "signed", "ended", _("It cannot end before it is signed.")),
            in_order("agreement", "in_force", "ended", _("It cannot end before it begins.")),
            in_order(
                "agreement", "signed", "in_force", _("It cannot be in force before its signature.")
            ),
            one_of("agreement", "kind", AgreementKind),
            one_of("agreement", "force", Force),
            one_of("agreement", "status", StoredStatus),
            one_of("agreement", "text_disclosure", Disclosure),
            one_of("agreement", "confidence", Confidence),
            CheckConstraint(
                condition=Q(succeeded_by=None) | ~Q(succeeded_by=F("pk")),
                name="agreement_not_its_own_successor",
                violation_error_message=_("An agreement does not succeed itself."),
            ),
            CheckConstraint(
                condition=Q(end_reason="")
                | Q(ended__isnull=False)
                | ~Q(status__in=consistency.STANDING),
                name="agreement_end_reason_of_what_may_have_ended",
                violation_error_message=_("What has not ended has no reason to end."),
            ),
        )

    def __str__(self) -> str:
        return self.short_title

    def get_absolute_url(self) -> str:
        """The agreement's page."""
        return reverse("agreement", args=[self.ref])

    @property
    def states(self) -> list[State]:
        """Everyone who takes or took part, each once, by name; reads `participations`."""
        return sorted({stay.state for stay in self.participations.all()}, key=lambda s: s.name)

    @property
    def levels(self) -> list[ObligationLevel]:
        """The levels of its clauses, each once, strongest first; reads `obligations`."""
        found = {clause.level for clause in self.obligations.all()}
        return sorted(found, key=lambda level: level.rank or LAST_RANK + 1)

    def clean(self) -> None:
        """Refuse what the agreement's own row contradicts."""
        own = self.own_facts()
        refuse(
            [
                *consistency.agreement_dates(own),
                *consistency.agreement_status(own),
                *self._successors(),
            ]
        )

    def _successors(self) -> Iterable[consistency.Finding]:
        if self.succeeded_by is None:
            return ()
        following = Agreement.objects.successions() | {self.ref: self.succeeded_by.ref}
        return consistency.circle(self.ref, "succeeded_by", following)

    def own_facts(self) -> AgreementFacts:
        """What the rules need of this row alone, without what belongs to it."""
        return AgreementFacts(
            ref=self.ref,
            status=self.status,
            signed=as_known(self.signed),
            in_force=as_known(self.in_force),
            ended=as_known(self.ended),
            disclosure=self.text_disclosure,
            participations_known=self.participations_known,
            made_by=self.made_by.ref if self.made_by else "",
            end_reason=self.end_reason,
        )

    def facts(self, researched: Mapping[frozenset[str], PartialDate]) -> AgreementFacts:
        """All that the rules judge. `researched` is `Coverage.objects.reach()`."""
        stays = tuple(stay.facts() for stay in self.participations.all())
        clauses = tuple(clause.facts() for clause in self.obligations.all())
        return replace(
            self.own_facts(),
            participations=stays,
            obligations=clauses,
            speaks_from=coverage_day((stay.state for stay in stays), researched),
        )
