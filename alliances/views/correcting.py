"""Room 4: the form by which readers report errors, and how it proves that it came from here.

Nobody else is asked: a field that only programs fill in, and a signed number with its time.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from alliances.filtersets import Parameters
from alliances.filtersets.plain_text import PlainText
from alliances.models import Correction
from alliances.queries.corrections import Subject

# In seconds: nobody reads and writes faster; and who left the page open for a day looks again.
TOO_QUICK, TOO_OLD = 3, 24 * 60 * 60


class SubjectParameters(Parameters):
    """In what an error is reported: a record by kind and permanent id, and a fact of it."""

    record = forms.CharField(max_length=250)
    fact = forms.CharField(max_length=200, required=False)


class ReferenceParameters(Parameters):
    """Which report is looked for."""

    reference = forms.CharField(label=_("Reference"), max_length=20, required=False)


class Forged(Exception):
    """What was sent is no form of ours, or not the one for this fact, or a program filled it in."""


class WebAddress(forms.URLField):
    """The address of a page that editors can open."""

    default_validators = [URLValidator(["http", "https"])]


class CorrectionForm(forms.ModelForm):
    """What a reader says of one fact. Lengths and characters are judged as the model says."""

    source = WebAddress(
        label=_("Where this can be read"),
        help_text=_("The address of a source, if you have one."),
        required=False,
        max_length=600,
        # A browser's own field of addresses takes none without https.
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        assume_scheme="https",
    )
    homepage = forms.CharField(
        label=_("Leave this empty: only programs fill it in"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": -1, "autocomplete": "off"}),
    )

    class Meta:
        model = Correction
        fields = ("wrong", "proposed", "source", "mail")
        field_classes = {"wrong": PlainText, "proposed": PlainText}
        widgets = {
            "wrong": forms.Textarea(attrs={"rows": 4}),
            "proposed": forms.Textarea(attrs={"rows": 2}),
            "mail": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        labels = {
            "wrong": _("What is wrong"),
            "proposed": _("What it should say"),
            "mail": _("Your mail address"),
        }
        help_texts = {
            "proposed": _("If you know it."),
            "mail": _("Only if you want the answer by mail. It is never shown, and erased then."),
        }

    def __init__(self, subject: Subject, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.subject = subject
        self.signed: str = signed_form(subject) if data is None else data.get("form", "")
        self._describe()

    def clean(self) -> dict[str, Any] | None:
        """Refuse what came from a program; ask again for what came too soon or too late."""
        if self.data.get("homepage"):
            raise Forged
        self.instance.nonce = self._number()
        return super().clean()

    def _number(self) -> str:
        signer = signing.TimestampSigner(salt=_salt(self.subject))
        try:
            number = signer.unsign(self.signed, max_age=TOO_OLD)
        except signing.SignatureExpired:
            self.signed = signed_form(self.subject)
            message = _("The form was open for more than a day. Please look again and send it.")
            raise ValidationError(message) from None
        except signing.BadSignature:
            raise Forged from None
        try:
            signer.unsign(self.signed, max_age=TOO_QUICK)
        except signing.SignatureExpired:
            return number
        raise ValidationError(
            _("That was very quick. Please wait a few seconds and send it again.")
        )

    def _describe(self) -> None:
        """Say in the report itself what it is about: the record may change, or go."""
        about, report = self.subject, self.instance
        report.record_kind, report.record_ref = about.kind, about.record.ref
        report.record_name, report.fact, report.fact_words = about.name, about.fact, about.words
        report.said = about.text


def signed_form(subject: Subject) -> str:
    """A number that no other form has, with its time; good for this one fact."""
    return signing.TimestampSigner(salt=_salt(subject)).sign(secrets.token_urlsafe(18))


def _salt(subject: Subject) -> str:
    return f"correction of {subject.key} {subject.fact}"
