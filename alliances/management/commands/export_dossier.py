"""Writes the database back as dossier files."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alliances.dossier.exporter import export_dossier


class Command(BaseCommand):
    """`manage.py export_dossier FOLDER`."""

    help = "Write every record as dossier files into a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder to write."""
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Write, and say how many records each file holds."""
        try:
            written = export_dossier(folder)
        except OSError as problem:
            raise CommandError(f"{problem.filename}: {problem.strerror}") from problem
        for file, count in written.items():
            self.stdout.write(f"{file}: {count}")
