"""Room 3: the parameters of the reading pages: events, claims, sources. Values of one parameter are
OR, parameters are AND; rows and counts come from one narrow reading of the rows' codes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from alliances.filtersets.parameters import PageParameters
from alliances.vocabulary import ClaimCategory, Request, Response, Seen, SourceKind, Verdict

Codes = Mapping[str, Any]
TESTED = [("yes", _("At least one recorded promise")), ("no", _("No recorded promise"))]


class CodesField(forms.MultipleChoiceField):
    """Any of a list's codes, repeated in the address. An empty value asks nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def to_python(self, value: Any) -> list[str]:
        """The codes asked for, each once, without empty ones."""
        return [code for code in dict.fromkeys(super().to_python(value)) if code]

    def validate(self, value: list[str]) -> None:
        """Refuse a code that is not in the list, and name it, shortened."""
        for code in value:
            if not self.valid_value(code):
                shown = Truncator(code.replace("\0", "�")).chars(40)
                raise ValidationError(
                    _("There is no “%(code)s” to choose."), params={"code": shown}
                )


@dataclass(frozen=True)
class Selection:
    """Which rows the choices leave, and what each other choice would give."""

    rows: list[int]
    counts: dict[str, Counter[str]]
    without: dict[str, int]


def select(rows: Iterable[Codes], asked: Mapping[str, list[str]]) -> Selection:
    """The primary keys that every parameter allows, in the rows' order. A choice's count is of the
    rows that it would give with every other parameter kept and its own set aside.
    """
    rows = list(rows)
    others: dict[str, list[Codes]] = {
        name: [row for row in rows if _allowed(row, asked, but=name)] for name in asked
    }
    return Selection(
        [row["pk"] for row in rows if _allowed(row, asked)],
        {name: Counter(row[name] for row in found) for name, found in others.items()},
        {name: len(found) for name, found in others.items()},
    )


def _allowed(row: Codes, asked: Mapping[str, list[str]], but: str = "") -> bool:
    return all(not codes or name == but or row[name] in codes for name, codes in asked.items())


@dataclass(frozen=True)
class Choice:
    """One choice of a filter; its count is None where nothing is shown."""

    code: str
    label: str
    count: int | None
    chosen: bool


class RecordParameters(PageParameters):
    """The parameters of a reading page: lists of codes, and the page."""

    def clean(self) -> dict[str, Any]:
        """Refuse a repeated parameter, unless it is a list of codes."""
        for name, field in self.fields.items():
            several = isinstance(self.data, QueryDict) and len(self.data.getlist(name)) > 1
            if several and not isinstance(field, CodesField):
                self.add_error(name, _("Give this once."))
        return self.cleaned_data

    @property
    def asked(self) -> dict[str, list[str]]:
        """The codes asked for, by parameter; what was refused counts as not asked."""
        return {
            name: self.cleaned_data.get(name, [])
            for name, field in self.fields.items()
            if isinstance(field, CodesField)
        }

    def groups(self, selection: Selection | None = None) -> list[tuple[Any, list[Choice]]]:
        """Each list's field with its choices; a choice that gives no row and is not asked is left
        out, and a list without choices too.
        """
        found = ((self[name], self._choices(name, selection)) for name in self.asked)
        return [(field, choices) for field, choices in found if choices]

    def _choices(self, name: str, selection: Selection | None) -> list[Choice]:
        field: Any = self.fields[name]
        asked = self.asked[name]
        counts = selection.counts[name] if selection else None
        return [
            Choice(
                str(code), str(label), counts[code] if counts is not None else None, code in asked
            )
            for code, label in field.choices
            if counts is None or counts[code] or code in asked
        ]

    def dropped(self, selection: Selection) -> list[tuple[Any, str, int]]:
        """For an empty answer: each parameter asked, the query without it, the rows it gives."""
        return [
            (self[name].label, self._query_without(name), selection.without[name])
            for name, codes in self.asked.items()
            if codes
        ]

    def _query_without(self, name: str) -> str:
        query = QueryDict(mutable=True)
        for other, codes in self.asked.items():
            if other != name:
                query.setlist(other, codes)
        return f"?{query.urlencode()}"


class EventParameters(RecordParameters):
    """Whose need, what was asked, what was done, whether a recorded promise was tested."""

    state = CodesField(label=_("Who needed help"))
    request = CodesField(label=_("What was asked"), choices=Request.choices)
    response = CodesField(label=_("What was done"), choices=Response.choices)
    tested = CodesField(label=_("Promises tested"), choices=TESTED)
    field_order = ("request", "response", "tested", "state", "page")

    def __init__(self, *args: Any, states: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choice: Any = self.fields["state"]
        choice.choices = list(states)


class ClaimParameters(RecordParameters):
    """About which state, with which verdict, how the article files it."""

    verdict = CodesField(label=_("Verdict"), choices=Verdict.choices)
    category = CodesField(label=_("How the article files the state"), choices=ClaimCategory.choices)
    state = CodesField(label=_("State"))
    field_order = ("verdict", "category", "state", "page")

    def __init__(self, *args: Any, states: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choice: Any = self.fields["state"]
        choice.choices = list(states)


class SourceParameters(RecordParameters):
    """What kind of source, read or recalled, in which language."""

    kind = CodesField(label=_("Kind"), choices=SourceKind.choices)
    seen = CodesField(label=_("Read or recalled"), choices=Seen.choices)
    language = CodesField(label=_("Language"))
    field_order = ("kind", "seen", "language", "page")

    def __init__(self, *args: Any, languages: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        choice: Any = self.fields["language"]
        choice.choices = list(languages)
