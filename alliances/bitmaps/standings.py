"""Room 2: every standing of every commitment in memory: on which days, with which codes, in which
order. Read once, in one query; never changed.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import compress, islice
from typing import Any

from alliances.bitmaps.bits import bits_at, either, flags
from alliances.bitmaps.facets import Rows, bit_counts, bit_rows
from alliances.models import CommitmentSpan
from alliances.models.commitment import SpanQuerySet
from alliances.queries.facets import FacetCounts
from alliances.queries.raw import raw_rows


@dataclass(frozen=True)
class Facet:
    """Where a facet's value stands, from a commitment's span, and the codes of such a value."""

    path: str
    codes: Callable[[Any], Collection[str]]


@dataclass
class Standings:
    """`keys`: the spans' primary keys, ascending, each at its place. `first`, `until`: by day
    (ISO 8601), the spans that begin or are over then. `codes`: facet, code, the spans with it.
    """

    keys: array[int]
    first: Mapping[str, int]
    until: Mapping[str, int]
    codes: Mapping[str, Mapping[str, int]]
    _orders: dict[str, array[int]] = field(default_factory=dict)
    _last_day: tuple[str, int] = ("", 0)

    def on(self, day: date) -> int:
        """The spans that hold on the day; kept for one day, because most ask for today."""
        now, (last, held) = day.isoformat(), self._last_day
        if now != last:
            held = self._on(now)
            self._last_day = now, held
        return held

    def _on(self, now: str) -> int:
        # One that is over had begun, so its two bits cancel.
        begun = either(bits for begins, bits in self.first.items() if begins <= now)
        return begun ^ either(bits for ends, bits in self.until.items() if ends <= now)

    def having(self, keys: Iterable[int]) -> int:
        """The spans with these primary keys."""
        return bits_at(self._places(keys), len(self.keys))

    def rows(self, within: int, chosen: Mapping[str, Collection[str]]) -> Rows:
        """The spans `within` under what is chosen of the facets."""
        return bit_rows(self.keys, self.codes, within, chosen)

    def counts(
        self,
        within: int,
        chosen: Mapping[str, Collection[str]],
        usual: Mapping[str, Collection[str]],
    ) -> FacetCounts:
        """How many of the spans `within` each choice of a facet leaves."""
        return bit_counts(self.keys, self.codes, within, chosen, usual)

    def keys_in_order(
        self,
        rows: Rows,
        name: str,
        ordered: Callable[[], SpanQuerySet],
        start: int,
        stop: int,
    ) -> list[int]:
        """The primary keys from `start` up to `stop` of the rows of some counts, in the order
        `name`. `ordered`: all spans in that order, asked for once.
        """
        if name not in self._orders:
            in_order = ordered().values_list("pk", flat=True)
            self._orders[name] = array("I", self._places(in_order))
        order, held = self._orders[name], flags(rows.bits, len(self.keys))
        found = compress(order, map(held.__getitem__, order))
        return [self.keys[place] for place in islice(found, start, stop)]

    def _places(self, keys: Iterable[int]) -> Iterator[int]:
        """Where they stand; a key that came in since is passed over."""
        for key in keys:
            place = bisect_left(self.keys, key)
            if place < len(self.keys) and self.keys[place] == key:
                yield place


def read(facets: Mapping[str, Facet]) -> Standings:
    """The standings as the database has them now."""
    paths = list(dict.fromkeys(facet.path for facet in facets.values()))
    spans = CommitmentSpan.objects.marked_as_tested().order_by("pk")
    keys = array("q")
    held: list[dict[Any, array[int]]] = [defaultdict(_no_places) for _ in range(2 + len(paths))]
    for place, (key, *values) in enumerate(
        raw_rows(spans.values_list("pk", "first", "until", *paths))
    ):
        keys.append(key)
        for own, value in zip(held, values, strict=True):
            own[value].append(place)
    first, until, *by_path = ({v: bits_at(own, len(keys)) for v, own in d.items()} for d in held)
    codes = {
        name: _by_code(facet, by_path[paths.index(facet.path)]) for name, facet in facets.items()
    }
    return Standings(keys, _by_day(first), _by_day(until), codes)


def _no_places() -> array[int]:
    return array("I")


def _by_day(held: Mapping[Any, int]) -> dict[str, int]:
    # One driver gives a date, the other its text.
    return {str(day): bits for day, bits in held.items()}


def _by_code(facet: Facet, held: Mapping[Any, int]) -> dict[str, int]:
    by_code: dict[str, int] = defaultdict(int)
    for value, bits in held.items():
        for code in facet.codes(value):
            by_code[code] |= bits
    return dict(by_code)
