"""Puts a backup in the place of all that the database holds, while the site goes on."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from alliances.backups import BackupRefused, restore
from alliances.management.alone import alone


class Command(BaseCommand):
    """`manage.py restore PATH`."""

    help = "Replace all that the database holds by a backup, or change nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file that backup wrote."""
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        """Restore, and say what is there now."""
        try:
            with alone():
                restored = restore(path)
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        manifest = restored.manifest
        self.stdout.write(
            f"Restored as of {manifest.made_at}: {len(manifest.tables)} tables,"
            f" {manifest.rows} rows, checksums as they were."
        )
        if restored.is_behind:
            self.stdout.write(_("It lacks migrations of this version: run manage.py prepare."))
