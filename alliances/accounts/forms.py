"""Room 4: what is asked of an editor: a code, or password and code; where to mail a reset."""

from __future__ import annotations

from math import ceil
from threading import Thread
from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import authenticate
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_otp.models import Device

from alliances.accounts import factor
from alliances.accounts.guesses import count_guess

MAILING = "mailing"
BACKEND = f"{ModelBackend.__module__}.{ModelBackend.__qualname__}"


class CodeNeeded(Exception):
    """The password is right, and the account has a second factor."""

    def __init__(self, user: User) -> None:
        super().__init__(user.pk)
        self.user = user


class PasswordForm(AdminAuthenticationForm):
    """Name and password; enough where the account has no second factor."""

    def confirm_login_allowed(self, user: User) -> None:
        """Not before the code is given too."""
        super().confirm_login_allowed(user)
        if factor.app_of(user):
            raise CodeNeeded(user)


class CodeField(forms.CharField):
    """A code as people type it: in groups, in capitals."""

    widget = forms.TextInput(
        attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
    )

    def clean(self, value: Any) -> str:
        """As it is stored."""
        code: str = super().clean(value)
        return "".join(code.split()).lower()


class FirstCodeForm(forms.Form):
    """The code by which a new app proves that it has the secret."""

    code = CodeField(label=gettext_lazy("Code"), max_length=40)

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean(self) -> None:
        """Use the code up, unless something else is wrong already."""
        if self.errors:
            return
        try:
            self.device = self.accepted(self.cleaned_data["code"])
            if self.device is None:
                self.refuse(wrong_code())
        except factor.Throttled as throttled:
            self.refuse(too_soon(throttled))

    def accepted(self, code: str) -> Device | None:
        """The device that the code proves."""
        return factor.confirm(self.user, code)

    def refuse(self, why: str) -> None:
        """Beside the field."""
        self.add_error("code", why)


class CodeForm(FirstCodeForm):
    """A code of the app or a recovery code; a wrong one counts as a wrong password does."""

    def __init__(self, *args: Any, request: HttpRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        self.request = request
        self.fields["code"].help_text = _("Six digits from your app, or a recovery code.")
        self.fields["code"].widget.attrs["autofocus"] = True

    def accepted(self, code: str) -> Device | None:
        """The app's, or that of the recovery codes."""
        return factor.shown(self.user, code)

    def refuse(self, why: str) -> None:
        """Too many, and the address is shut out."""
        count_guess(self.request, self.user.get_username())
        super().refuse(why)

    def get_user(self) -> User:
        """As Django's sign-in asks for it: the editor, known by both factors."""
        self.user.backend = BACKEND  # type: ignore[attr-defined]
        self.user.otp_device = self.device  # type: ignore[attr-defined]
        return self.user


class OwnerForm(CodeForm):
    """Password and code: whoever finds a desk open cannot change how its owner signs in."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
    field_order = ("password", "code")

    def clean_password(self) -> None:
        """A wrong one is counted by axes, as when signing in."""
        name, password = self.user.get_username(), self.cleaned_data["password"]
        if authenticate(self.request, username=name, password=password) is None:
            raise ValidationError(_("This is not your password."))


class ResetForm(PasswordResetForm):
    """Mails whoever has the address, if anybody has."""

    def send_mail(self, *args: Any, **options: Any) -> None:
        """Beside the answer: by how long that takes nobody learns whose addresses are known."""
        Thread(target=super().send_mail, args=args, kwargs=options, name=MAILING).start()


def wrong_code() -> str:
    """Said alike of a wrong code and of a used one."""
    return _(
        "This code is not right, or was used before. Each is good once: wait for the next one."
    )


def too_soon(throttled: factor.Throttled) -> str:
    """How long codes are not looked at."""
    seconds = max(1, ceil((throttled.until - timezone.now()).total_seconds()))
    return ngettext(
        "After a wrong code the next is looked at in %(seconds)d second.",
        "After wrong codes the next is looked at in %(seconds)d seconds.",
        seconds,
    ) % {"seconds": seconds}
