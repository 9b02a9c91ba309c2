"""Room 1: what all records share: a permanent id, a full history, and no way to write past it."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any, Never, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, router, transaction
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from alliances.models.fields import REF, BoundField
from alliances.rules.consistency import Finding, unprintable

# Who wrote what no person wrote; no account can bear a name with brackets.
LOADER = "(loader)"
# The reasons that its loads give.
FIRST_LOAD = "First load of the dossier"
LATER_LOAD = "Reload of the dossier"

Row = TypeVar("Row", bound=models.Model, covariant=True)


class SilentWrite(RuntimeError):
    """An attempt to write tracked rows without a trace in their history."""


class TrackedQuerySet(models.QuerySet[Row]):
    """Rows that are written one by one: what writes many at once leaves no history.

    Deletion is allowed: the collector tells the history of each row that goes.
    """

    def update(self, **columns: Any) -> Never:
        """Refused: save each row."""
        raise SilentWrite(f"{self.model.__name__}: save each row; update() leaves no history")

    def bulk_create(self, *args: Any, **options: Any) -> Never:
        """Refused: save each row."""
        raise SilentWrite(f"{self.model.__name__}: save each row; bulk_create() leaves no history")

    def bulk_update(self, *args: Any, **options: Any) -> Never:
        """Refused: save each row."""
        raise SilentWrite(f"{self.model.__name__}: save each row; bulk_update() leaves no history")

    def _raw_delete(self, using: str | None) -> Never:
        raise SilentWrite(f"{self.model.__name__}: delete(); _raw_delete() leaves no history")


class Version(models.Model):
    """What each row of a history table holds beside the fields of simple_history."""

    # The account may be deleted, and its history_user with it; the name stays.
    history_by = models.CharField(max_length=150, editable=False, default="")

    class Meta:
        abstract = True


class Versions(HistoryManager):
    """All versions of a model's rows, or of one row."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: Any, class_name: str | None = None) -> Any:
        """The class of the manager, made once: each reading of `.history` asks for it anew."""
        return super().from_queryset(queryset_class, class_name)


class Printable(models.Model):
    """A row whose texts can be kept by every database, file and page."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Refuse control characters too: PostgreSQL and the dossier's files cannot keep them."""
        super().clean_fields(exclude)
        for field in self._meta.fields:
            character = unprintable(getattr(self, field.attname))
            if character and field.name not in (exclude or ()):
                message = _("The character %(character)s cannot stand in a text.")
                raise ValidationError({field.name: message % {"character": character}})


class Tracked(Printable):
    """A row whose every version is kept, with who wrote it."""

    history = HistoricalRecords(inherit=True, bases=[Version], history_manager=Versions)
    objects = TrackedQuerySet.as_manager()

    class Meta:
        abstract = True
        # Django's own writes through related rows go by the same guarded door.
        base_manager_name = "objects"

    def save_base(self, *args: Any, **options: Any) -> None:
        """Write the row with all that follows from it, its history included, or nothing."""
        using = options.get("using") or router.db_for_write(type(self), instance=self)
        with transaction.atomic(using=using, savepoint=False):
            super().save_base(*args, **options)

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


@receiver(pre_create_historical_record)
def _say_who(instance: Any, history_user: Any, history_instance: Any, **_signal: Any) -> None:
    """Keep the name of whoever writes: of the account, or of the machine."""
    account = history_user.get_username() if history_user else ""
    history_instance.history_by = account or getattr(instance, "_history_by", "")
