"""Room 4: what counts as a guess besides a wrong password, and who has guessed too often (axes)."""

from __future__ import annotations

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest


def count_guess(request: HttpRequest, username: str = "") -> None:
    """The fifth from an address shuts it out, whatever was guessed."""
    user_login_failed.send(__name__, credentials={"username": username}, request=request)


def is_shut_out(request: HttpRequest) -> bool:
    """Whether nothing more is heard from this address for a while."""
    return not AxesProxyHandler.is_allowed(request)
