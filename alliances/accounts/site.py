"""Room 4: the desk's own admin site: Django's, with a second step at its door."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeGuard

from django.contrib.admin import AdminSite
from django.contrib.admin.exceptions import DisallowedModelAdminToField
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class EditorsRequest(HttpRequest):
    """A request of an editor who has signed in, so far as a type can say it."""

    user: User


View = Callable[[EditorsRequest], HttpResponse]


class Desk(AdminSite):
    """Lets in who has shown all that the account has; leads others to what is lacking.

    Django makes it before there are models, so it imports inside its functions.
    """

    def has_permission(self, request: HttpRequest) -> bool:
        """Not by the password alone where there is, or must be, a second factor."""
        from alliances.accounts.factor import lacking

        return self.is_editor(request) and lacking(request.user) is None

    def is_editor(self, request: HttpRequest) -> TypeGuard[EditorsRequest]:
        """Whether an editor has signed in, whatever may still be lacking."""
        return super().has_permission(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Refuse the one wrong field over which Django falls instead of refusing it: ""."""

        @wraps(view)
        def with_named_fields(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            if "" in (request.GET.get(TO_FIELD_VAR), request.POST.get(TO_FIELD_VAR)):
                raise DisallowedModelAdminToField("The field has no name.")
            answer: HttpResponse = view(request, *args, **named)
            return answer

        return super().admin_view(with_named_fields, cacheable)

    def get_urls(self) -> list[Any]:
        """With the pages about one's own account; signing out is open to whoever signed in."""
        from alliances.accounts import views

        own = [
            path("login/code/", views.SignInCode.as_view(), name="login_code"),
            path("logout/", self.logout, name="logout"),
            path("second-factor/", self.own(views.second_factor), name="second_factor"),
            path("second-factor/enrol/", self.own(views.enrol), name="second_factor_enrol"),
            path("second-factor/move/", self.own(views.move), name="second_factor_move"),
            path("second-factor/codes/", self.own(views.new_codes), name="second_factor_codes"),
            path("second-factor/off/", self.own(views.turn_off), name="second_factor_off"),
        ]
        return [*own, *super().get_urls()]

    def own(self, view: View) -> View:
        """A page that is also open to an editor who must set up a second factor first."""
        from alliances.accounts.factor import Lack, lacking

        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            if self.is_editor(request) and lacking(request.user) is not Lack.CODE:
                return view(request)
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))

        return never_cache(guarded)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Django's own page, then the code. Who has signed in already is led to what is lacking."""
        from alliances.accounts.factor import Lack, lacking
        from alliances.accounts.forms import CodeNeeded
        from alliances.accounts.views import to_code

        if request.method == "GET" and self.is_editor(request):
            lack = lacking(request.user)
            if lack is Lack.FACTOR:
                return redirect("admin:second_factor")
            if lack is Lack.CODE:
                return to_code(request, request.user)
        try:
            return super().login(request, extra_context)
        except CodeNeeded as needed:
            return to_code(request, needed.user)

    @property
    def login_form(self) -> Any:  # type: ignore[override]
        """Asks for name and password, and says whether that is enough."""
        from alliances.accounts.forms import PasswordForm

        return PasswordForm
