"""Room 1: what scholars' data sets code for the same agreements, and where they differ from us.

Their values are theirs: heterogeneous, kept and printed as given, never computed with.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.agreement import Agreement
from alliances.models.base import Record, refuse
from alliances.models.fields import (
    CodedField,
    FirstDay,
    LastDay,
    PartialDateField,
    in_order,
    one_of,
    tied,
)
from alliances.models.participation import Participation
from alliances.models.state import State
from alliances.rules import consistency
from alliances.vocabulary import DifferenceKind, Match


class DataSet(Record):
    """A published data set."""

    title = models.CharField(_("title"), max_length=300)
    citation = models.TextField(_("how to cite"))
    citation_note = models.TextField(_("note on the citation"), blank=True)
    unit = models.CharField(_("unit"), max_length=200)
    coverage = models.CharField(_("years covered"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    url = models.URLField(_("address"), max_length=600, blank=True)

    class Meta:
        verbose_name = _("data set")
        verbose_name_plural = _("data sets")
        ordering = ("ref",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where the page of the scale cites it."""
        return f"{reverse('obligations')}#{self.ref}"


class ExternalCoding(Record):
    """What a data set codes for one agreement."""

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="codings", verbose_name=_("agreement")
    )
    dataset = models.ForeignKey(
        DataSet, models.PROTECT, related_name="codings", verbose_name=_("data set")
    )
    external_id = models.CharField(_("its id there"), max_length=40)
    phase = models.CharField(_("phase"), max_length=10, blank=True)
    begin = PartialDateField(_("begin"))
    begin_first = FirstDay("begin")
    begin_last = LastDay("begin")
    end = PartialDateField(_("end"))
    end_first = FirstDay("end")
    end_last = LastDay("end")
    types = models.JSONField(_("types"), default=list, blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    codes_label_not_verified = models.JSONField(
        _("codes without a verified label"), default=dict, blank=True
    )
    match = CodedField(Match, _("match"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("external coding")
        verbose_name_plural = _("external codings")
        ordering = ("ref",)
        constraints = (
            *tied("externalcoding", "begin", "end"),
            in_order("externalcoding", "begin", "end", _("It cannot end before it begins.")),
            one_of("externalcoding", "match", Match),
        )

    def __str__(self) -> str:
        return f"{self.dataset_id}: {self.external_id}"

    def get_absolute_url(self) -> str:
        """The agreement's page."""
        return self.agreement.get_absolute_url()


class MemberSpell(Record):
    """A member's entry and exit as a data set codes them, beside our participation."""

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="member_spells", verbose_name=_("agreement")
    )
    dataset = models.ForeignKey(
        DataSet, models.PROTECT, related_name="member_spells", verbose_name=_("data set")
    )
    external_id = models.CharField(_("its id there"), max_length=40)
    state = models.ForeignKey(State, models.PROTECT, related_name="+", verbose_name=_("state"))
    entry = PartialDateField(_("entry"))
    entry_first = FirstDay("entry")
    entry_last = LastDay("entry")
    exit = PartialDateField(_("exit"))
    exit_first = FirstDay("exit")
    exit_last = LastDay("exit")
    participation = models.ForeignKey(
        Participation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="member_spells",
        verbose_name=_("our participation"),
        help_text=_("Blank: we have none."),
    )

    class Meta:
        verbose_name = _("member spell")
        verbose_name_plural = _("member spells")
        ordering = ("ref",)
        constraints = (
            *tied("memberspell", "entry", "exit"),
            in_order("memberspell", "entry", "exit", _("A state cannot leave before it joins.")),
        )

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        """Who takes part, on the agreement's page."""
        return f"{self.agreement.get_absolute_url()}#parties"

    def clean(self) -> None:
        """Refuse a participation in another agreement or of another state."""
        refuse(self.findings())

    def findings(self) -> Iterable[consistency.Finding]:
        """What contradicts the rules; reads `agreement`, `state` and `participation`."""
        ours = self.participation
        return consistency.spell_beside_its_stay(
            self.ref,
            (self.agreement.ref, self.state.ref),
            (ours.agreement.ref, ours.state.ref) if ours else None,
        )

    @property
    def agrees(self) -> bool:
        """Whether the data set and our participation give the same days."""
        ours = self.participation
        return ours is not None and (self.entry, self.exit) == (ours.joined, ours.left)


class Difference(Record):
    """Where a data set and our record differ, why, and which the comment holds better."""

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="differences", verbose_name=_("agreement")
    )
    dataset = models.ForeignKey(
        DataSet, models.PROTECT, related_name="differences", verbose_name=_("data set")
    )
    field = models.CharField(_("field"), max_length=100)
    ours = models.JSONField(_("ours"), null=True, blank=True)
    theirs = models.JSONField(_("theirs"), null=True, blank=True)
    theirs_codes = models.CharField(_("their codes"), max_length=200, blank=True)
    kind = CodedField(DifferenceKind, _("kind"))
    comment = models.TextField(_("comment"))

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        ordering = ("ref",)
        constraints = (one_of("difference", "kind", DifferenceKind),)

    def __str__(self) -> str:
        return f"{self.field}: {self.agreement}"

    def get_absolute_url(self) -> str:
        """The agreement's page."""
        return self.agreement.get_absolute_url()
