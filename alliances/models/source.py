"""Room 1: the works that facts rest on, and the article that is checked. Their use is Citation."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.base import Record, TrackedQuerySet
from alliances.models.fields import (
    CodedField,
    FirstDay,
    LastDay,
    PartialDateField,
    in_order,
    one_of,
    tied,
)
from alliances.vocabulary import Seen, SourceKind


class SourceQuerySet(TrackedQuerySet["Source"]):
    """Questions about sources."""

    def by_title(self) -> SourceQuerySet:
        """In the order of a reader's list."""
        return self.order_by("title", "ref")

    def with_use(self) -> SourceQuerySet:
        """With every record that rests on them, in a constant number of queries."""
        return self.prefetch_related(
            "citations__agreement",
            "citations__event",
            "obligations__agreement",
            "obligations__level",
            "evidence_for__claim__state",
            "evidence_for__omission__state",
        )

    def recalled(self) -> SourceQuerySet:
        """Those cited from memory."""
        return self.filter(seen=Seen.RECALL)


class Source(Record):
    """A work that is cited."""

    title = models.CharField(
        _("title"), max_length=500, help_text=_("In [brackets] where it is our description.")
    )
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    url = models.URLField(_("address"), max_length=600, blank=True, help_text=_("Blank: none."))
    archived_url = models.URLField(
        _("archived copy"), max_length=800, blank=True, help_text=_("Blank: none recorded.")
    )
    published = PartialDateField(
        _("published"), help_text=_("YYYY, YYYY-MM or YYYY-MM-DD. Blank: not known.")
    )
    published_first = FirstDay("published")
    published_last = LastDay("published")
    kind = CodedField(SourceKind, _("kind"))
    language = models.CharField(_("language"), max_length=3, help_text=_("ISO 639-1 code."))
    seen = CodedField(
        Seen, _("read or recalled"), help_text=_("Recalled sources are shown as weaker.")
    )
    note = models.TextField(_("note"), blank=True, help_text=_("Shown to readers. Blank: none."))

    objects: ClassVar[SourceQuerySet] = SourceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ("ref",)
        constraints = (
            *tied("source", "published"),
            one_of("source", "kind", SourceKind),
            one_of("source", "seen", Seen),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.publisher})" if self.publisher else self.title

    def get_absolute_url(self) -> str:
        """The source's page."""
        return reverse("source", args=[self.ref])


class Article(Record):
    """A news article whose sentences are checked; the work itself is its source."""

    source = models.OneToOneField(
        Source, models.PROTECT, related_name="article", verbose_name=_("source")
    )
    section = models.CharField(_("section"), max_length=100, blank=True)
    author = models.CharField(
        _("author"), max_length=200, blank=True, help_text=_("Blank: no byline.")
    )
    not_before = PartialDateField(
        _("not published before"), help_text=_("An inference; never shown as a date.")
    )
    not_before_first = FirstDay("not_before")
    not_before_last = LastDay("not_before")
    not_after = PartialDateField(
        _("not published after"), help_text=_("An inference; never shown as a date.")
    )
    not_after_first = FirstDay("not_after")
    not_after_last = LastDay("not_after")
    file = models.CharField(_("kept copy"), max_length=200, blank=True)
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ("ref",)
        constraints = (
            *tied("article", "not_before", "not_after"),
            in_order("article", "not_before", "not_after", _("The bounds are reversed.")),
        )

    def __str__(self) -> str:
        return self.source.title

    def get_absolute_url(self) -> str:
        """Its sentences, checked."""
        return reverse("claims")
