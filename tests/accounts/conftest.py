"""An editor with a password, a clock that stands still, and the app on the editor's phone."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.accounts.door import PASSWORD, Visitor
from tests.accounts.phone import Clock, Phone


@pytest.fixture(autouse=True)
def quick_and_behind_a_proxy(settings: Any) -> None:
    """Passwords are hashed cheaply, and each test says from where somebody comes."""
    settings.TRUSTED_PROXIES = 1
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_superuser("ed", "ed@alliances.example", PASSWORD)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time by which the site judges codes, and the phone makes them."""
    clock = Clock()
    monkeypatch.setattr(
        "django_otp.plugins.otp_totp.models.time", SimpleNamespace(time=lambda: clock.now)
    )
    return clock


@pytest.fixture
def phone(editor: User, clock: Clock) -> Phone:
    """The editor's app, taken into use some time ago, with recovery codes beside it."""
    return Phone.enrolled(editor, clock)


@pytest.fixture
def visitor() -> Visitor:
    """Somebody at a browser who has not signed in."""
    return Visitor()
