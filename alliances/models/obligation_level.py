"""Room 1: the scale of promised support as rows that editors can reword; its order is fixed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import CheckConstraint, Count, F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from alliances.models.base import Record, TrackedQuerySet
from alliances.models.fields import SmallNumberField
from alliances.vocabulary import Family, Level


class ObligationLevelQuerySet(TrackedQuerySet["ObligationLevel"]):
    """Questions about the scale."""

    def with_clause_counts(self) -> ObligationLevelQuerySet:
        """Each level with `clauses` and `texts`: how many clauses, in how many agreements."""
        return self.annotate(
            clauses=Count("obligations", distinct=True),
            texts=Count("obligations__agreement", distinct=True),
        )


def _ranked_as_the_vocabulary_says() -> Q:
    conditions = Q()
    for level in Level:
        conditions |= Q(ref=level.code, rank=level.rank)
    return conditions


class ObligationLevel(Record):
    """One rung of the scale, or one of the states without a rank; `ref` is its stable code."""

    rank = SmallNumberField(
        _("rank"),
        null=True,
        blank=True,
        unique=True,
        editable=False,
        help_text=_("1 is the strongest. Empty: no rank, and never sorted as weakest."),
    )
    label = models.CharField(_("label"), max_length=60, help_text=_("What a reader sees."))
    definition = models.TextField(_("definition"))
    requirement = models.TextField(_("what the text must say"), blank=True)
    atop_mapping = models.TextField(_("ATOP mapping"), blank=True)
    other_codings = models.TextField(_("other codings"), blank=True)
    contested = models.TextField(
        _("why its place is contested"), blank=True, help_text=_("Blank: not contested.")
    )

    objects: ClassVar[ObligationLevelQuerySet] = ObligationLevelQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("obligation level")
        verbose_name_plural = _("obligation levels")
        ordering = (F("rank").asc(nulls_last=True), "pk")
        constraints = (
            CheckConstraint(
                condition=_ranked_as_the_vocabulary_says(),
                name="obligationlevel_ranked_as_the_vocabulary_says",
                violation_error_message=_("The codes and their ranks are fixed."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.rank} {self.label}" if self.rank else self.label

    def get_absolute_url(self) -> str:
        """Its place on the page of the scale."""
        return f"{reverse('obligations')}#{f'rung-{self.rank}' if self.rank else self.ref}"

    @cached_property
    def level(self) -> Level:
        """Its code, rank and family as the rules know them."""
        return Level.of(self.ref)

    @property
    def family(self) -> Family:
        """The family it belongs to."""
        return self.level.family
