#!/usr/bin/env python3
"""The command line of the site. A site that is set up wrongly is told so in one line."""

import os
import sys


def main() -> None:
    """Run one Django command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliances.config.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.db import DatabaseError
    except ModuleNotFoundError as missing:
        sys.exit(f"error: {missing.name} is not installed here: use make, or .venv/bin/python")
    try:
        run(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(f"error: {problem}")
    except DatabaseError as problem:
        from django.conf import settings

        from alliances.config.databases import unusable

        if "--traceback" in sys.argv:
            raise
        sys.exit(f"error: {unusable(settings.DATABASES['default'], problem)}")
    except BrokenPipeError:
        # Whoever read the output has read enough (| head); the interpreter must not try again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def run(arguments: list[str]) -> None:
    """Run the command and hand over all of its output, however it ends."""
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(arguments)
    finally:
        sys.stdout.flush()


if __name__ == "__main__":
    main()
