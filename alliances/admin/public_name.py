"""Room 4: the page on which an editor chooses to be named in public, and takes it back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alliances.models import PublicName


@admin.register(PublicName)
class PublicNameAdmin(admin.ModelAdmin):
    """Each editor sees and writes their own and nobody else's, whatever their permissions."""

    list_display = ("name",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """The editor's own, if there is one."""
        return super().get_queryset(request).filter(user=request.user.pk)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The name is of whoever types it."""
        obj.user = request.user
        super().save_model(request, obj, form, change)

    def add_view(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Who has a name already is led to it: one is enough."""
        own = self.get_queryset(request).first()
        if own:
            return redirect("admin:alliances_publicname_change", own.pk)
        return super().add_view(request, *args, **options)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """For every editor."""
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Of one's own; the queryset holds no other."""
        return obj is None or obj.user_id == request.user.pk

    has_view_permission = has_delete_permission = has_change_permission

    has_module_permission = has_add_permission
