"""What is measured, each as one process of its own on loopback: the site, Datasette, a hello."""

import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tests.browser.site import PROJECT, free_port

SECONDS_TO_ANSWER = 60
GRANIAN = [
    "-m",
    "granian",
    "--interface=wsgi",
    "--workers=1",
    "--blocking-threads=1",
    "--log-level=error",
]
TUNED = {
    "suggest_facets": "off",
    "default_facet_size": "300",
    "max_returned_rows": "1000",
    # It may not leave out what takes long: the site does not.
    "facet_time_limit_ms": "60000",
    "sql_time_limit_ms": "60000",
}


@dataclass
class Server:
    """A running server; `cold`: seconds from its start to its first answer."""

    process: subprocess.Popen[bytes]
    port: int
    cold: float

    def url(self, path: str) -> str:
        """Where it serves a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def memory(self) -> float:
        """Proportional set size of its largest process, in MiB."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return max(_pss(pid) for pid in [str(self.process.pid), *children.split()])

    def stop(self) -> None:
        """End it and wait."""
        self.process.terminate()
        self.process.wait(20)


def _pss(pid: str) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("the kernel tells no proportional set size")


def start(arguments: list[str], first: str, **variables: str) -> Server:
    """Start Python with these arguments and a port, and wait until `first` is answered."""
    port = free_port()
    began = monotonic()
    process = subprocess.Popen(
        [sys.executable, *arguments, f"--port={port}"],
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"], **variables},
        stdout=subprocess.DEVNULL,
    )
    while monotonic() < began + SECONDS_TO_ANSWER:
        with suppress(URLError, ConnectionError):
            status, _body = fetch(f"http://127.0.0.1:{port}{first}")
            if status == 200:
                return Server(process, port, monotonic() - began)
        sleep(0.01)
    process.kill()
    raise RuntimeError(f"no answer: {arguments}")


def fetch(url: str, **headers: str) -> tuple[int, bytes]:
    """Status and body of one answer."""
    try:
        with urlopen(Request(url, headers=headers), timeout=60) as answer:  # noqa: S310
            return answer.status, answer.read()
    except HTTPError as refused:
        return refused.code, refused.read()


def site(folder: Path, database: Path, cache: int) -> Server:
    """The site with one worker, keeping `cache` MB of answers."""
    return start(
        [*GRANIAN, "alliances.config.wsgi:application"],
        "/robots.txt",
        DATA_DIR=str(folder),
        DATABASE_URL=f"sqlite:///{database}",
        RESPONSE_CACHE_MB=str(cache),
        RATE_LIMIT="0",
    )


def datasette(flat: Path) -> Server:
    """Datasette as its documentation tunes it for a table that does not change."""
    settings = [part for pair in TUNED.items() for part in ("--setting", *pair)]
    return start(["-m", "datasette", "serve", "-i", str(flat), *settings], "/")


def hello(size: int) -> Server:
    """A hello of `size` bytes on the site's own server."""
    return start([*GRANIAN, "tests.benchmarks.hello:application"], "/", SIZE=str(size))
