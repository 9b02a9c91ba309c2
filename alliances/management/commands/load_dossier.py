"""Brings the database up to the dossier's files: atomic, repeatable, over no editor's change."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from alliances.dossier.errors import DossierError
from alliances.dossier.loader import Loaded, load_dossier
from alliances.dossier.reader import read_dossier
from alliances.dossier.records import Change
from alliances.models import LoadedRecord
from alliances.models.base import FIRST_LOAD, LATER_LOAD
from alliances.proposals.newer import propose


class Command(BaseCommand):
    """`manage.py load_dossier [FOLDER]`."""

    help = "Load the dossier's files. What an editor changed is reported and kept."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder to read."""
        default = settings.BASE_DIR / "fixtures" / "dossier"
        parser.add_argument("folder", nargs="?", type=Path, default=default)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Load and say what was done; one line and exit code 1 where the dossier is refused."""
        first = not LoadedRecord.objects.exists()
        try:
            change = Change(FIRST_LOAD if first else LATER_LOAD)
            report = load_dossier(read_dossier(folder), change, propose)
        except DossierError as error:
            raise CommandError(str(error)) from error
        self._say(report)

    def _say(self, report: Loaded) -> None:
        self.stdout.write(
            f"Dossier: {len(report.created)} created, {len(report.updated)} updated, "
            f"{report.unchanged} unchanged."
        )
        for title, names in (
            ("Kept as an editor left it", report.kept),
            (
                "Changed here and in the files; kept, and what else the files changed is proposed",
                report.conflicts,
            ),
            ("Here and not in the files; left alone", report.not_in_files),
        ):
            for name in names:
                self.stdout.write(f"{title}: {name}")
