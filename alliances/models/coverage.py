"""Room 1: for which pairs of states agreements were looked for, and up to when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Greatest, Least
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.base import Record, TrackedQuerySet
from alliances.models.fields import CodedField, FirstDay, LastDay, PartialDateField, one_of, tied
from alliances.models.state import State
from alliances.partial_dates import PartialDate
from alliances.vocabulary import Scope


class CoverageQuerySet(TrackedQuerySet["Coverage"]):
    """Questions about what was researched."""

    def reach(self) -> dict[frozenset[str], PartialDate]:
        """How far the research on each pair of states reaches, by the pair's alpha-3 codes."""
        rows = self.values_list("promisor__ref", "partner__ref", "researched_to")
        return {frozenset((a, b)): PartialDate(reached) for a, b, reached in rows}


class Coverage(Record):
    """A pair whose agreements were looked for. A pair without a row was not researched."""

    promisor = models.ForeignKey(
        State, models.PROTECT, related_name="coverage_as_promisor", verbose_name=_("promisor")
    )
    partner = models.ForeignKey(
        State, models.PROTECT, related_name="coverage_as_partner", verbose_name=_("partner")
    )
    researched_to = PartialDateField(
        _("researched to"),
        null=False,
        blank=False,
        help_text=_("The last day, month or year that the evidence reaches."),
    )
    researched_to_first = FirstDay("researched_to")
    researched_to_last = LastDay("researched_to")
    scope = CodedField(Scope, _("scope"))
    named_in_article = models.BooleanField(
        _("named in the article"),
        default=False,
        help_text=_("A partner that the article names is always listed."),
    )

    objects: ClassVar[CoverageQuerySet] = CoverageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("coverage")
        verbose_name_plural = _("coverage")
        ordering = ("promisor__ref", "partner__ref")
        constraints = (
            *tied("coverage", "researched_to"),
            one_of("coverage", "scope", Scope),
            UniqueConstraint(
                Least("promisor", "partner"),
                Greatest("promisor", "partner"),
                name="coverage_once_per_pair",
                violation_error_message=_("This pair of states has a row already."),
            ),
            CheckConstraint(
                condition=~Q(promisor=F("partner")),
                name="coverage_of_two_states",
                violation_error_message=_("A state has no agreements with itself."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.promisor} – {self.partner}, to {self.researched_to}"

    def get_absolute_url(self) -> str:
        """What is recorded between the two."""
        return reverse("pair", args=sorted((self.promisor.slug, self.partner.slug)))
