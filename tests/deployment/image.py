"""Carries out a Dockerfile without Docker: its steps on this machine, with a folder for its `/srv`.

Not carried out is FROM: in place of its Python stands the machine's own, if everyone may run it.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
Step = tuple[str, str]


def steps(dockerfile: str) -> list[Step]:
    """Its instructions, each with what stands after it."""
    lines = [line for line in dockerfile.splitlines() if not line.lstrip().startswith("#")]
    whole = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [
        (name, rest)
        for name, _, rest in (line.partition(" ") for line in whole.split("\n"))
        if name
    ]


def listed(text: str) -> list[str]:
    """The words of an instruction in its JSON form, the only one that compose and we use."""
    words = json.loads(text)
    assert isinstance(words, list), text
    return words


@dataclass
class Image:
    """What a Dockerfile makes, in `folder`."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    workdir: str = "/"
    user: str = ""
    command: list[str] = field(default_factory=list)
    healthcheck: list[str] = field(default_factory=list)

    def here(self, text: str) -> str:
        """The same text with the folder's paths for the image's."""
        return re.sub(r"(?<![\w/.])/srv(?=/|\b)", f"{self.folder}/srv", text)

    def build(self, dockerfile: str) -> None:
        """Every step in turn; an instruction that is not known here is refused."""
        for name, rest in steps(dockerfile):
            getattr(self, f"_{name.lower()}")(rest)

    def _from(self, image: str) -> None:
        assert image.startswith("python:3."), image

    def _expose(self, port: str) -> None:
        assert port.isdigit(), port

    def _env(self, text: str) -> None:
        name, _, value = text.partition("=")
        self.environment[name] = self.here(value)

    def _workdir(self, path: str) -> None:
        self.workdir = self.here(path)
        Path(self.workdir).mkdir(parents=True)

    def _user(self, user: str) -> None:
        self.user = user

    def _cmd(self, text: str) -> None:
        self.command = [self.here(word) for word in listed(text)]

    def _healthcheck(self, text: str) -> None:
        self.healthcheck = listed(text.partition(" CMD ")[2])

    def _copy(self, text: str) -> None:
        """As from a clone: what git knows, and nothing that was made here."""
        source, target = shlex.split(text)
        known = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", source],
            cwd=PROJECT, check=True, capture_output=True, text=True,
        )  # fmt: skip
        names = [name for name in known.stdout.split("\0") if name]
        assert names, f"nothing to copy: {source}"
        for name in names:
            inside = (
                Path(name).relative_to(source) if (PROJECT / source).is_dir() else Path(name).name
            )
            place = Path(self.workdir, target, inside)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT / name, place)

    def _run(self, text: str) -> None:
        # How this machine reaches its package index is its own affair, as it is the builder's.
        own = {
            name: value for name, value in os.environ.items() if name.startswith(("PIP_", "HOME"))
        }
        done = subprocess.run(
            ["sh", "-c", self.here(text)],
            cwd=self.workdir, env=own | self.environment, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, (text, done.stdout, done.stderr)
