"""Room 1: states, present and past. Names are data; what a state promised is elsewhere."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import CheckConstraint, Exists, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.base import Record, TrackedQuerySet, refuse
from alliances.models.fields import (
    CodedField,
    FirstDay,
    LastDay,
    PartialDateField,
    SmallNumberField,
    in_order,
    one_of,
    tied,
)
from alliances.rules import consistency
from alliances.vocabulary import Region

ALPHA3 = RegexValidator(r"\A[A-Z]{3}\Z", _("Three capital letters."))


class StateQuerySet(TrackedQuerySet["State"]):
    """Questions about states."""

    def by_any_name(self, name: str) -> StateQuerySet:
        """The state with this slug or alpha-3 code, in any letter case; where there is none, the
        one that had the slug last.
        """
        now = Q(slug=name.lower()) | Q(ref=name.upper())
        former = State.history.filter(slug=name.lower(), id__in=State.objects.values("pk"))
        last = former.order_by("-history_date", "-history_id").values("id")[:1]
        taken = Exists(State.objects.filter(now))
        return self.filter(now | (Q(pk=Subquery(last)) & ~Q(taken)))

    def continuations(self) -> dict[str, str]:
        """Which state continues which, by their codes."""
        rows = self.exclude(continued_by=None).order_by()
        return dict(rows.values_list("ref", "continued_by__ref"))


class State(Record):
    """A state; `ref` is its ISO 3166-1 alpha-3 code (ISO 3166-3 for one that ceased to exist)."""

    ref = models.CharField(
        _("ISO alpha-3"),
        max_length=3,
        unique=True,
        validators=[ALPHA3],
        help_text=_("Never changes once published: exports and addresses use it."),
    )
    name = models.CharField(_("name"), max_length=100, unique=True)
    slug = models.SlugField(
        _("address"),
        max_length=100,
        unique=True,
        help_text=_("The last part of its page's address."),
    )
    official_name = models.CharField(_("official name"), max_length=200)
    native_name = models.CharField(
        _("native name"), max_length=200, blank=True, help_text=_("Blank: not recorded.")
    )
    name_ru = models.CharField(_("Russian name"), max_length=200, blank=True)
    other_names = models.JSONField(
        _("other names"), default=list, blank=True, help_text=_('A list, for example ["DPRK"].')
    )
    alpha2 = models.CharField(
        _("ISO alpha-2"),
        max_length=2,
        null=True,
        blank=True,
        unique=True,
        help_text=_("Blank: it has none."),
    )
    m49 = models.CharField(
        _("UN M49 code"),
        max_length=3,
        null=True,
        blank=True,
        unique=True,
        help_text=_("Blank: it has none."),
    )
    cow = SmallNumberField(
        _("COW number"),
        null=True,
        blank=True,
        help_text=_("Correlates of War; not unique: a state may share its predecessor's."),
    )
    region = CodedField(Region, _("region"))
    subregion = models.CharField(_("subregion"), max_length=100)
    exists_from = PartialDateField(
        _("exists from"), help_text=_("Blank: before any agreement recorded here.")
    )
    exists_from_first = FirstDay("exists_from")
    exists_from_last = LastDay("exists_from")
    exists_until = PartialDateField(
        _("exists until"), help_text=_("The first day without it. Blank: it exists.")
    )
    exists_until_first = FirstDay("exists_until")
    exists_until_last = LastDay("exists_until")
    continued_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="continues",
        verbose_name=_("continued by"),
        help_text=_("The state that continues its legal personality. Blank: none."),
    )

    objects: ClassVar[StateQuerySet] = StateQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("state")
        verbose_name_plural = _("states")
        ordering = ("name",)
        constraints = (
            *tied("state", "exists_from", "exists_until"),
            in_order("state", "exists_from", "exists_until", _("It cannot end before it begins.")),
            one_of("state", "region", Region),
            CheckConstraint(
                condition=Q(continued_by=None) | Q(exists_until__isnull=False),
                name="state_continued_only_when_ended",
                violation_error_message=_("Only a state that has ended is continued by another."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The state's page."""
        return reverse("state", args=[self.slug])

    def clean(self) -> None:
        """Refuse a state that continues itself, by however many steps."""
        if self.continued_by:
            following = State.objects.continuations() | {self.ref: self.continued_by.ref}
            refuse(consistency.circle(self.ref, "continued_by", following))
