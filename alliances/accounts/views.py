"""Room 4: the second step of signing in, and the pages about one's own second factor."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import django_otp
from axes.decorators import axes_dispatch
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from alliances.accounts import factor, half_way
from alliances.accounts.forms import CodeForm, FirstCodeForm, OwnerForm
from alliances.accounts.site import EditorsRequest


def to_code(request: HttpRequest, user: User) -> HttpResponse:
    """On to the second step, and after it to where the editor wanted to go."""
    half_way.begin(request, user)
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME)
    query = f"?{urlencode({REDIRECT_FIELD_NAME: wanted})}" if wanted else ""
    return redirect(reverse("admin:login_code") + query)


@method_decorator(axes_dispatch, name="dispatch")
class SignInCode(LoginView):
    """Asks for the code; only then is anybody signed in."""

    authentication_form = CodeForm
    template_name = "admin/accounts/sign_in.html"

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        """Whoever has not given a password, or took too long, begins anew."""
        self.user = half_way.who(request)
        if self.user is None:
            return redirect("admin:login")
        return super().dispatch(request, *args, **options)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whose code it must be."""
        return {**super().get_form_kwargs(), "user": self.user}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """In the desk's frame."""
        frame = admin.site.each_context(self.request)
        return super().get_context_data(**frame, title=_("Your code"), **context)

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in."""
        half_way.end(self.request)
        return super().form_valid(form)


def second_factor(request: EditorsRequest) -> HttpResponse:
    """How the account is guarded and what can be done; sent, it begins to set an app up."""
    app = factor.app_of(request.user)
    if request.method == "POST" and app is None:
        factor.begin(request.user)
        return redirect("admin:second_factor_enrol")
    codes_left = len(factor.recovery_codes(request.user))
    title = _("Your second factor")
    return _page(request, "state", title, app=app, codes_left=codes_left)


@sensitive_post_parameters()
def enrol(request: EditorsRequest) -> HttpResponse:
    """Show the secret, until a code proves that an app has it; then the recovery codes, once."""
    app = factor.begun(request.user)
    if app is None:
        return redirect("admin:second_factor")
    form = FirstCodeForm(request.POST or None, user=request.user)
    if form.is_valid():
        django_otp.login(request, form.device)
        return _codes(request, _("Your second factor is on"))
    secret, drawn = factor.secret_of(app), factor.qr_code(app)
    title = _("Set up your second factor")
    return _page(request, "enrol", title, form=form, app=app, secret=secret, qr_code=drawn)


@sensitive_post_parameters()
@axes_dispatch
def move(request: EditorsRequest) -> HttpResponse:
    """Begin with another app; the present one is good until that one has proved itself."""
    if answer := _unless_owner(request, "move", _("Move to another app")):
        return answer
    factor.begin(request.user)
    return redirect("admin:second_factor_enrol")


@sensitive_post_parameters()
@axes_dispatch
def new_codes(request: EditorsRequest) -> HttpResponse:
    """Make new recovery codes and show them once."""
    if answer := _unless_owner(request, "new_codes", _("New recovery codes")):
        return answer
    factor.renew_recovery_codes(request.user)
    return _codes(request, _("Your new recovery codes"))


@sensitive_post_parameters()
@axes_dispatch
def turn_off(request: EditorsRequest) -> HttpResponse:
    """Forget the second factor, where this site lets editors be without one."""
    if settings.SECOND_FACTOR_REQUIRED:
        return redirect("admin:second_factor")
    if answer := _unless_owner(request, "off", _("Turn off your second factor")):
        return answer
    factor.turn_off(request.user)
    messages.success(request, _("Your second factor is off: the password alone signs you in."))
    return redirect("admin:second_factor")


def _unless_owner(request: EditorsRequest, name: str, title: str) -> HttpResponse | None:
    """What is answered until password and code are given; None once they are."""
    if not factor.app_of(request.user):
        return redirect("admin:second_factor")
    form = OwnerForm(request.POST or None, user=request.user, request=request)
    return None if form.is_valid() else _page(request, name, title, form=form)


def _codes(request: EditorsRequest, title: str) -> HttpResponse:
    """In the answer itself and nowhere else: loaded again, it is another page."""
    return _page(request, "codes", title, codes=factor.recovery_codes(request.user))


def _page(request: HttpRequest, name: str, title: str, **context: Any) -> HttpResponse:
    """One of the pages, in the desk's frame; without its menu for whom it is not open yet."""
    frame = admin.site.each_context(request)
    required = settings.SECOND_FACTOR_REQUIRED
    told = {"title": title, "required": required, "is_nav_sidebar_enabled": frame["has_permission"]}
    return render(request, f"admin/accounts/{name}.html", frame | told | context)
