"""Room 1: the article's sentences about states, our verdicts on them, and what it leaves out."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Prefetch, Q, UniqueConstraint
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.agreement import Agreement
from alliances.models.base import Record, Tracked, TrackedQuerySet
from alliances.models.event import Event
from alliances.models.fields import CodedField, SmallNumberField, one_of
from alliances.models.obligation_level import ObligationLevel
from alliances.models.source import Article, Source
from alliances.models.state import State
from alliances.vocabulary import ClaimCategory, Confidence, Verdict

MAX_QUOTED_WORDS = 25


class ClaimQuerySet(TrackedQuerySet["Claim"]):
    """Questions about sentences of an article."""

    def checked(self) -> ClaimQuerySet:
        """Those with a verdict."""
        return self.exclude(verdict="")

    def context(self) -> ClaimQuerySet:
        """Those that are not checked."""
        return self.filter(verdict="")

    def in_the_articles_order(self) -> ClaimQuerySet:
        """Sentence by sentence; within one by the name of the state."""
        return self.order_by("article_id", "number", "state__name", "ref")

    def with_evidence(self) -> ClaimQuerySet:
        """With all that the verdict rests on, in a constant number of queries."""
        return self.select_related("state", "level").prefetch_related(evidence())


EVIDENCE_KINDS = ("agreement", "event", "source")


def evidence() -> Prefetch[str, Any, str]:
    """For claims and omissions: their evidence with what it names, in one query."""
    return Prefetch("evidence", Evidence.objects.select_related(*EVIDENCE_KINDS))


class Claim(Record):
    """A sentence of the article as it bears on one state. Our paraphrase leads."""

    article = models.ForeignKey(
        Article, models.PROTECT, related_name="claims", verbose_name=_("article")
    )
    number = SmallNumberField(_("sentence number"))
    state = models.ForeignKey(
        State, models.PROTECT, related_name="claims", verbose_name=_("about the state")
    )
    quote = models.TextField(
        _("quotation"), blank=True, help_text=_("Exact, at most 25 words of the sentence.")
    )
    quote_cut = models.BooleanField(_("the sentence goes on"), default=False)
    claim = models.TextField(_("paraphrase"), help_text=_("What the sentence says, in our words."))
    category = CodedField(ClaimCategory, _("category"))
    stated_support = models.TextField(_("stated support"), blank=True)
    level = models.ForeignKey(
        ObligationLevel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("asserted level"),
        help_text=_("Blank: the article asserts none."),
    )
    prospect = models.TextField(
        _("prospect"), blank=True, help_text=_("What it expects to happen.")
    )
    verdict = CodedField(
        Verdict, _("verdict"), blank=True, help_text=_("Blank: context that is not checked.")
    )
    reasons = models.TextField(_("reasons"), blank=True)
    verdict_confidence = CodedField(Confidence, _("confidence in the verdict"), blank=True)
    notes = models.TextField(_("notes"), blank=True)

    objects: ClassVar[ClaimQuerySet] = ClaimQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ("article_id", "number", "state__ref")
        constraints = (
            one_of("claim", "category", ClaimCategory),
            one_of("claim", "verdict", Verdict, blank=True),
            one_of("claim", "verdict_confidence", Confidence, blank=True),
            UniqueConstraint(
                fields=("article", "number", "state"),
                name="claim_once_per_sentence_and_state",
                violation_error_message=_("This sentence is checked for this state already."),
            ),
            CheckConstraint(
                condition=Q(verdict="", reasons="", verdict_confidence="")
                | (~Q(verdict="") & ~Q(reasons="") & ~Q(verdict_confidence="")),
                name="claim_verdict_with_reasons_and_confidence",
                violation_error_message=_("A verdict needs its reasons and how sure it is."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}: {self.state}"

    def get_absolute_url(self) -> str:
        """The claim's page."""
        return reverse("claim", args=[self.ref])

    def clean(self) -> None:
        """Refuse a quotation longer than may be quoted."""
        if len(self.quote.split()) > MAX_QUOTED_WORDS:
            raise ValidationError({"quote": _("At most 25 words of a sentence are quoted.")})


class Omission(Record):
    """What the article leaves out about a state."""

    article = models.ForeignKey(
        Article, models.PROTECT, related_name="omissions", verbose_name=_("article")
    )
    state = models.ForeignKey(
        State, models.PROTECT, related_name="omissions", verbose_name=_("about the state")
    )
    what = models.TextField(_("what is left out"))
    reasons = models.TextField(_("reasons"))

    class Meta:
        verbose_name = _("omission")
        verbose_name_plural = _("omissions")
        ordering = ("article_id", "pk")

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        """Its place on its state's page; the list of claims shows it on its last page only."""
        return f"{self.state.get_absolute_url()}#article"


class Evidence(Tracked):
    """What a claim's verdict or an omission rests on: an agreement, an event or a source."""

    claim = models.ForeignKey(Claim, models.CASCADE, null=True, blank=True, related_name="evidence")
    omission = models.ForeignKey(
        Omission, models.CASCADE, null=True, blank=True, related_name="evidence"
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="evidence_for"
    )
    event = models.ForeignKey(
        Event, models.PROTECT, null=True, blank=True, related_name="evidence_for"
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="evidence_for"
    )

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ("pk",)
        constraints = (
            CheckConstraint(
                condition=Q(claim=None, omission__isnull=False)
                | Q(claim__isnull=False, omission=None),
                name="evidence_for_one_record",
                violation_error_message=_("Evidence belongs to one claim or one omission."),
            ),
            CheckConstraint(
                condition=Q(agreement__isnull=False, event=None, source=None)
                | Q(agreement=None, event__isnull=False, source=None)
                | Q(agreement=None, event=None, source__isnull=False),
                name="evidence_is_one_record",
                violation_error_message=_("Name one agreement, one event or one source."),
            ),
            UniqueConstraint(
                *(Coalesce(name, 0) for name in ("claim", "omission", *EVIDENCE_KINDS)),
                name="evidence_named_once",
                violation_error_message=_("Name each agreement, event or source once."),
            ),
        )

    def __str__(self) -> str:
        return str(self.agreement or self.event or self.source)
