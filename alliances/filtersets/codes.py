"""Room 3: the kinds of parameters that lists share: codes that may be repeated, a day, a search.

Each kind of code knows both its SQL condition and how a row's own code is read, so that what is
filtered and what is counted cannot part.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from copy import copy
from typing import Any, Self

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext_lazy as _

from alliances.filtersets.parameters import DayField, PageField
from alliances.vocabulary import Coded, Family, Level

YES, NO = "yes", "no"
LONGEST_SEARCH = 200
LONGEST_REPEATED = 60


class FixedChoices(BaseChoiceIterator):
    """The choices of a closed list: one object for all forms. A list would be copied, label by
    label, for each form, each field of it and each widget.
    """

    def __init__(self, pairs: Iterable[tuple[str, Any]]) -> None:
        self._pairs = tuple(pairs)

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self._pairs)

    def __deepcopy__(self, _memo: Any) -> FixedChoices:
        return self


YES_OR_NO = FixedChoices([(YES, _("Yes")), (NO, _("No"))])


class CodesField(forms.MultipleChoiceField):
    """Codes of a closed list, each once, in the list's order; an empty value asks nothing."""

    def to_python(self, value: Any) -> list[str]:
        """The codes that were given."""
        return self.prepare_value([code for code in super().to_python(value) if code])

    def prepare_value(self, value: Any) -> list[str]:
        """Codes as an address has them; what is none of the list comes last."""
        if not value:
            return []
        listed: Any = self.choices
        places = {str(code): place for place, (code, _label) in enumerate(listed)}
        return sorted(dict.fromkeys(value), key=lambda code: places.get(code, len(places)))

    def validate(self, value: list[str]) -> None:
        """Refuse what is no code of the list, and say which."""
        listed: Any = self.choices
        known = {str(code) for code, _label in listed}
        for code in value:
            if code not in known:
                words = _("“%(value)s” is not one of the choices.")
                raise ValidationError(words, params={"value": code[:LONGEST_REPEATED]})


class ParameterFilter(django_filters.Filter):
    """A filter that is copied for each request without what it holds, which never changes."""

    def __deepcopy__(self, _memo: Any) -> Self:
        found = copy(self)
        found.extra = dict(self.extra)
        return found


class CodesFilter(ParameterFilter, django_filters.MultipleChoiceFilter):
    """A parameter whose values are codes; several are OR. `field_name` is the code's path."""

    field_class = CodesField

    def condition(self, values: Collection[str]) -> Q:
        """On the rows that `field_name` starts from: its code is one of these."""
        return Q(**{f"{self.field_name}__in": values})

    def codes(self, value: Any) -> Collection[str]:
        """The codes of a row that holds this value at `field_name`; none for an absent one."""
        return (str(value),) if value else ()


class FamilyFilter(CodesFilter):
    """The family of a level; `field_name` is the path of the level's code."""

    def condition(self, values: Collection[str]) -> Q:
        levels = [level.code for level in Level if level.family in values]
        return Q(**{f"{self.field_name}__in": levels})

    def codes(self, value: Any) -> Collection[str]:
        return (str(Level.of(value).family),) if value else ()


class YesNoFilter(CodesFilter):
    """A truth at `field_name`."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, choices=YES_OR_NO, **options)

    def condition(self, values: Collection[str]) -> Q:
        return Q(**{f"{self.field_name}__in": [value == YES for value in values]})

    def codes(self, value: Any) -> Collection[str]:
        return (YES if value else NO,)


class DayFilter(ParameterFilter):
    """As of which day."""

    field_class = DayField


class SearchFilter(ParameterFilter, django_filters.CharFilter):
    """Words that all must stand in the row's texts."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"type": "search"})
        super().__init__(max_length=LONGEST_SEARCH, widget=widget, **options)


class SortFilter(ParameterFilter):
    """One of the orders, or its reverse with a hyphen before it. `orders`: code and label."""

    field_class = forms.ChoiceField

    def __init__(self, orders: dict[str, Any], **options: Any) -> None:
        self.orders = orders
        both = [(f"{sign}{code}", label) for code, label in orders.items() for sign in ("", "-")]
        message = _("Choose one of the orders that the table offers.")
        super().__init__(
            choices=FixedChoices(both), error_messages={"invalid_choice": message}, **options
        )


class PageFilter(ParameterFilter):
    """Which page of the list."""

    field_class = PageField


def choices(vocabulary: Iterable[Coded]) -> FixedChoices:
    """A vocabulary, or its words in an order, as a parameter's choices."""
    return FixedChoices((str(member), member.label) for member in vocabulary)


LEVEL_CODES = FixedChoices((level.code, level.code) for level in Level)
FAMILIES = choices(Family)
