"""Room 1: who takes part in which agreement, when, and whether it is suspended."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q
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
from alliances.models.state import State
from alliances.rules import consistency
from alliances.rules.facts import Participation as StayFacts
from alliances.vocabulary import ParticipationStatus


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
        "Agreement", models.CASCADE, related_name="participations", verbose_name=_("agreement")
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
            exists_from=as_known(self.state.exists_from),
            exists_until=as_known(self.state.exists_until),
        )

    def _own_facts(self) -> StayFacts:
        return StayFacts(
            state="",
            ref=self.ref,
            joined=as_known(self.joined),
            left=as_known(self.left),
            suspended_from=as_known(self.suspended_from),
            suspended_until=as_known(self.suspended_until),
            ratified=as_known(self.ratified),
            status=self.status,
        )
