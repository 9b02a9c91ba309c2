"""Room 4: an editor's second factor: an app that makes codes by time, recovery codes beside it."""

from __future__ import annotations

import re
from base64 import b32encode
from datetime import datetime, timedelta
from enum import Enum, auto
from textwrap import wrap

import segno
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp import verify_token
from django_otp.models import Device, ThrottlingMixin
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
TIME_TO_PROVE = timedelta(minutes=15)
MADE_BY_APP = re.compile("[0-9]{6}", re.ASCII)


class Lack(Enum):
    """What keeps an editor who is signed in from the desk."""

    CODE = auto()
    FACTOR = auto()


class Throttled(Exception):
    """No code is looked at before this moment, after wrong ones."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def app_of(user: User) -> TOTPDevice | None:
    """The app that makes the editor's codes; None where there is no second factor."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def lacking(user: User) -> Lack | None:
    """A session that began without a code must show one as soon as there is a second factor."""
    if user.is_verified():  # type: ignore[attr-defined]  # by django-otp's middleware
        return None
    # A page of the desk asks several times whether it may be shown.
    has_app = getattr(user, "has_app", None)
    if has_app is None:
        has_app = user.has_app = app_of(user) is not None  # type: ignore[attr-defined]
    if has_app:
        return Lack.CODE
    return Lack.FACTOR if settings.SECOND_FACTOR_REQUIRED else None


def shown(user: User, code: str) -> Device | None:
    """The device that the code proves, and the code is used up; None where it proves nothing.

    A code is tried on one device alone: a recovery code is no wrong code of the app.
    """
    kind = TOTPDevice if MADE_BY_APP.fullmatch(code) else StaticDevice
    device = kind.objects.filter(user=user, confirmed=True).first()
    if device is None:
        return None
    _not_too_soon(device)
    return verify_token(user, device.persistent_id, code)


@transaction.atomic
def begin(user: User) -> None:
    """Make the secret of an app that is still to prove itself, in place of an earlier one."""
    _lock(user)
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    TOTPDevice.objects.create(user=user, name="app", confirmed=False)


def begun(user: User) -> TOTPDevice | None:
    """The app that is still to prove itself, as long as its secret may be looked at."""
    since = timezone.now() - TIME_TO_PROVE
    return TOTPDevice.objects.filter(user=user, confirmed=False, created_at__gt=since).first()


@transaction.atomic
def confirm(user: User, code: str) -> TOTPDevice | None:
    """Take the begun app into use in place of an earlier one, and new recovery codes; None where
    the code is not the app's.
    """
    _lock(user)
    app = begun(user)
    if app is None:
        return None
    _not_too_soon(app)
    if not app.verify_token(code):
        return None
    TOTPDevice.objects.filter(user=user).exclude(pk=app.pk).delete()
    app.confirmed = True
    app.save()
    renew_recovery_codes(user)
    return app


@transaction.atomic
def renew_recovery_codes(user: User) -> None:
    """Ten codes, each good once; the earlier ones are good no more."""
    _lock(user)
    device, _made = StaticDevice.objects.get_or_create(user=user, name="recovery")
    device.token_set.all().delete()
    for _number in range(RECOVERY_CODES):
        device.token_set.create(token=StaticToken.random_token())


def recovery_codes(user: User) -> list[str]:
    """Those not used."""
    tokens = StaticToken.objects.filter(device__user=user).order_by("pk")
    return list(tokens.values_list("token", flat=True))


@transaction.atomic
def turn_off(user: User) -> None:
    """No second factor any more: the app and the recovery codes are forgotten."""
    _lock(user)
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()


def qr_code(app: TOTPDevice) -> str:
    """The app's secret as an SVG element."""
    code = segno.make(app.config_url, error="m", micro=False)
    return code.svg_inline(omitsize=True, svgclass="qr", title=_("The secret as a QR code"))


def secret_of(app: TOTPDevice) -> str:
    """The app's secret as people type it: base 32, in groups of four."""
    return " ".join(wrap(b32encode(app.bin_key).decode(), 4))


def _not_too_soon(device: ThrottlingMixin) -> None:
    allowed, why = device.verify_is_allowed()
    if not allowed:
        raise Throttled(why["locked_until"])


def _lock(user: User) -> None:
    """Of two windows of one editor, the second waits."""
    User.objects.select_for_update().get(pk=user.pk)
