"""Read once per version of the data. That pages then change at once: tests/cache/test_processes.

And how the tests themselves keep it: until one writes.
"""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection

from alliances.models import State
from alliances.queries import per_version as room


class World:
    """A database of one text, its version, and how often it was read."""

    def __init__(self) -> None:
        self.version, self.text, self.readings = 1, "old", 0
        self.connection = SimpleNamespace(in_atomic_block=False)
        self.while_reading: Callable[[], None] = lambda: None

    def read(self) -> str:
        """The text as it is now."""
        self.readings += 1
        self.while_reading()
        return self.text

    def write(self) -> None:
        """A commit of another process."""
        self.version, self.text = self.version + 1, "new"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    made = World()
    monkeypatch.setattr(room, "connection", made.connection)
    monkeypatch.setattr(room, "read_version", lambda: made.version)
    return made


def test_it_is_read_once_until_the_data_change(world: World) -> None:
    current = room.per_version(world.read)
    assert [current(), current()] == ["old", "old"]
    assert world.readings == 1
    world.write()
    assert [current(), current()] == ["new", "new"]
    assert world.readings == 2


def test_what_was_read_while_the_data_changed_is_not_kept(world: World) -> None:
    current = room.per_version(world.read)
    world.while_reading = lambda: world.write() if world.version == 1 else None
    current()
    assert current() == "new"
    assert world.readings == 2


def test_in_a_transaction_it_is_read_anew_and_never_kept(world: World) -> None:
    current = room.per_version(world.read)
    world.connection.in_atomic_block = True
    assert current() == "old"
    world.text = "uncommitted"
    assert current() == "uncommitted"
    world.connection.in_atomic_block, world.text = False, "old"
    assert current() == "old"
    assert world.readings == 3


def test_in_a_test_it_is_kept_until_the_test_writes(db: None) -> None:
    """What `kept_until_written` promises every test; PostgreSQL reads anew each time."""
    names = room.per_version(lambda: set(State.objects.values_list("name", flat=True)))
    assert names() is names() or connection.vendor != "sqlite"
    state = State.objects.get(ref="TGO")
    state.name = "Quagmiria"
    state.save()
    assert "Quagmiria" in names()
