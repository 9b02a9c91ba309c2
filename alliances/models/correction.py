"""Room 1: what readers report as wrong, and what editors answer. No record, and never published."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import CheckConstraint, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.models.base import Printable
from alliances.models.fields import CodedField, one_of
from alliances.vocabulary import CorrectionState

# None is taken for another (0 O, 1 I L, 2 Z, 5 S), and no vowel makes words of them.
LETTERS = "2346789BCDFGHJKMPQRTVWXY"
PART = 4


def new_reference() -> str:
    """A number to hand to a reader, which nobody guesses: K7M3-9QXD."""
    one, other = ("".join(secrets.choice(LETTERS) for _place in range(PART)) for _part in range(2))
    return f"{one}-{other}"


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Questions about readers' reports."""

    def open(self) -> CorrectionQuerySet:
        """Those that wait for an answer."""
        return self.filter(state=CorrectionState.RECEIVED)

    def receive(self, report: Correction) -> bool:
        """Keep what one form says; False where the same form was sent before."""
        try:
            with transaction.atomic():
                report.save(force_insert=True)
        except IntegrityError:
            if not self.filter(nonce=report.nonce).exists():
                raise
            return False
        return True


class Correction(Printable):
    """One report. It names its record by kind and permanent id, and so outlives it."""

    reference = models.CharField(
        _("reference"), max_length=9, unique=True, editable=False, default=new_reference
    )
    record_kind = models.CharField(_("kind of record"), max_length=20, editable=False)
    record_ref = models.CharField(_("permanent id"), max_length=200, editable=False)
    record_name = models.TextField(_("record"), editable=False)
    fact = models.CharField(
        _("fact"),
        max_length=200,
        blank=True,
        editable=False,
        help_text=_("A field, or the last part of a nested id. Blank: the whole record."),
    )
    fact_words = models.TextField(_("fact"), blank=True, editable=False)
    said = models.TextField(_("what the record said then"), blank=True, editable=False)
    wrong = models.TextField(_("what is wrong"), max_length=2_000)
    proposed = models.TextField(_("what it should say"), max_length=1_000, blank=True)
    source = models.URLField(_("address of a source"), max_length=600, blank=True)
    mail = models.EmailField(
        _("mail address"),
        blank=True,
        help_text=_("For the answer alone; erased once that is sent."),
    )
    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    # Of the form that was sent: a second sending of it is refused.
    nonce = models.CharField(max_length=64, unique=True, editable=False)

    state = CodedField(CorrectionState, _("state"), default=CorrectionState.RECEIVED)
    answer = models.TextField(
        _("answer to the reader"),
        max_length=4_000,
        blank=True,
        help_text=_("Shown at the reader's reference, and mailed where an address was left."),
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    # A name, as in the histories: the account may be deleted.
    answered_by = models.CharField(_("answered by"), max_length=150, blank=True, editable=False)
    mailed_at = models.DateTimeField(_("answer mailed"), null=True, blank=True, editable=False)

    objects: ClassVar[CorrectionQuerySet] = CorrectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("reader’s correction")
        verbose_name_plural = _("readers’ corrections")
        # Readers make them; nobody does at the desk.
        default_permissions = ("view", "change", "delete")
        # Those that wait first, the longest first; then those that were answered last.
        ordering = (F("answered_at").desc(nulls_first=True), "received_at", "pk")
        constraints = (
            one_of("correction", "state", CorrectionState),
            CheckConstraint(
                condition=~Q(wrong=""),
                name="correction_says_what_is_wrong",
                violation_error_message=_("Say what is wrong."),
            ),
            CheckConstraint(
                condition=Q(
                    state=CorrectionState.RECEIVED, answer="", answered_at=None, answered_by=""
                )
                | (
                    ~Q(state=CorrectionState.RECEIVED)
                    & ~Q(answer="")
                    & Q(answered_at__isnull=False)
                    & ~Q(answered_by="")
                ),
                name="correction_state_with_its_answer",
                violation_error_message=_("An answer has its words, its day and its editor."),
            ),
            CheckConstraint(
                condition=Q(mailed_at=None) | Q(answered_at__isnull=False, mail=""),
                name="correction_mail_erased_once_sent",
                violation_error_message=_("A mail address is erased once the answer is sent."),
            ),
        )

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """Where its reader sees what became of it."""
        return reverse("correction", args=[self.reference])

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == CorrectionState.RECEIVED

    @property
    def state_meaning(self) -> str:
        """What its state says, in a sentence."""
        return str(CorrectionState(self.state).meaning)

    @property
    def is_to_be_mailed(self) -> bool:
        """Whether there is an answer that its reader was not sent."""
        return bool(self.mail) and not self.is_open

    def say_who_answered(self, name: str) -> None:
        """Now, by this editor; of one that is open again, nobody and never."""
        if self.is_open:
            self.answered_by, self.answered_at, self.mailed_at = "", None, None
        else:
            self.answered_by, self.answered_at = name, timezone.now()

    def say_it_was_mailed(self) -> None:
        """The address has served, and goes."""
        self.mail, self.mailed_at = "", timezone.now()
        self.save(update_fields=["mail", "mailed_at"])
