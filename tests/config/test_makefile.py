"""The Makefile's own refusals: each is one line that says what to do, and the task fails."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

MAKEFILE = (settings.BASE_DIR / "Makefile").read_text(encoding="utf-8")
TO_COME = re.findall(r"(?m)^([a-z -]+):\n\t@echo 'error: make \$@ does not exist yet'", MAKEFILE)


def make(folder: Path, *arguments: str) -> tuple[int, str, list[str]]:
    """Run make there with nothing to read: exit code, output, and errors but for make's own."""
    done = subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if not name.startswith("MAKE")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    errors = [line for line in done.stderr.splitlines() if not line.startswith("make: ***")]
    return done.returncode, done.stdout, errors


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A clone in which nothing is installed."""
    shutil.copy(settings.BASE_DIR / "Makefile", tmp_path)
    shutil.copytree(settings.BASE_DIR / "requirements", tmp_path / "requirements")
    return tmp_path


@pytest.fixture
def installed(fresh: Path) -> Path:
    """A clone whose environment is there, with a Python that does nothing and fails."""
    (fresh / ".venv" / "bin").mkdir(parents=True)
    (fresh / ".venv" / "bin" / "python").symlink_to(shutil.which("false") or "/bin/false")
    (fresh / ".venv" / "run.stamp").touch()
    return fresh


@pytest.mark.parametrize("target", TO_COME[0].split() if TO_COME else [])
def test_what_does_not_exist_yet_says_so_and_fails(fresh: Path, target: str) -> None:
    assert make(fresh, target) == (2, "", [f"error: make {target} does not exist yet"])


@pytest.mark.parametrize("target", ["run", "test", "admin"])
def test_a_python_without_venv_is_named_and_nothing_is_made(fresh: Path, target: str) -> None:
    python = fresh / "python-without-venv"
    python.write_text("#!/bin/sh\necho 'No module named venv' >&2\nexit 1\n")
    python.chmod(0o755)
    assert make(fresh, target, f"PYTHON={python}") == (
        2,
        "",
        [
            f"error: {python} must be Python 3.11 or later with venv (on Debian: apt install"
            " python3-venv); to name another: make PYTHON=python3.12"
        ],
    )
    assert not (fresh / ".venv").exists()


def test_an_account_is_made_in_a_terminal_only(installed: Path) -> None:
    assert make(installed, "admin") == (
        2,
        "",
        ["error: make admin asks for a name and a password: run it in a terminal"],
    )


def test_a_task_ends_where_its_first_command_fails(installed: Path) -> None:
    assert make(installed, "run") == (2, "", [])
