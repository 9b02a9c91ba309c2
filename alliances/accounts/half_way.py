"""Room 4: somebody has given the right password, not yet the code, and is not signed in by that."""

from __future__ import annotations

from time import time

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

KEY = "half_way"
GOOD_FOR = 5 * 60  # seconds


def begin(request: HttpRequest, user: User) -> None:
    """Remember who it is, under a new session key: whoever knew the old one learns nothing."""
    request.session.cycle_key()
    request.session[KEY] = [user.pk, user.get_session_auth_hash(), time() + GOOD_FOR]


def who(request: HttpRequest) -> User | None:
    """Whose code is waited for. Nobody's after a while, or once the password is another."""
    pk, password, until = request.session.get(KEY, (None, "", 0))
    user = ModelBackend().get_user(pk) if time() < until else None
    if not isinstance(user, User):
        return None
    return user if constant_time_compare(password, user.get_session_auth_hash()) else None


def end(request: HttpRequest) -> None:
    """The code was given."""
    request.session.pop(KEY, None)
