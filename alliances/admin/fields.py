"""Room 4: the form fields that editors meet: dates as far as known, lists as lines, plain JSON."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext_lazy as _

from alliances.partial_dates import PartialDate


class DateText(forms.CharField):
    """A date as far as it is known: YYYY, YYYY-MM or YYYY-MM-DD."""

    def __init__(self, *, max_length: int | None = None, **options: Any) -> None:
        """Without the column's length: who types more is told what a date looks like."""
        super().__init__(**options)

    def clean(self, value: Any) -> PartialDate | None:
        """The date; a refusal that names what was typed."""
        text = super().clean(value)
        try:
            return PartialDate(text) if text else None
        except ValueError as error:
            raise ValidationError(str(error), code="partial_date") from error


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    widget = AdminTextareaWidget(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """The list as lines; what was typed as it was."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The lines that hold something, each once, in their order."""
        return _lines(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the list differs, whatever the blanks around its lines."""
        return _lines(data or "") != (initial or [])


class ForeignField(forms.JSONField):
    """What an outside data set holds: texts, and lists or mappings of texts, as JSON."""

    widget = AdminTextareaWidget

    def prepare_value(self, value: Any) -> Any:
        """The value as readable lines; nothing where it is empty."""
        if isinstance(value, InvalidJSONInput):
            return value
        return json.dumps(value, ensure_ascii=False, indent=2) if value else ""

    def clean(self, value: Any) -> Any:
        """The value, unless it holds what the dossier's files cannot: numbers, true or false."""
        found = super().clean(value)
        if not _holds_texts_only(found):
            raise ValidationError(_("Numbers, true and false stand in quotes here, as texts."))
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the value differs, however it is laid out."""
        try:
            return (self.to_python(data) or None) != (initial or None)
        except ValidationError:
            return True


class FactsField(ForeignField):
    """A mapping; blank is the empty one."""

    def clean(self, value: Any) -> dict[str, Any]:
        """The mapping."""
        found = super().clean(value)
        if found is not None and not isinstance(found, dict):
            raise ValidationError(_('Write names with their values: {"name": "value"}.'))
        return found or {}


def _lines(text: str) -> list[str]:
    stripped = (line.strip() for line in text.splitlines())
    return list(dict.fromkeys(line for line in stripped if line))


def _holds_texts_only(value: Any) -> bool:
    if isinstance(value, dict):
        return all(_holds_texts_only(inner) for inner in value.values())
    if isinstance(value, list):
        return all(_holds_texts_only(inner) for inner in value)
    return value is None or isinstance(value, str)
