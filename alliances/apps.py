"""The app's entries in INSTALLED_APPS. What they register is imported once Django is ready."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.apps import DefaultConfig


class AlliancesConfig(AppConfig):
    """The reference of alliance commitments."""

    name = "alliances"
    verbose_name = _("Alliance commitments")

    def ready(self) -> None:
        """Register the system checks; keep the derived tables and the data's version in step."""
        from alliances import commitments, search
        from alliances.config import checks  # noqa: F401
        from alliances.models import data_version

        data_version.connect()
        commitments.connect()
        search.connect()


class DeskConfig(AdminConfig):
    """Django's admin with our own door."""

    default_site = "alliances.accounts.site.Desk"

    def ready(self) -> None:
        """Once every app has registered its pages, replace those that show secrets."""
        super().ready()
        from alliances.accounts import lost, people  # noqa: F401


class SecondFactorConfig(DefaultConfig):
    """Django-otp's apps that make codes, under a name that administrators understand."""

    verbose_name = _("Second factors")
