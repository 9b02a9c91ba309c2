"""Runs this project's own commands as a stranger's shell would."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

NAMES = (
    "ACCESS_LOG",
    "ADMIN_PATH",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "DEBUG",
    "EMAIL_URL",
    "FOCUS_STATE",
    "HTTPS",
    "LISTEN_HOST",
    "LISTEN_PORT",
    "LOG_FORMAT",
    "RATE_BURST",
    "RATE_LIMIT",
    "RESPONSE_CACHE_MB",
    "SECOND_FACTOR_REQUIRED",
    "SECRET_KEY",
    "TRUSTED_PROXIES",
)


def environment(data_dir: Path) -> dict[str, str]:
    """Our variables away, and a directory of its own."""
    inherited = {name: value for name, value in os.environ.items() if name not in NAMES}
    return inherited | {"DATA_DIR": str(data_dir)}


def manage(data_dir: Path, *arguments: str, **variables: str) -> tuple[int, str, str]:
    """Run manage.py with these variables and no others of ours: exit code, output, errors."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment(data_dir) | variables,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr
