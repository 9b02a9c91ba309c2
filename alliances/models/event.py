"""Room 1: days when a promise was tested: who needed help, what was asked, what was done."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.agreement import Agreement
from alliances.models.base import Record, Tracked, TrackedQuerySet
from alliances.models.fields import (
    CodedField,
    FirstDay,
    LastDay,
    PartialDateField,
    in_order,
    one_of,
    tied,
)
from alliances.models.state import State
from alliances.vocabulary import Confidence, Request, Response


class EventQuerySet(TrackedQuerySet["Event"]):
    """Questions about events."""

    def latest_first(self) -> EventQuerySet:
        """In the order of a reader's list."""
        return self.order_by("-date_first", "ref")


class Event(Record):
    """A test of promises. What was done is what those who had promised did."""

    date = PartialDateField(
        _("date"), null=False, blank=False, help_text=_("YYYY, YYYY-MM or YYYY-MM-DD.")
    )
    date_first = FirstDay("date")
    date_last = LastDay("date")
    ended = PartialDateField(_("ended"), help_text=_("Blank: a single day, or not known."))
    ended_first = FirstDay("ended")
    ended_last = LastDay("ended")
    state = models.ForeignKey(
        State, models.PROTECT, related_name="events", verbose_name=_("who needed help")
    )
    title = models.CharField(_("title"), max_length=200)
    threat = models.TextField(_("from what"), blank=True)
    request = CodedField(Request, _("what was asked"))
    response = CodedField(Response, _("what was done"))
    summary = models.TextField(_("summary"), blank=True)
    confidence = CodedField(Confidence, _("confidence"))
    notes = models.TextField(_("notes"), blank=True, help_text=_("Caveats, shown to readers."))

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("date_first", "ref")
        constraints = (
            *tied("event", "date", "ended"),
            in_order("event", "date", "ended", _("It cannot end before it begins.")),
            one_of("event", "request", Request),
            one_of("event", "response", Response),
            one_of("event", "confidence", Confidence),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.date})"

    def get_absolute_url(self) -> str:
        """The event's page."""
        return reverse("event", args=[self.ref])


class EventAgreement(Tracked):
    """An agreement under which the event was, or could have been, a test."""

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="agreement_links", verbose_name=_("event")
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="event_links", verbose_name=_("agreement")
    )

    class Meta:
        verbose_name = _("agreement of an event")
        verbose_name_plural = _("agreements of an event")
        ordering = ("event_id", "agreement__ref")
        constraints = (
            UniqueConstraint(
                fields=("event", "agreement"),
                name="eventagreement_linked_once",
                violation_error_message=_("Name each agreement once."),
            ),
        )

    def __str__(self) -> str:
        return str(self.agreement)
