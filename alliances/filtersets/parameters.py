"""Room 3: what the parameters of all pages share, and those that choose whose promises and when.

A wrong value of a known parameter is refused beside its field; an unknown parameter is named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from alliances.models import State
from alliances.rules.status import END_OF_TIME

SILENTLY_IGNORED = "utm_"
# Stands for what no page can show.
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Dates are written with four digits of which the first is no zero (see partial_dates).
FIRST_DAY = date(1000, 1, 1)
# Standings cover all days before the last one that a date can hold.
LAST_DAY = END_OF_TIME - timedelta(days=1)
WHOLE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
NUMBER = re.compile(r"\d+", re.ASCII)


class DayField(forms.DateField):
    """A whole ISO 8601 day, as the address has it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": _("Write the day as YYYY-MM-DD, for example 2012-06-27.")},
            validators=[
                MinValueValidator(FIRST_DAY, _("%(limit_value)s is the first possible day.")),
                MaxValueValidator(LAST_DAY, _("%(limit_value)s is the last possible day.")),
            ],
            **options,
        )

    def to_python(self, value: Any) -> date | None:
        """Django's own reading takes digits of every script, and a month of one digit."""
        _refuse_unless_written_as(WHOLE_DAY, value, self)
        return super().to_python(value)


class PageField(forms.IntegerField):
    """The number of a page, from 1."""

    def __init__(self, **options: Any) -> None:
        message = _("Write a page number, for example 2.")
        errors = {"invalid": message, "min_value": message}
        super().__init__(min_value=1, error_messages=errors, **options)

    def to_python(self, value: Any) -> int | None:
        """Django's own reading takes +1, 1.0 and 1_0 too."""
        _refuse_unless_written_as(NUMBER, value, self)
        return super().to_python(value)


class PromisorField(forms.TypedChoiceField):
    """Whose promises: the code of a state that has made some. Where nothing is given, the focus
    state stands in the field, because its promises are what the page then shows.
    """

    def __init__(self, **options: Any) -> None:
        message = _("No state with this code has made a promise here.")
        super().__init__(error_messages={"invalid_choice": message}, **options)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What stands in the field of an address that is refused."""
        return data or settings.FOCUS_STATE


def _refuse_unless_written_as(form: re.Pattern[str], value: Any, field: forms.Field) -> None:
    if value not in field.empty_values and not form.fullmatch(str(value).strip()):
        raise ValidationError(field.error_messages["invalid"], code="invalid")


class Parameters(forms.Form):
    """The parameters of a page."""

    def add_error(self, field: Any, error: Any) -> None:
        """Also let a day that cannot be read stand in its field, so that it can be corrected."""
        super().add_error(field, error)
        if isinstance(self.fields.get(field), DayField):
            self.fields[field].widget = forms.TextInput()

    def shown(self) -> Parameters:
        """The same form, filled with what the page answers: defaults where nothing was asked."""
        return type(self)(initial=self.answered())

    def answered(self) -> dict[str, Any]:
        """Each parameter's value as the page took it. Only of valid parameters."""
        return dict(self.cleaned_data)

    def address(self, **changes: Any) -> str:
        """The query of the page's address with some parameters changed; None drops one.

        As `address_of` has it; without the page, unless that is what changes.
        """
        asked = self.data if isinstance(self.data, QueryDict) else QueryDict()
        return address_of(asked, self.fields, **{"page": None} | changes)

    def unknown(self) -> list[str]:
        """Names in the address that this page does not know, as a page can show them; `utm_*`
        counts as known.
        """
        names = self.data.keys() if isinstance(self.data, QueryDict) else []
        return sorted(
            name.replace("\x00", REPLACEMENT)
            for name in names
            if name not in self.fields and not is_of_a_campaign(name)
        )

    def clean(self) -> dict[str, Any]:
        """Refuse a parameter that takes one value and is given several."""
        for name, field in self.fields.items():
            if isinstance(field, forms.MultipleChoiceField):
                continue
            if isinstance(self.data, QueryDict) and len(self.data.getlist(name)) > 1:
                self.add_error(name, _("Give this once."))
        return self.cleaned_data


class DayParameters(Parameters):
    """As of which day. Without `on` the day is today."""

    on = DayField(label=_("As of"), required=False)

    @property
    def day(self) -> date:
        """The day asked for, else today."""
        return self.cleaned_data.get("on") or date.today()

    def answered(self) -> dict[str, Any]:
        """With the day that was taken."""
        return {"on": self.day}


class PageParameters(Parameters):
    """Which page of a long list. Without `page` the first."""

    page = PageField(label=_("Page"), required=False)

    @property
    def number(self) -> int:
        """The page asked for, else the first."""
        return self.cleaned_data.get("page") or 1


class PartnersParameters(DayParameters):
    """Whose promises, on which day."""

    promisor = PromisorField(label=_("Promises made by"), required=False, empty_value=None)
    field_order = ("promisor", "on")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        promisors = State.objects.filter(promises_made__isnull=False).distinct()
        self.promisors = {state.ref: state for state in promisors}
        choice: Any = self.fields["promisor"]
        choice.coerce = self.promisors.__getitem__
        choice.choices = [(state.ref, state.name) for state in self.promisors.values()]

    def answered(self) -> dict[str, Any]:
        """Also whose promises."""
        return {**super().answered(), "promisor": self.whose.ref}

    @property
    def whose(self) -> State:
        """The state asked for, else the focus state; Http404 where that is not loaded."""
        asked = self.cleaned_data.get("promisor") or self.promisors.get(settings.FOCUS_STATE)
        return asked or get_object_or_404(State, ref=settings.FOCUS_STATE)

    def seen_from(self, subject: State) -> State:
        """Whose promises its page shows: those of the state asked for; where none is, those of the
        focus state, but a state that the focus state continues is looked at from itself.
        """
        asked = bool(self.cleaned_data.get("promisor"))
        return subject if subject.continued_by == self.whose and not asked else self.whose


def faults(*forms: Parameters) -> dict[str, list[Any]]:
    """What is wrong with the parameters of an address that these forms read together, by name: the
    values that one refuses, and the names that none knows. Data formats answer to no such address.
    """
    found = {name: list(own) for form in forms for name, own in form.errors.items()}
    unknown = set.intersection(*(set(form.unknown()) for form in forms))
    words = _("There is no parameter of this name here.")
    return found | {name: [words] for name in sorted(unknown)}


def address_of(asked: QueryDict, known: Mapping[str, forms.Field], **changes: Any) -> str:
    """The query that asks the same of a page that knows these fields, some of them changed; None
    drops one.

    It is the one query of all equal searches: in the order of the fields, codes in the order of
    their choices, without what is empty or unknown.
    """
    given = dict(asked.lists()) | {name: _listed(value) for name, value in changes.items()}
    query = QueryDict(mutable=True)
    for name, field in known.items():
        values = [value for value in given.get(name, ()) if value]
        query.setlist(name, field.prepare_value(values))
    return f"?{query.urlencode()}"


def is_of_a_campaign(name: str) -> bool:
    """Whether a parameter counts where readers come from, and asks nothing."""
    return name.startswith(SILENTLY_IGNORED)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
