"""Readers of the environment. A variable that is set to nothing counts as not set.

A value that makes no sense is refused with a line that names it; nothing is guessed.
"""

import os
import re
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


def env_text(name: str, default: str = "") -> str:
    """The variable as it stands, without surrounding blanks."""
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, default: bool) -> bool:
    """Yes or no, in the usual spellings only."""
    value = env_text(name, YES[0] if default else NO[0])
    if value.lower() not in YES + NO:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(YES + NO)}, not {value!r}.")
    return value.lower() in YES


def env_choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    """One of a few words."""
    value = env_text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} must be {' or '.join(choices)}, not {value!r}.")
    return value


def env_list(name: str, default: list[str]) -> list[str]:
    """Values separated by commas."""
    return [part.strip() for part in env_text(name).split(",") if part.strip()] or default


def env_number(name: str, default: int) -> int:
    """A whole number from 0."""
    value = env_text(name, str(default))
    if not re.fullmatch("[0-9]{1,9}", value):
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def env_path(name: str, default: str) -> str:
    """The first part of addresses, as `desk` or `desk/`; given back with its slash at the end."""
    value = env_text(name, default)
    if not re.fullmatch("[A-Za-z0-9][A-Za-z0-9_-]*/?", value, re.ASCII):
        raise ImproperlyConfigured(
            f"{name} must be one word of letters, digits, - and _, not {value!r}."
        )
    return f"{value.removesuffix('/')}/"


def env_state(name: str, default: str) -> str:
    """A state's alpha-3 code."""
    value = env_text(name, default)
    if not re.fullmatch("[A-Z]{3}", value):
        raise ImproperlyConfigured(f"{name} must be three capital letters, not {value!r}.")
    return value


def env_contact(name: str) -> str:
    """An address of somebody, with its scheme, as security.txt needs it; empty where not set."""
    value = env_text(name)
    if value and not re.fullmatch(r"(mailto:[^\s@]+@|https://|tel:\+?)[^\s@]+", value):
        raise ImproperlyConfigured(
            f"{name} must begin with mailto:, https:// or tel:, not {value!r}."
        )
    return value


def env_directory(name: str, default: Path) -> Path:
    """A directory to write to, made if it is missing."""
    path = Path(env_text(name, str(default))).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise ImproperlyConfigured(f"{name} {path} cannot be made: {problem.strerror}.") from None
    if not os.access(path, os.W_OK):
        raise ImproperlyConfigured(f"{name} {path} cannot be written to.")
    return path


def stored_secret_key(path: Path) -> str:
    """The key of this data directory: made once, readable by its owner alone."""
    if not path.exists():
        with NamedTemporaryFile("w", dir=path.parent) as draft:
            draft.write(get_random_secret_key())
            draft.flush()
            # A link appears whole or not at all, and never replaces the key of a faster process.
            with suppress(FileExistsError):
                path.hardlink_to(draft.name)
    if key := path.read_text().strip():
        return key
    raise ImproperlyConfigured(f"{path} is empty: delete it and a new key is made.")
