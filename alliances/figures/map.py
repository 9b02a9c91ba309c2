"""Room 3: the map: each state's shape with what it is promised, small ones as rings, none left out.

Which shape a state has is `world`; how it is painted is a class in the style sheet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alliances.figures.world import Shape

# In units of the sheet: room that a digit needs, and a shape below which a ring is drawn.
ROOM_FOR_A_DIGIT = 9
SMALL = 5


@dataclass(frozen=True)
class World:
    """The sheet and every shape on it, by alpha-3 code."""

    width: int
    height: int
    shapes: Mapping[str, Shape]


@dataclass(frozen=True)
class Place:
    """A state on the map. `subject` is its row, None where it has none; unread here."""

    code: str
    shape: Shape
    subject: object | None
    researched: bool

    @property
    def is_small(self) -> bool:
        """Whether it gets a ring, so that it can be seen and pressed."""
        return self.subject is not None and self.shape.room < SMALL

    @property
    def has_room(self) -> bool:
        """Whether the digit of its rung fits inside."""
        return self.shape.room >= ROOM_FOR_A_DIGIT


@dataclass(frozen=True)
class Map:
    """All places, those without a row first so that the others lie on top, and who has no shape."""

    world: World
    places: list[Place]
    without_shape: list[object]


@cache
def read_world(path: Path) -> World:
    """The shapes that `build_world_shapes` wrote."""
    found = json.loads(path.read_text(encoding="utf-8"))
    shapes = {code: Shape(*values) for code, values in found["shapes"].items()}
    return World(found["width"], found["height"], shapes)


def world_map(world: World, rows: Mapping[str, object], researched: Iterable[str]) -> Map:
    """`rows`: what is shown, by the state's code; `researched`: codes of the states looked at."""
    known = {*researched, *rows}
    places = [
        Place(code, shape, rows.get(code), code in known) for code, shape in world.shapes.items()
    ]
    places.sort(key=lambda place: (place.subject is not None, place.is_small))
    return Map(world, places, [row for code, row in rows.items() if code not in world.shapes])
