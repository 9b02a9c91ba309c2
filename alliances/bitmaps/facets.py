"""Room 2: what `queries.facets.facet_counts` answers, from bits: a generated test says so."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Hashable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import compress

from alliances.bitmaps.bits import either, flags
from alliances.queries.facets import FacetCounts


@dataclass(frozen=True, eq=False)
class Rows(Set[Hashable]):
    """The keys of the rows in a set, counted without a list of them. `keys`: of all rows."""

    keys: array[int]
    bits: int

    def __len__(self) -> int:
        return self.bits.bit_count()

    def __iter__(self) -> Iterator[int]:
        return compress(self.keys, flags(self.bits, len(self.keys)))

    def __contains__(self, key: object) -> bool:
        return any(key == own for own in self)


Codes = Mapping[str, Mapping[str, int]]


def bit_rows(
    keys: array[int], codes: Codes, within: int, chosen: Mapping[str, Collection[str]]
) -> Rows:
    """The rows `within` under what is chosen, without counting what else could be."""
    found = within
    for held in _asked(codes, chosen).values():
        found &= held
    return Rows(keys, found)


def bit_counts(
    keys: array[int],
    codes: Codes,
    within: int,
    chosen: Mapping[str, Collection[str]],
    usual: Mapping[str, Collection[str]],
) -> FacetCounts:
    """The counts over the rows `within`, each row its own. `codes`: facet, code, the rows with it.
    `chosen` and `usual` as `facet_counts` has them.
    """
    asked = _asked(codes, chosen)
    rows = bit_rows(keys, codes, within, chosen)
    by_choice: dict[str, dict[str, int]] = {}
    set_aside: dict[str, int] = {}
    for name, held_by_code in codes.items():
        left = rows.bits
        if name in asked:
            left = within
            for other, held in asked.items():
                if other != name:
                    left &= held
        counted = ((code, (left & held).bit_count()) for code, held in held_by_code.items())
        by_choice[name] = {code: count for code, count in counted if count}
        if usual.get(name):
            left &= _with_any(codes[name], usual[name])
        set_aside[name] = left.bit_count()
    return FacetCounts(rows, by_choice, set_aside)


def _asked(codes: Codes, chosen: Mapping[str, Collection[str]]) -> dict[str, int]:
    """For each facet of which something is asked, the rows with any of its codes."""
    return {name: _with_any(codes[name], wanted) for name, wanted in chosen.items() if wanted}


def _with_any(held: Mapping[str, int], wanted: Collection[str]) -> int:
    return either(held.get(code, 0) for code in wanted)
