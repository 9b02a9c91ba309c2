"""Room 1: one clause of an agreement: what is owed, by whom, to whom, when, in which words."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from alliances.models.agreement import Agreement
from alliances.models.base import Record, Tracked, refuse
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
from alliances.models.source import Source
from alliances.models.state import State
from alliances.rules import consistency
from alliances.rules.facts import Obligation as ClauseFacts
from alliances.vocabulary import Confidence, Role, TriggerCode


class Obligation(Record):
    """One clause. Mutual, or with explicit sides (`ObligationSide`)."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="obligations", verbose_name=_("agreement")
    )
    article = models.CharField(
        _("article"),
        max_length=120,
        blank=True,
        help_text=_("For example Art. 4. Blank: number not known."),
    )
    article_seen = models.BooleanField(
        _("its number was seen"),
        default=True,
        help_text=_("Untick for a number that is recalled: readers see it as unconfirmed."),
    )
    level = models.ForeignKey(
        ObligationLevel, models.PROTECT, related_name="obligations", verbose_name=_("level")
    )
    atop_types = models.JSONField(
        _("ATOP types"),
        default=list,
        blank=True,
        help_text=_("The kinds by which ATOP would code it; none is allowed."),
    )
    trigger = models.TextField(_("trigger"), blank=True, help_text=_("Casus foederis in words."))
    trigger_code = CodedField(TriggerCode, _("trigger code"), default=TriggerCode.NOT_STATED)
    mutual = models.BooleanField(
        _("mutual"), default=True, help_text=_("Each party owes it to every other.")
    )
    applies_from = PartialDateField(
        _("applies from"), help_text=_("Where the text was amended. Blank: with the agreement.")
    )
    applies_from_first = FirstDay("applies_from")
    applies_from_last = LastDay("applies_from")
    applies_until = PartialDateField(
        _("applies until"), help_text=_("The first day without. Blank: with the agreement.")
    )
    applies_until_first = FirstDay("applies_until")
    applies_until_last = LastDay("applies_until")
    wording = models.TextField(
        _("wording"),
        blank=True,
        help_text=_("A short quotation; the note says when it is translated or a press summary."),
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="obligations",
        verbose_name=_("source"),
        help_text=_("Where the clause or its wording was found."),
    )
    confidence = CodedField(Confidence, _("confidence"))
    note = models.TextField(_("note"), blank=True, help_text=_("Shown to readers. Blank: none."))

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        ordering = ("agreement_id", "pk")
        constraints = (
            *tied("obligation", "applies_from", "applies_until"),
            in_order(
                "obligation", "applies_from", "applies_until", _("It cannot end before it begins.")
            ),
            one_of("obligation", "trigger_code", TriggerCode),
            one_of("obligation", "confidence", Confidence),
            CheckConstraint(
                condition=Q(wording="") | Q(source__isnull=False),
                name="obligation_wording_only_with_its_source",
                violation_error_message=_("A wording needs its source."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.article or self.ref}: {self.level}"

    @property
    def anchor(self) -> str:
        """Where it stands on its agreement's page: the last part of its permanent id."""
        return self.ref.rpartition("/")[2]

    def get_absolute_url(self) -> str:
        """Its place on its agreement's page."""
        return f"{self.agreement.get_absolute_url()}#{self.anchor}"

    @property
    def owing(self) -> list[State]:
        """Who owes it, where it is one-sided; reads `sides`."""
        return [side.state for side in self.sides.all() if side.role == Role.OWES]

    @property
    def owed(self) -> list[State]:
        """To whom, where it is one-sided; reads `sides`."""
        return [side.state for side in self.sides.all() if side.role == Role.OWED]

    @property
    def is_press_summary(self) -> bool:
        """Whether the wording is somebody's summary, not the text's own words."""
        return "press summary" in f"{self.wording} {self.note}".lower()

    def clean(self) -> None:
        """Refuse a span that ends before it begins."""
        refuse(consistency.clause_dates(self._own_facts(frozenset(), frozenset())))

    def facts(self) -> ClauseFacts:
        """What the rules need; reads `sides` and `level`."""
        sides = list(self.sides.all())
        return self._own_facts(_states(sides, Role.OWES), _states(sides, Role.OWED))

    def _own_facts(self, owes: frozenset[str], owed: frozenset[str]) -> ClauseFacts:
        return ClauseFacts(
            ref=self.ref,
            level=self.level.ref if self.level_id else "",
            mutual=self.mutual,
            owes=owes,
            owed=owed,
            applies_from=as_known(self.applies_from),
            applies_until=as_known(self.applies_until),
        )


class ObligationSide(Tracked):
    """A party's side in a one-sided obligation."""

    obligation = models.ForeignKey(
        Obligation, models.CASCADE, related_name="sides", verbose_name=_("obligation")
    )
    state = models.ForeignKey(State, models.PROTECT, related_name="+", verbose_name=_("state"))
    role = CodedField(Role, _("side"))

    class Meta:
        verbose_name = _("side of an obligation")
        verbose_name_plural = _("sides of an obligation")
        ordering = ("obligation_id", "role", "state__ref")
        constraints = (
            one_of("obligationside", "role", Role),
            UniqueConstraint(
                fields=("obligation", "state", "role"),
                name="obligationside_named_once",
                violation_error_message=_("A state stands once on a side."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} {self.get_role_display().lower()}"


def _states(sides: list[ObligationSide], role: Role) -> frozenset[str]:
    return frozenset(side.state.ref for side in sides if side.role == role)
