"""The site as `make run` gives it to the public, on a free port, over a data directory of its own."""

import os
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from urllib.error import URLError
from urllib.request import urlopen

PROJECT = Path(__file__).resolve().parents[2]
EDITOR, EDITORS_PASSWORD = "ed", "a long and quiet river"
PREPARED_BY = [
    ["prepare"],
    ["collectstatic", "--noinput", "-v0"],
    ["createsuperuser", "--noinput", f"--username={EDITOR}", "--email=ed@alliances.example"],
]
SECONDS_TO_ANSWER = 30
SECONDS_TO_STOP = 15


class Site:
    """A running server. Nothing of the caller's environment reaches it but the search path."""

    def __init__(self) -> None:
        self.folder = TemporaryDirectory(prefix="site-")
        self.environment = {
            "PATH": os.environ["PATH"],
            "DATA_DIR": self.folder.name,
            # All the tests' tabs have one address, and no reader's patience.
            "RATE_LIMIT": "0",
            "DJANGO_SUPERUSER_PASSWORD": EDITORS_PASSWORD,
        }
        for arguments in PREPARED_BY:
            subprocess.run(
                self.command(*arguments),
                env=self.environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.log = Path(self.folder.name) / "server.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                self.command("serve", f"--port={port}"),
                env=self.environment,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        self.wait_until_it_answers()

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(PROJECT / "manage.py"), *arguments]

    def wait_until_it_answers(self) -> None:
        """Ask until the first page comes; fail at once if the server ends before."""
        deadline = monotonic() + SECONDS_TO_ANSWER
        while monotonic() < deadline:
            with suppress(URLError, ConnectionError), urlopen(self.address, timeout=5):  # noqa: S310
                return
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(0.1)
                break
        self.process.kill()
        raise RuntimeError(f"The server does not answer: {self.log.read_text()}")

    def stop(self) -> str:
        """End it as a service manager would, and hand back what it complained of."""
        self.process.terminate()
        self.process.wait(SECONDS_TO_STOP)
        complaints = self.log.read_text()
        self.folder.cleanup()
        return complaints


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
