"""Room 3: what people type at length, as it is stored; for the desk's forms and readers' alike."""

from __future__ import annotations

from typing import Any

from django import forms


class PlainText(forms.CharField):
    """A long text whose line ends are one character, whatever the browser sends."""

    def to_python(self, value: Any) -> Any:
        """The text with plain line ends."""
        text = super().to_python(value)
        return text.replace("\r\n", "\n") if isinstance(text, str) else text
