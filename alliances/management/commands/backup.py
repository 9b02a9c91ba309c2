"""Writes the whole database into one file, while the site goes on."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from alliances.backups import BackupRefused, back_up
from alliances.backups.archive import sha256


class Command(BaseCommand):
    """`manage.py backup [PATH]`."""

    help = "Write the whole database into one file, to be taken back by restore."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file to write, or the folder to write it into."""
        parser.add_argument("path", nargs="?", type=Path)

    def handle(self, *args: Any, path: Path | None, **options: Any) -> None:
        """Write, and say what was written."""
        if path is None:
            path = settings.BACKUPS_DIR
            # Accounts are in every backup.
            path.mkdir(mode=0o700, exist_ok=True)
        try:
            file, manifest = back_up(path)
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        size = file.stat().st_size
        self.stdout.write(
            f"{file}: {len(manifest.tables)} tables, {manifest.rows} rows, {size} bytes,"
            f" {sha256(file)}"
        )
