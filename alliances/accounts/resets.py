"""Room 4: a forgotten password: Django's own pages, in the desk's frame and not for guessing."""

from __future__ import annotations

from typing import Any

from axes.decorators import axes_dispatch
from axes.helpers import get_lockout_response
from django.contrib import admin
from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator

from alliances.accounts.forms import ResetForm
from alliances.accounts.guesses import count_guess, is_shut_out


class InDesk:
    """What every page of the desk shows around it."""

    request: HttpRequest

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """Without the menu: nobody has signed in."""
        frame = admin.site.each_context(self.request) | {"is_nav_sidebar_enabled": False}
        return super().get_context_data(**frame, **context)  # type: ignore[misc]


@method_decorator(axes_dispatch, name="dispatch")
class Ask(InDesk, views.PasswordResetView):
    """Answers alike whether the address is an editor's or not; each question counts as a guess."""

    form_class = ResetForm

    def form_valid(self, form: Any) -> HttpResponse:
        """Mail, if somebody has this address, unless there were too many questions."""
        count_guess(self.request)
        if is_shut_out(self.request):
            return get_lockout_response(self.request)
        return super().form_valid(form)


class Asked(InDesk, views.PasswordResetDoneView):
    """What to expect."""


class Choose(InDesk, views.PasswordResetConfirmView):
    """A new password, by the link in the mail. It signs nobody in: the code is still asked for."""


class Chosen(InDesk, views.PasswordResetCompleteView):
    """On to signing in."""
