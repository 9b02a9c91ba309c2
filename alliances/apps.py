"""The app's entry in INSTALLED_APPS. What it registers is imported once Django is ready."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


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
