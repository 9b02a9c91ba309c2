"""Starts what compose.yaml describes without Docker: each service at a loopback address of its own.

A service's own image is carried out by `image`; of PostgreSQL's and the proxy's images only what
their entry points do is done here, with Debian's builds of the same programs.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import yaml

from tests.deployment.image import PROJECT, Image

# Nothing else of a machine listens here.
NETWORK = "127.77.0."
FIRST_ADDRESS = 11
POSTGRESQL = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1:]
SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
SECONDS = {"ms": 0.001, "s": 1, "m": 60}


def seconds(text: str) -> float:
    """A duration as compose writes it: 2s."""
    number, unit = re.fullmatch(r"(\d+)(ms|s|m)", text).groups()  # type: ignore[union-attr]
    return int(number) * SECONDS[unit]


def filled_in(text: str, variables: dict[str, str]) -> str:
    """A value with ${NAME:?} and ${NAME:-default} replaced, as compose does."""

    def value(match: re.Match[str]) -> str:
        name, default = match["name"], match["default"]
        found = variables.get(name) or default
        assert found is not None, f"{name} is not set"
        return found

    return re.sub(r"\$\{(?P<name>\w+):(?:\?|-(?P<default>[^}]*))\}", value, text)


@dataclass
class Service:
    """One service of the file, and its process while it runs."""

    name: str
    said: dict[str, Any]
    site: Deployment
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return self.site.addresses[self.name]

    @property
    def folder(self) -> Path:
        """For what its volumes would hold."""
        return self.site.folder / self.name

    @property
    def log(self) -> Path:
        return self.site.folder / f"{self.name}.log"

    @cached_property
    def environment(self) -> dict[str, str]:
        given = {
            name: self.here(filled_in(value, self.site.variables))
            for name, value in self.said.get("environment", {}).items()
        }
        own = self.site.image.environment if "build" in self.said else {"PATH": SYSTEM_PATH}
        return {"HOME": "/"} | {name: self.here(value) for name, value in own.items()} | given

    def here(self, text: str) -> str:
        """The same text with the addresses of this machine: other services' by name, its own."""
        text = re.sub(r"\b(0\.0\.0\.0|127\.0\.0\.1)\b", self.address, text)
        for name, address in self.site.addresses.items():
            text = re.sub(rf"(?<![\w-]){name}(?=:\d)", address, text)
        return text

    def start(self) -> None:
        """As its image's entry point does."""
        if "build" in self.said:
            image = self.site.image
            uid, gid = map(int, image.user.split(":"))
            self._run(self.said.get("command", image.command), uid, gid, image.workdir)
        else:
            getattr(self, f"_start_{self.said['image'].partition(':')[0]}")()

    def _run(self, command: list[str], uid: int, gid: int, cwd: str | Path) -> None:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=cwd, env=self.environment, user=uid, group=gid, extra_groups=[],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def _start_postgres(self) -> None:
        assert POSTGRESQL, (
            "PostgreSQL's own programs are missing (on Debian: apt install postgresql)"
        )
        programs, data, password = POSTGRESQL[0], self.folder / "data", self.folder / "password"
        user, name = self.environment["POSTGRES_USER"], self.environment["POSTGRES_DB"]
        password.write_text(self.environment["POSTGRES_PASSWORD"])
        shutil.chown(self.folder, "postgres", "postgres")
        make = [
            programs / "initdb",
            "-D",
            data,
            f"--username={user}",
            f"--pwfile={password}",
            "--auth=scram-sha-256",
        ]
        for command, said in (
            (make, ""),
            (
                [programs / "postgres", "--single", "-D", data, "postgres"],
                f'CREATE DATABASE "{name}"',
            ),
        ):
            subprocess.run(
                command, input=said, user="postgres", group="postgres", extra_groups=[],
                cwd=self.folder, check=True, capture_output=True, text=True,
            )  # fmt: skip
        owner = self.folder.stat()
        settings = [f"listen_addresses={self.address}", f"unix_socket_directories={self.folder}"]
        self._run(
            [str(programs / "postgres"), "-D", str(data), *(w for s in settings for w in ("-c", s))],
            owner.st_uid, owner.st_gid, self.folder,
        )  # fmt: skip

    def _start_caddy(self) -> None:
        (volume,) = [each for each in self.said["volumes"] if each.startswith("./")]
        source, _, _target = volume.partition(":")
        config = self.folder / "Caddyfile"
        config.write_text(self.here((PROJECT / source).read_text()))
        self.environment["XDG_DATA_HOME"] = self.environment["XDG_CONFIG_HOME"] = str(self.folder)
        command = ["caddy", "run", f"--config={config}", "--adapter=caddyfile"]
        self._run(command, os.getuid(), os.getgid(), self.folder)

    def wait_until_healthy(self) -> None:
        """By the file's own check, for as long as the file allows."""
        check = self.said.get("healthcheck")
        if not check:
            return
        patience = seconds(check["start_period"]) + seconds(check["interval"]) * check["retries"]
        deadline = monotonic() + patience
        while not self.passes(check["test"][1:]):
            assert self.process
            ended = self.process.poll()
            assert ended is None, (self.name, ended, self.log.read_text()[-3000:])
            assert monotonic() < deadline, (self.name, self.log.read_text()[-3000:])
            sleep(0.2)

    def passes(self, check: list[str]) -> bool:
        """Whether a health check, ours or the image's, says yes."""
        words = [self.here(word) for word in check]
        return not subprocess.run(words, env=self.environment, capture_output=True).returncode

    def stop(self) -> int:
        """As `docker stop` does: the signal, the file's patience; its exit code."""
        assert self.process
        self.process.terminate()
        return self.process.wait(seconds(self.said.get("stop_grace_period", "10s")))

    def kill(self) -> None:
        """Whatever is left of it."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Deployment:
    """The whole file in one folder."""

    def __init__(self, folder: Path, variables: dict[str, str]) -> None:
        self.folder, self.variables = folder, variables
        self.image = Image(folder)
        said = yaml.safe_load((PROJECT / "compose.yaml").read_text())["services"]
        self.addresses = {
            name: f"{NETWORK}{number}" for number, name in enumerate(said, FIRST_ADDRESS)
        }
        self.services = {name: Service(name, each, self) for name, each in said.items()}

    def start(self) -> None:
        """What depends on nothing first; what depends on the same, at once."""
        left = dict(self.services)
        while left:
            ready = [s for s in left.values() if not set(s.said.get("depends_on", {})) & set(left)]
            assert ready, "services wait for each other"
            for service in ready:
                service.folder.mkdir()
                service.start()
            for service in ready:
                service.wait_until_healthy()
                del left[service.name]

    def kill(self) -> None:
        """Nothing that was started outlives this."""
        for service in self.services.values():
            service.kill()
