"""Room 1: agreements and who takes part in them, when. Their clauses are obligations."""

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
    in_order,
    one_of,
    tied,
)
from alliances.models.obligation_level import ObligationLevel
from alliances.models.state import State
from alliances.partial_dates import PartialDate
from alliances.rules import consistency
from alliances.rules.facts import Agreement as AgreementFacts
from alliances.rules.facts import Participation as StayFacts
from alliances.rules.facts import coverage_day
from alliances.vocabulary import (
    LAST_RANK,
    AgreementKind,
    Confidence,
    Disclosure,
    Force,
    ParticipationStatus,
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
            signed=_date(self.signed),
            in_force=_date(self.in_force),
            ended=_date(self.ended),
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


class ParticipationQuerySet(TrackedQuerySet["Participation"]):
    """Questions about who takes part."""

    def of(self, state: State) -> ParticipationQuerySet:
        """A state's stays, the latest agreement first; undated ones last."""
        return (
            self.filter(state=state)
            .select_related("agreement")
            .order_by(F("agreement__signed_first").desc(nulls_last=True), "ref")
        )


class Participation(Record):
    """One stay of a state in an agreement; several rows where it left and returned."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="participations", verbose_name=_("agreement")
    )
    state = models.ForeignKey(
        State, models.PROTECT, related_name="participations", verbose_name=_("state")
    )
    joined = PartialDateField(
        _("joined"),
        help_text=_("May be the day of signature. Blank: with the agreement itself."),
    )
    joined_first = FirstDay("joined")
    joined_last = LastDay("joined")
    left = PartialDateField(_("left"), help_text=_("The first day without. Blank: has not left."))
    left_first = FirstDay("left")
    left_last = LastDay("left")
    suspended_from = PartialDateField(_("suspended from"), help_text=_("Blank: not suspended."))
    suspended_from_first = FirstDay("suspended_from")
    suspended_from_last = LastDay("suspended_from")
    suspended_until = PartialDateField(
        _("suspended until"), help_text=_("The first day no longer suspended. Blank: still is.")
    )
    suspended_until_first = FirstDay("suspended_until")
    suspended_until_last = LastDay("suspended_until")
    ratified = PartialDateField(_("ratified"), help_text=_("By this state. Blank: not known."))
    ratified_first = FirstDay("ratified")
    ratified_last = LastDay("ratified")
    status = CodedField(
        ParticipationStatus, _("status"), blank=True, help_text=_("Blank: no source states it.")
    )
    stated = models.BooleanField(
        _("stated by a source"),
        default=True,
        help_text=_("Not stated: taken from the list of parties, without dates of its own."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("Shown to readers. Blank: none."))

    objects: ClassVar[ParticipationQuerySet] = ParticipationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ("agreement_id", F("joined_first").asc(nulls_first=True), "ref")
        constraints = (
            *tied(
                "participation", "joined", "left", "suspended_from", "suspended_until", "ratified"
            ),
            in_order("participation", "joined", "left", _("A state cannot leave before it joins.")),
            in_order(
                "participation",
                "suspended_from",
                "suspended_until",
                _("A suspension cannot end before it begins."),
            ),
            in_order(
                "participation",
                "joined",
                "suspended_from",
                _("Participation is suspended while the state takes part."),
            ),
            *(
                in_order(
                    "participation",
                    name,
                    "left",
                    _("Participation is suspended while the state takes part."),
                )
                for name in ("suspended_from", "suspended_until")
            ),
            CheckConstraint(
                condition=~Q(status=ParticipationStatus.WITHDRAWN) | Q(left__isnull=False),
                name="participation_withdrawn_has_left",
                violation_error_message=_("A state that withdrew has left: say when."),
            ),
            CheckConstraint(
                condition=Q(suspended_until=None) | Q(suspended_from__isnull=False),
                name="participation_suspension_has_a_start",
                violation_error_message=_("A suspension that ends needs its first day."),
            ),
            one_of("participation", "status", ParticipationStatus, blank=True),
        )

    def __str__(self) -> str:
        return f"{self.state}: {self.agreement}"

    def clean(self) -> None:
        """Refuse dates out of order, or missing where the status needs them."""
        own = self._own_facts()
        refuse([*consistency.stay_dates(own), *consistency.stay_status(own)])

    def get_absolute_url(self) -> str:
        """Who takes part, on its agreement's page."""
        return f"{self.agreement.get_absolute_url()}#parties"

    def facts(self) -> StayFacts:
        """What the rules need; reads `state`."""
        return replace(
            self._own_facts(),
            state=self.state.ref,
            exists_from=_date(self.state.exists_from),
            exists_until=_date(self.state.exists_until),
        )

    def _own_facts(self) -> StayFacts:
        return StayFacts(
            state="",
            ref=self.ref,
            joined=_date(self.joined),
            left=_date(self.left),
            suspended_from=_date(self.suspended_from),
            suspended_until=_date(self.suspended_until),
            ratified=_date(self.ratified),
            status=self.status,
        )


def _date(value: str | None) -> PartialDate | None:
    return PartialDate(value) if value else None
