"""Room 1: what all records share: a permanent id, a full history, an order."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from alliances.models.fields import REF, BoundField
from alliances.rules.consistency import Finding


class Tracked(models.Model):
    """A row whose every version is kept; never written by `.update()` or `bulk_*`."""

    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Judge dates by their bounds as they will be stored; forms leave the bounds out."""
        skipped = set(exclude or ())
        for field in self._meta.fields:
            if isinstance(field, BoundField) and field.of not in skipped:
                field.pre_save(self, add=False)
                skipped.discard(field.name)
        super().validate_constraints(skipped)


class Record(Tracked):
    """A tracked row with a permanent id of its own."""

    ref = models.CharField(
        _("permanent id"),
        max_length=200,
        unique=True,
        validators=[REF],
        help_text=_(
            "Never changes once published: exports, citations and addresses use it. "
            "For example rus-tgo-military-cooperation-2025."
        ),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.ref


def refuse(findings: Any) -> None:
    """Raise the findings of the rules as a ValidationError, each beside its field."""
    errors: dict[str, list[str]] = {}
    for finding in findings:
        assert isinstance(finding, Finding)
        errors.setdefault(finding.field, []).append(str(finding.message))
    if errors:
        raise ValidationError(errors)
