"""The version without asking for it is the version asked for, whatever other connections and other
processes do to the database in between, and however they end.
"""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.db.utils import ConnectionHandler
from hypothesis import given, settings
from hypothesis import strategies as st

from alliances.cache.commits import Watched
from alliances.config.databases import SQLITE

READ = "SELECT number FROM version"
# Another process: one statement a line, answered when it has been carried out.
OTHER = """
import os, sqlite3, sys
line = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=5)
for said in sys.stdin:
    if said == "die\\n":
        os._exit(9)
    if said == "leave\\n":
        line.close()
        line = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=5)
    else:
        line.execute(said).fetchall()
    print("done", flush=True)
"""
MOVE = "UPDATE version SET number = number + 1"
STATEMENTS = {
    "commit": [MOVE],
    "commit two": ["BEGIN", MOVE, MOVE, "COMMIT"],
    "take back": ["BEGIN", MOVE, "ROLLBACK"],
    "write elsewhere": ["INSERT INTO other VALUES (randomblob(9000))"],
    "checkpoint": ["PRAGMA wal_checkpoint(PASSIVE)"],
    "empty the log": ["PRAGMA wal_checkpoint(TRUNCATE)"],
    "begin it anew": ["PRAGMA wal_checkpoint(RESTART)", MOVE],
    "vacuum": ["VACUUM"],
    "leave": ["leave"],
    "die": ["die"],
    "die in between": ["BEGIN IMMEDIATE", MOVE, "die"],
    "die after a commit": [MOVE, "die"],
}


class World:
    """A database, our connection to it as Django keeps one, and another process."""

    def __init__(self, folder: str) -> None:
        self.path = Path(folder) / "db.sqlite3"
        with closing(sqlite3.connect(self.path, isolation_level=None)) as made:
            made.execute("PRAGMA journal_mode=WAL")
            made.execute("CREATE TABLE version (number INTEGER)")
            made.execute("CREATE TABLE other (bytes BLOB)")
            made.execute("INSERT INTO version VALUES (1)")
        database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(self.path)} | SQLITE
        self.ours: Any = ConnectionHandler({"default": database})["default"]
        self.reads = 0
        self.watched = Watched(self.read, self.ours)
        self.process: subprocess.Popen[str] | None = None

    def read(self) -> int:
        """As the site asks: over Django's connection."""
        self.reads += 1
        self.ours.ensure_connection()
        return self.ours.connection.execute(READ).fetchone()[0]

    def truth(self) -> int:
        """As whoever comes new to it."""
        with closing(sqlite3.connect(self.path)) as fresh:
            return fresh.execute(READ).fetchone()[0]

    def tell(self, said: str) -> None:
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, "-c", OTHER, str(self.path)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
        assert self.process.stdin
        assert self.process.stdout
        print(said, file=self.process.stdin, flush=True)
        if said == "die":
            self.process.communicate(timeout=20)
            assert self.process.returncode == 9
            self.process = None
        else:
            assert self.process.stdout.readline() == "done\n"

    def do(self, what: str) -> None:
        if what == "our own commit":
            self.ours.ensure_connection()
            self.ours.connection.execute(MOVE)
            self.ours.connection.commit()
        elif what == "our connection is renewed":
            self.ours.close()
        else:
            for said in STATEMENTS[what]:
                self.tell(said)

    def close(self) -> None:
        self.ours.close()
        if self.process:
            self.process.communicate(timeout=20)


@pytest.fixture(autouse=True)
def no_blocker(django_db_blocker: Any) -> Iterator[None]:
    """The tests' own database is not asked here."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def world() -> Iterator[World]:
    with TemporaryDirectory() as folder:
        made = World(folder)
        yield made
        made.close()


EVENTS = st.sampled_from([*STATEMENTS, "our own commit", "our connection is renewed", "nothing"])


@settings(max_examples=25)
@given(st.lists(EVENTS, min_size=4, max_size=12))
def test_it_is_the_version_after_anything(events: list[str]) -> None:
    with TemporaryDirectory() as folder:
        world = World(folder)
        try:
            assert world.watched() == world.truth() == 1
            for what in events:
                if what != "nothing":
                    world.do(what)
                assert world.watched() == world.truth(), (what, events)
        finally:
            world.close()


def asked(world: World, do: Callable[[], None] = lambda: None) -> int:
    """How often the database is asked for the version after something happened."""
    do()
    before = world.reads
    assert world.watched() == world.truth()
    return world.reads - before


def test_it_asks_once_for_each_commit(world: World) -> None:
    # Before the first time, there is no connection to watch.
    assert [asked(world) for _time in range(4)] == [1, 1, 0, 0]
    for what in ("commit", "write elsewhere", "our own commit"):
        assert asked(world, lambda what=what: world.do(what)) == 1, what  # type: ignore[misc]
        assert asked(world) == 0, what
    for what in ("take back", "checkpoint", "die in between"):
        assert asked(world, lambda what=what: world.do(what)) == 0, what  # type: ignore[misc]


def test_a_write_that_is_seen_before_it_is_committed_is_seen_here_too(world: World) -> None:
    world.watched(), world.watched()
    own = world.ours.connection
    own.execute("BEGIN")
    own.execute(MOVE)
    assert (world.watched(), world.truth()) == (2, 1)
    own.execute("ROLLBACK")
    assert (world.watched(), world.truth()) == (1, 1)


def test_a_database_that_is_not_in_this_mode_is_asked_each_time(world: World) -> None:
    world.ours.settings_dict["OPTIONS"] = {}
    with closing(sqlite3.connect(world.path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode=DELETE")
        # What a crash may leave behind.
        Path(f"{world.path}-shm").write_bytes(bytes(32_768))
        for number in range(2, 5):
            other.execute(MOVE)
            assert world.watched() == number


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_files_that_were_deleted_are_let_go(world: World) -> None:
    world.watched(), world.watched()
    before = descriptors()
    for _time in range(20):
        world.ours.close()
        world.do("commit")
        world.tell("leave")
        world.watched(), world.watched()
    assert descriptors() <= before + 2


# The byte of the shared file that SQLite locks for as long as a process uses it.
IN_USE = 128
LOCKED = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, int(sys.argv[2]))
    except OSError:
        print("in use")
"""


def is_in_use(world: World) -> bool:
    asked = [sys.executable, "-c", LOCKED, f"{world.path}-shm", str(IN_USE)]
    return subprocess.run(asked, check=True, capture_output=True).stdout == b"in use\n"


def test_to_look_gives_up_no_lock(world: World) -> None:
    """POSIX locks of a process on a file all go when it closes the file anywhere."""
    for _connection in range(2):
        world.watched(), world.watched()
        assert is_in_use(world)
        # While another process keeps the file, ours is renewed and finds the same.
        world.do("commit")
        world.ours.close()
    world.do("die")
    assert not is_in_use(world)
