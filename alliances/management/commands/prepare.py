"""`manage.py prepare`: brings the database up to this version of the site, records included."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from alliances.management.alone import alone
from alliances.management.whole import refuse_damaged


class Command(BaseCommand):
    """Each instance of a site may run it when it starts, at the same time as the others."""

    help = "Applies migrations and loads the dossier, one process at a time."

    def add_arguments(self, parser: CommandParser) -> None:
        """As load_dossier's."""
        parser.add_argument("folder", nargs="*")

    def handle(self, *args: Any, folder: list[str], **options: Any) -> None:
        """Whoever comes second finds everything done."""
        with alone():
            refuse_damaged()
            call_command("migrate", verbosity=0)
            call_command("load_dossier", *folder, stdout=self.stdout)
