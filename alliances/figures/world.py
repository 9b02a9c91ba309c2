"""Room 3: the states' shapes on the map: made once from a TopoJSON file, then read from fixtures.

Shapes are today's, whatever the day shown. See docs/decisions on borders.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import hypot
from typing import Any

from alliances.figures.projection import Point, Sheet

ANTARCTICA = "ATA"
# Steps of the search for the innermost point, per side of a shape's frame.
STEPS = 24

Ring = list[tuple[int, int]]


@dataclass(frozen=True)
class Shape:
    """A state on the sheet: an SVG path, a point inside it, and how far that is from its edge.

    `path` is empty for a state too small for the atlas: it is only a point.
    """

    path: str
    x: int
    y: int
    room: int


def shapes(coarse: Any, fine: Any, sheet: Sheet) -> dict[str, Shape]:
    """Every state's shape by alpha-3 code; those that only the finer atlas has are points."""
    found = {code: _shape(rings) for code, rings in _states(coarse, sheet)}
    for code, rings in _states(fine, sheet):
        if code not in found:
            inner = _shape(rings)
            found[code] = Shape("", inner.x, inner.y, 0)
    return dict(sorted(found.items()))


def contains(path: str, x: float, y: float) -> bool:
    """Whether a point of the sheet lies in a path that `shapes` made (even-odd rule)."""
    return sum(_crosses(ring, x, y) for ring in _read(path)) % 2 == 1


def _states(topology: Any, sheet: Sheet) -> Iterator[tuple[str, list[Ring]]]:
    arcs = _arcs(topology)
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = geometry["properties"]["a3"]
        if code == ANTARCTICA:
            continue
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        whole = [_ring(arcs, ring) for polygon in polygons for ring in polygon]
        yield code, [_placed(part, sheet) for ring in whole for part in _cut(ring)]


def _arcs(topology: Any) -> list[list[Point]]:
    """The topology's arcs as degrees (TopoJSON 1.0: quantised, each point as a step)."""
    (scale_x, scale_y), (left, low) = topology["transform"].values()
    decoded = []
    for arc in topology["arcs"]:
        xs = accumulate(x for x, _y in arc)
        ys = accumulate(y for _x, y in arc)
        decoded.append(
            [(x * scale_x + left, y * scale_y + low) for x, y in zip(xs, ys, strict=True)]
        )
    return decoded


def _ring(arcs: list[list[Point]], indexes: Iterable[int]) -> list[Point]:
    """One ring in degrees; a negative index reverses its arc. Longitudes run on over 180."""
    points: list[Point] = []
    for index in indexes:
        for longitude, latitude in arcs[index] if index >= 0 else arcs[~index][::-1]:
            turns = round((points[-1][0] - longitude) / 360) if points else 0
            points.append((longitude + 360 * turns, latitude))
    return points


def _cut(ring: list[Point]) -> list[list[Point]]:
    """The ring in one piece, or cut in two where it crosses the edge of the map at 180 degrees."""
    if min(x for x, _y in ring) < -180:
        ring = [(x + 360, y) for x, y in ring]
    if max(x for x, _y in ring) <= 180:
        return [ring]
    east = [(x - 360, y) for x, y in _beyond(ring, 1)]
    return [part for part in (_beyond(ring, -1), east) if part]


def _beyond(ring: list[Point], side: int) -> list[Point]:
    """What of the ring lies east (1) or west (-1) of 180 degrees (Sutherland and Hodgman)."""
    kept: list[Point] = []
    for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
        if (ax - 180) * side >= 0:
            kept.append((ax, ay))
        if (ax - 180) * (bx - 180) < 0:
            kept.append((180, ay + (by - ay) * (180 - ax) / (bx - ax)))
    return kept


def _placed(ring: list[Point], sheet: Sheet) -> Ring:
    """The ring on the sheet, in whole units without repeated points."""
    places = [(round(x), round(y)) for x, y in (sheet.place(*point) for point in ring)]
    kept = [
        place for place, before in zip(places, [None, *places], strict=False) if place != before
    ]
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


def _shape(rings: list[Ring]) -> Shape:
    drawn = [ring for ring in rings if len(ring) > 2]
    if not drawn:
        return Shape("", *max(rings, key=len)[0], 0)
    x, y, room = _innermost(max(drawn, key=_area), drawn)
    return Shape("".join(map(_path, drawn)), round(x), round(y), int(room))


def _path(ring: Ring) -> str:
    """A closed path in relative steps: the shortest way to write it."""
    (x, y), *_rest = ring
    steps = (f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(ring))
    return f"M{x} {y}l{' '.join(steps).replace(' -', '-')}z"


def _read(path: str) -> Iterator[Ring]:
    for part in path.replace("-", " -").split("z")[:-1]:
        start, _l, steps = part.removeprefix("M").partition("l")
        numbers = [int(n) for n in f"{start} {steps}".split()]
        pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
        xs = accumulate(x for x, _y in pairs)
        ys = accumulate(y for _x, y in pairs)
        yield list(zip(xs, ys, strict=True))


def _innermost(largest: Ring, rings: list[Ring]) -> tuple[float, float, float]:
    """The point of a grid inside the largest ring that lies farthest from every edge."""
    xs, ys = [x for x, _y in largest], [y for _x, y in largest]
    grid = (
        (
            min(xs) + (max(xs) - min(xs)) * (i + 0.5) / STEPS,
            min(ys) + (max(ys) - min(ys)) * (j + 0.5) / STEPS,
        )
        for i in range(STEPS)
        for j in range(STEPS)
    )
    inside = [(x, y) for x, y in grid if sum(_crosses(ring, x, y) for ring in rings) % 2]
    middle = (sum(xs) / len(xs), sum(ys) / len(ys))
    return max(((x, y, _room(rings, x, y)) for x, y in inside or [middle]), key=lambda p: p[2])


def _edges(ring: Ring) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    return pairwise([*ring, ring[0]])


def _crosses(ring: Ring, x: float, y: float) -> int:
    """How many edges of the ring a ray to the east crosses."""
    return sum(
        (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
        for (ax, ay), (bx, by) in _edges(ring)
    )


def _room(rings: list[Ring], x: float, y: float) -> float:
    return min(_distance(x, y, *edge) for ring in rings for edge in _edges(ring))


def _distance(x: float, y: float, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    along = ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy) if dx or dy else 0.0
    along = min(1.0, max(0.0, along))
    return hypot(x - a[0] - along * dx, y - a[1] - along * dy)


def _area(ring: Ring) -> float:
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in _edges(ring))) / 2
