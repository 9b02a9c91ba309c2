"""Makes a dated release of all the data."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from alliances.releases import AlreadyReleased, build_release


class Command(BaseCommand):
    """`manage.py build_release`."""

    help = "Put today's release of the data on the shelf that /data/ shows."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, and say what was built."""
        try:
            release = build_release(date.today(), settings.RELEASE_QUOTATIONS)
        except AlreadyReleased as problem:
            raise CommandError(f"Release {problem} exists and stays as it is.") from problem
        except OSError as problem:
            raise CommandError(f"{problem.filename}: {problem.strerror}") from problem
        rows = sum(release.rows.values())
        self.stdout.write(f"{release.file}: {rows} rows, {release.size} bytes, {release.sha256}")
