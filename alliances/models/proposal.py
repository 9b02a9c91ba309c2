"""Room 1: proposed changes, each as the whole record would be, and every step taken with them.

Nothing here is public: what readers see stands in the records' own tables.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.models.fields import CodedField, one_of
from alliances.vocabulary import Stage

OPEN = (Stage.DRAFT, Stage.IN_REVIEW)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Questions about proposals."""

    def open(self) -> ProposalQuerySet:
        """Those that nobody has published or set aside."""
        return self.filter(stage__in=OPEN)

    def of(self, noun: str, ref: str) -> ProposalQuerySet:
        """Those that would change one record."""
        return self.filter(noun=noun, ref=ref)

    def seen_by(self, user: Any, *, all_drafts: bool = False) -> ProposalQuerySet:
        """All but other people's drafts, which only who may see `all_drafts` sees."""
        return self if all_drafts else self.exclude(~Q(author=user), stage=Stage.DRAFT)


class Proposal(models.Model):
    """A change of one record: the record's dossier form as it was (`base`) and would be (`form`).

    No base: the record is new. No form: it is to be withdrawn.
    """

    noun = models.CharField(_("kind of record"), max_length=40)
    ref = models.CharField(_("permanent id"), max_length=200)
    title = models.CharField(_("record"), max_length=600)
    base = models.JSONField(null=True)
    form = models.JSONField(null=True)
    stage = CodedField(Stage, _("stage"), default=Stage.DRAFT)
    # Moves with each save: what somebody looked at is what they act on.
    number = models.PositiveIntegerField(default=1)
    reason = models.CharField(_("reason"), max_length=100, blank=True)
    # An account may be deleted; the names stay.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    author_name = models.CharField(_("proposed by"), max_length=150)
    changed_at = models.DateTimeField(_("last changed"), default=timezone.now)
    reviewer_name = models.CharField(_("reviewed by"), max_length=150, blank=True)
    # Also the moment of what the history says of the change.
    published_at = models.DateTimeField(_("published"), null=True)

    objects: ClassVar[ProposalQuerySet] = ProposalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ("-changed_at", "-pk")
        permissions = (
            ("review_proposal", "Can publish what others proposed"),
            ("publish_own_proposal", "Can publish without a review"),
        )
        indexes = (models.Index(fields=("noun", "ref"), name="proposal_of_record"),)
        constraints = (
            one_of("proposal", "stage", Stage),
            CheckConstraint(
                condition=Q(base__isnull=False) | Q(form__isnull=False),
                name="proposal_of_something",
                violation_error_message=_("A proposal changes, adds or withdraws a record."),
            ),
            CheckConstraint(
                condition=Q(stage=Stage.PUBLISHED, published_at__isnull=False)
                & ~Q(reviewer_name="")
                | ~Q(stage=Stage.PUBLISHED) & Q(published_at__isnull=True, reviewer_name=""),
                name="proposal_published_by",
                violation_error_message=_("What is published says when and by whom."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_new(self) -> bool:
        """Whether it would add a record."""
        return self.base is None

    @property
    def is_withdrawal(self) -> bool:
        """Whether it would take a record away."""
        return self.form is None

    @property
    def is_open(self) -> bool:
        """Whether it may still be published or set aside."""
        return self.stage in OPEN


class ProposalNote(models.Model):
    """One step taken with a proposal: when, by whom, to which stage, and what they said."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="steps")
    at = models.DateTimeField(default=timezone.now)
    by_name = models.CharField(max_length=150)
    stage = CodedField(Stage)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (one_of("proposalnote", "stage", Stage),)

    def __str__(self) -> str:
        return f"{self.get_stage_display()}, {self.by_name}"
