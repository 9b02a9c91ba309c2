"""Room 3: the kept answers of one moment, at most so many bytes of them."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from threading import Lock
from typing import NamedTuple

from alliances.cache.kept import Kept

# What the objects of one kept answer take beside their texts, measured.
OVERHEAD = 5_000


class Moment(NamedTuple):
    """What every page depends on: the version of the data, and which day is today."""

    version: object
    today: date


class Key(NamedTuple):
    """What was asked: all of a request that Django makes a page from."""

    scheme: str
    forwarded: str
    host: str
    path: str
    query: str

    @property
    def size(self) -> int:
        """In characters."""
        return sum(map(len, self))


class Store:
    """Answers by key, the one asked for longest ago dropped first. All of them go with the moment
    they were made at.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self.moment: Moment | None = None
        self._answers: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: Key, moment: Moment) -> Kept | None:
        """The answer kept for this moment."""
        with self._lock:
            if moment != self.moment:
                self._answers.clear()
                self.moment, self.size = moment, 0
            found = self._answers.get(key)
            if found:
                self._answers.move_to_end(key)
            return found

    def put(self, key: Key, moment: Moment, answer: Kept) -> None:
        """Keep an answer whose making began at this moment, unless that is over."""
        with self._lock:
            if moment != self.moment:
                return
            self._drop(key)
            self._answers[key] = answer
            self.size += _size(key, answer)
            while self.size > self.limit:
                self._drop(next(iter(self._answers)))

    def _drop(self, key: Key) -> None:
        answer = self._answers.pop(key, None)
        if answer:
            self.size -= _size(key, answer)


def _size(key: Key, answer: Kept) -> int:
    return key.size + answer.size + OVERHEAD
