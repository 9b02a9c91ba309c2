"""A real server on a database, with the faults that a test asks for, and what it answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from time import monotonic, sleep

from tests.cache.site import Site

SECONDS = 120


@dataclass(frozen=True)
class Answer:
    """What a worker answered. Which one is in the ids that it gives to requests."""

    status: int
    headers: HTTPMessage
    page: str

    @property
    def worker(self) -> str:
        return self.headers["X-Request-ID"][:12]


class FaultySite(Site):
    """As the public meets it: no error pages of a developer, pages kept, two workers."""

    def __init__(self, folder: Path, database: str) -> None:
        self.faults = folder / "faults"
        self.faults.mkdir()
        # Where no files were collected; without the folder each start warns of it.
        (folder / "static").mkdir()
        settings = "tests.faults.faulty"
        own = {"DJANGO_SETTINGS_MODULE": settings, "DEBUG": "0", "RATE_LIMIT": "0"}
        super().__init__(folder, database, **own)

    def get(self, address: str) -> Answer:
        """What somebody is answered who is not known."""
        return self.answer("GET", address, None, {})

    def answer(
        self, method: str, address: str, body: str | None, headers: dict[str, str]
    ) -> Answer:
        """Over a connection of its own, so that any worker may answer."""
        server = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            server.request(method, address, body, headers)
            answer = server.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode())
        finally:
            server.close()

    def by_every_worker(self, address: str) -> list[Answer]:
        """What each of the two workers answers, asked until both have."""
        answers: dict[str, Answer] = {}
        for _look in until("both workers answer"):
            answer = self.get(address)
            answers[answer.worker] = answer
            if len(answers) == 2:
                return list(answers.values())
        raise AssertionError

    def workers(self) -> set[int]:
        """The process ids of those that answer."""
        server = self.server.pid
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        commands = {int(pid): Path(f"/proc/{pid}/cmdline").read_bytes() for pid in children}
        return {pid for pid, command in commands.items() if b"resource_tracker" not in command}

    def complaints(self) -> str:
        """What it wrote to its log."""
        return Path(self.log.name).read_text()


def until(what: str) -> Iterator[None]:
    """Moments to look at a condition; past the deadline it fails."""
    ends = monotonic() + SECONDS
    while monotonic() < ends:
        yield
        sleep(0.02)
    raise AssertionError(f"waited in vain until {what}")
