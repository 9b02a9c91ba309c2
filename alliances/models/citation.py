"""Room 1: the use of a source: which record, which of its fields or facts, where in the source."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from alliances.models.agreement import Agreement
from alliances.models.base import Record
from alliances.models.event import Event
from alliances.models.source import Source


class Citation(Record):
    """A source that bears on facts of one agreement or one event."""

    agreement = models.ForeignKey(
        Agreement,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        verbose_name=_("agreement"),
    )
    event = models.ForeignKey(
        Event,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        verbose_name=_("event"),
    )
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="citations", verbose_name=_("source")
    )
    supports = models.JSONField(
        _("supports"),
        default=list,
        blank=True,
        help_text=_('Field names or short facts, for example ["signed", "in_force"].'),
    )
    locator = models.CharField(
        _("where in it"), max_length=300, blank=True, help_text=_("Article, paragraph or page.")
    )

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ("pk",)
        constraints = (
            CheckConstraint(
                condition=Q(agreement=None, event__isnull=False)
                | Q(agreement__isnull=False, event=None),
                name="citation_of_one_record",
                violation_error_message=_("A citation belongs to one agreement or one event."),
            ),
        )

    def __str__(self) -> str:
        return str(self.source)

    def get_absolute_url(self) -> str:
        """The page of the record that rests on it."""
        owner = self.agreement or self.event
        assert owner is not None
        return owner.get_absolute_url()
