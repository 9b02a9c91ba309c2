"""The app's entry in INSTALLED_APPS. What it registers is imported once Django is ready."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlliancesConfig(AppConfig):
    """The reference of alliance commitments."""

    name = "alliances"
    verbose_name = _("Alliance commitments")

    def ready(self) -> None:
        """Register the system checks, and keep the derived tables equal to the records."""
        from alliances import commitments, search
        from alliances.config import checks  # noqa: F401

        commitments.connect()
        search.connect()
