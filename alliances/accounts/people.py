"""Room 4: the accounts, as an administrator who is no superuser may keep them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest


class People(UserAdmin):
    """Nobody makes themselves, or anybody, a superuser who is none; or touches one."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Roles are given; single permissions and all of them at once only by a superuser."""
        above = () if request.user.is_superuser else ("is_superuser", "user_permissions")
        return (*super().get_readonly_fields(request, obj), *above)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A superuser's account, password included, is changed by superusers alone."""
        is_above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return not is_above and super().has_change_permission(request, obj)


admin.site.unregister(User)
admin.site.register(User, People)
