#!/usr/bin/env python3
"""The command line of the site. A site that is set up wrongly is told so in one line."""

import os
import sys


def main() -> None:
    """Run one Django command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alliances.config.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ModuleNotFoundError as missing:
        sys.exit(f"error: {missing.name} is not installed here: use make, or .venv/bin/python")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(f"error: {problem}")


if __name__ == "__main__":
    main()
