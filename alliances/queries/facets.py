"""Room 2: how many rows each choice of a filter would give. Plain values in, counts out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Row = tuple[Hashable, Sequence[Collection[str]]]


@dataclass(frozen=True)
class FacetCounts:
    """`rows`: the keys of the table rows as filtered. `by_choice`: facet, code, number of rows.
    `set_aside`: for each facet the number of rows that there would be if nothing were asked of it.
    """

    rows: Collection[Hashable]
    by_choice: Mapping[str, Mapping[str, int]]
    set_aside: Mapping[str, int]


def facet_counts(
    rows: Iterable[Row],
    facets: Sequence[str],
    chosen: Mapping[str, Collection[str]],
    usual: Mapping[str, Collection[str]],
) -> FacetCounts:
    """What each choice would give with every other parameter kept and its own set aside.

    `rows`: for each promise the key of the table row it stands in (several may share one) and, in
    the order of `facets`, its codes. `chosen`: the codes asked for; values of one facet are OR,
    facets are AND, one without codes asks nothing. `usual`: the codes that hold of a facet where
    nothing is asked of it.
    """
    asked = [(place, set(chosen[name])) for place, name in enumerate(facets) if chosen.get(name)]
    left = [set(usual.get(name, ())) for name in facets]
    total: set[Hashable] = set()
    keys: list[dict[str, set[Hashable]]] = [defaultdict(set) for _ in facets]
    own: list[set[Hashable]] = [set() for _ in facets]
    for key, codes in rows:
        failed = [place for place, wanted in asked if wanted.isdisjoint(codes[place])]
        if not failed:
            total.add(key)
        if len(failed) > 1:
            continue
        for place in failed or range(len(facets)):
            if not left[place] or not left[place].isdisjoint(codes[place]):
                own[place].add(key)
            for code in codes[place]:
                keys[place][code].add(key)
    by_choice = {
        name: {code: len(found) for code, found in keys[place].items()}
        for place, name in enumerate(facets)
    }
    set_aside = {name: len(own[place]) for place, name in enumerate(facets)}
    return FacetCounts(frozenset(total), by_choice, set_aside)
