"""Room 1: the pieces that records are made of: partial dates as columns, coded words, refs.

A partial date is three columns: the text as recorded and its first and last possible day.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import Case, CheckConstraint, F, IntegerField, Q, Value, When
from django.db.models.functions import Cast, Concat, Length, Mod, Substr
from django.db.models.lookups import Exact, In
from django.utils.translation import gettext_lazy as _

from alliances.partial_dates import PartialDate
from alliances.vocabulary import Coded, code_list

LARGEST_NUMBER = 32_767

REF = RegexValidator(
    r"\A[a-z0-9]+(?:[-_/][a-z0-9]+)*\Z",
    _("Small letters a to z and digits, joined by hyphens, underscores or slashes."),
)


class PartialDateField(models.CharField):
    """A date as recorded (YYYY, YYYY-MM or YYYY-MM-DD); NULL where it is unknown."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("max_length", 10)
        options.setdefault("null", True)
        options.setdefault("blank", True)
        super().__init__(*args, **options)

    def from_db_value(self, value: str | None, *_args: Any) -> PartialDate | None:
        """The stored text as a value."""
        return PartialDate(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        """Read what a form or a caller gives; ValidationError for an impossible date."""
        if value is None or value == "":
            return None
        try:
            return value if isinstance(value, PartialDate) else PartialDate(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="partial_date") from error

    def get_prep_value(self, value: Any) -> str | None:
        """Store NULL, never an empty text, for an unknown date."""
        text = self.to_python(value)
        return None if text is None else str.__str__(text)


def as_known(value: str | None) -> PartialDate | None:
    """The value of a field that may still hold what a form or a caller gave."""
    return PartialDate(value) if value else None


class BoundField(models.DateField):
    """The first or last possible day of the partial date in the field `of`; never set by hand."""

    bound: str

    def __init__(self, of: str, **options: Any) -> None:
        self.of = of
        super().__init__(null=True, blank=True, editable=False)

    def deconstruct(self) -> Any:
        """For migrations: only the name of the partial date's field."""
        name, path, _args, _options = super().deconstruct()
        return name, path, [self.of], {}

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        """Read the bound from the text, so that the two cannot part."""
        field: Any = instance._meta.get_field(self.of)
        text = field.to_python(getattr(instance, self.of))
        value = getattr(text, self.bound, None)
        setattr(instance, self.attname, value)
        return value


class FirstDay(BoundField):
    """The first possible day of a partial date."""

    bound = "first"


class LastDay(BoundField):
    """The last possible day of a partial date."""

    bound = "last"


def tied(model: str, *names: str) -> list[CheckConstraint]:
    """The constraints that tie each partial date's text to its first and last possible day."""
    return [
        CheckConstraint(
            condition=Q(**{name: None, f"{name}_first": None, f"{name}_last": None})
            | Q(
                **{
                    # A comparison with NULL is neither true nor false, and a CHECK lets it pass.
                    f"{name}__isnull": False,
                    f"{name}_first__isnull": False,
                    f"{name}_last__isnull": False,
                    f"{name}_first": Cast(_first_day(name), models.DateField()),
                    f"{name}_last": Cast(_last_day(name), models.DateField()),
                }
            ),
            name=f"{model}_{name}_tied",
            violation_error_message=_("The date and its possible days do not agree."),
        )
        for name in names
    ]


def in_order(model: str, earlier: str, later: str, message: Any) -> CheckConstraint:
    """The constraint that `later` does not surely lie before `earlier`."""
    return CheckConstraint(
        condition=Q(**{earlier: None})
        | Q(**{later: None})
        | Q(**{f"{later}_last__gte": F(f"{earlier}_first")}),
        name=f"{model}_{later}_not_before_{earlier}",
        violation_error_message=message,
    )


class SmallNumberField(models.PositiveSmallIntegerField):
    """A whole number that a small integer of PostgreSQL holds; refused alike on SQLite."""

    # The bound that SQLite does not have; where the database has it, Django adds no second one.
    default_validators = [MaxValueValidator(LARGEST_NUMBER)]

    def deconstruct(self) -> Any:
        """For migrations: a plain small number."""
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.PositiveSmallIntegerField", args, options

    def clone(self) -> models.PositiveSmallIntegerField:
        """The plain column that a migration knows."""
        _name, _path, args, options = self.deconstruct()
        return models.PositiveSmallIntegerField(*args, **options)


class CodedField(models.CharField):
    """A column that holds a code of a vocabulary. Its words are no part of a migration."""

    def __init__(self, vocabulary: type[Coded], *args: Any, **options: Any) -> None:
        self.vocabulary = vocabulary
        options.setdefault("max_length", max(len(code) for code in code_list(vocabulary)))
        options["choices"] = vocabulary.choices
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        """For migrations: a plain text column."""
        name, _path, args, options = super().deconstruct()
        del options["choices"]
        return name, "django.db.models.CharField", args, options

    def clone(self) -> models.CharField:
        """The plain column that a migration knows."""
        _name, _path, args, options = self.deconstruct()
        return models.CharField(*args, **options)


def one_of(model: str, name: str, vocabulary: type[Coded], blank: bool = False) -> CheckConstraint:
    """The constraint that the column holds only codes of the vocabulary (or nothing)."""
    codes = code_list(vocabulary) + ([""] if blank else [])
    return CheckConstraint(
        condition=Q(**{f"{name}__in": codes}),
        name=f"{model}_{name}_coded",
        violation_error_message=_("Choose one of the words of the list."),
    )


def _first_day(name: str) -> Case:
    return Case(
        When(_length(name, 4), then=Concat(F(name), Value("-01-01"))),
        When(_length(name, 7), then=Concat(F(name), Value("-01"))),
        default=F(name),
        output_field=models.CharField(),
    )


def _last_day(name: str) -> Case:
    month = Substr(name, 6, 2)
    return Case(
        When(_length(name, 4), then=Concat(F(name), Value("-12-31"))),
        When(_length(name, 10), then=F(name)),
        When(_is_in(month, "04", "06", "09", "11"), then=Concat(F(name), Value("-30"))),
        When(_is_in(month, "02") & _leap_year(name), then=Concat(F(name), Value("-29"))),
        When(_is_in(month, "02"), then=Concat(F(name), Value("-28"))),
        default=Concat(F(name), Value("-31")),
        output_field=models.CharField(),
    )


def _length(name: str, characters: int) -> Q:
    return Q(Exact(Length(name), characters))


def _is_in(expression: Any, *values: str) -> Q:
    return Q(In(expression, values))


def _leap_year(name: str) -> Q:
    """Gregorian leap years, with integer arithmetic that both databases share."""
    year = Cast(Substr(name, 1, 4), IntegerField())

    def divisible(by: int) -> Q:
        return Q(Exact(Mod(year, by), 0))

    return divisible(400) | (divisible(4) & ~divisible(100))
