"""Room 3: how many requests an address may make: so many a second, and a burst beyond."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

# As many addresses are remembered, and up to twice as many; then those not seen lately are free.
REMEMBERED = 10_000


class Rates:
    """A bucket for each address, counted in this process alone.

    For each address one number is kept: when its bucket will be full again. A request puts that off
    by its share of a second, and is refused where the bucket would have to be more than empty.
    """

    def __init__(
        self, per_second: float, burst: int, clock: Callable[[], float] = monotonic
    ) -> None:
        self._share = 1 / per_second
        self._slack = (burst - 1) * self._share
        self._clock = clock
        self._full_at: dict[str, float] = {}
        self._before: dict[str, float] = {}

    def wait(self, address: str) -> float:
        """Count a request: 0 if it may pass, else in how many seconds the next may."""
        now = self._clock()
        full_at = max(now, self._full_at.get(address) or self._before.get(address, now))
        wait = full_at - now - self._slack
        if wait > 0:
            return wait
        if len(self._full_at) >= REMEMBERED:
            self._before, self._full_at = self._full_at, {}
        self._full_at[address] = full_at + self._share
        return 0
