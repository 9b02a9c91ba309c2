"""Prints what is uncited, contradictory, missing or not equal to the rules."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from alliances.dossier.report import report


class Command(BaseCommand):
    """`manage.py check_dossier`: exit code 1 where a record contradicts itself."""

    help = "Say what is uncited, contradictory, missing or not equal to the rules."

    def handle(self, *args: Any, **options: Any) -> None:
        """One line per entry, then a line that counts them by group."""
        entries = report()
        for entry in entries:
            self.stdout.write(str(entry))
        counts = Counter(entry.group for entry in entries)
        self.stdout.write("; ".join(f"{group}: {n}" for group, n in counts.items()) or "Nothing.")
        errors = sum(entry.is_error for entry in entries)
        if errors:
            raise CommandError(f"{errors} contradictions.")
