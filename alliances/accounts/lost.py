"""Room 4: what an administrator can do for an editor who has lost app and recovery codes."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from alliances.accounts import factor


class SecondFactors(admin.ModelAdmin):
    """Who has one; it can be taken away by who may change accounts, and neither read nor made here.

    One's own is not taken away without password and code, and a superuser's only by a superuser.
    """

    list_display = fields = ("user", "created_at", "last_used_at")
    search_fields = ("user__username",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[TOTPDevice]:
        """Those in use."""
        return super().get_queryset(request).filter(confirmed=True)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """As its list."""
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, device: Any = None) -> bool:
        """Whoever answers for the accounts."""
        return request.user.has_perm("auth.change_user")

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Each editor sets up their own."""
        return False

    def has_change_permission(self, request: HttpRequest, device: Any = None) -> bool:
        """Nobody."""
        return False

    def has_delete_permission(self, request: HttpRequest, device: Any = None) -> bool:
        """The same, for others."""
        if not self.has_view_permission(request):
            return False
        if device is None:
            return True
        is_above = device.user.is_superuser and not request.user.is_superuser
        return device.user_id != request.user.pk and not is_above

    def delete_model(self, request: HttpRequest, device: TOTPDevice) -> None:
        """With the recovery codes."""
        factor.turn_off(device.user)

    def delete_queryset(self, request: HttpRequest, devices: QuerySet[TOTPDevice]) -> None:
        """With theirs."""
        for device in devices:
            factor.turn_off(device.user)


# In place of django-otp's own pages, which show the secrets.
admin.site.unregister([TOTPDevice, StaticDevice])
admin.site.register(TOTPDevice, SecondFactors)
