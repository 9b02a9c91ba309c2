"""The states' shapes: places lie in the state that they belong to, areas can be compared, a state
across the 180th meridian is drawn in two parts; and the command that makes them from an atlas.
"""

import json
import re
from io import StringIO
from itertools import accumulate
from math import radians, sin
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command

from alliances.figures.map import World, read_world
from alliances.figures.projection import EAST, NORTH, Sheet, equal_earth
from alliances.figures.world import contains, shapes

SHAPES = settings.BASE_DIR / "fixtures" / "world_shapes.json"


@pytest.fixture(scope="module")
def world() -> World:
    return read_world(SHAPES)


def states_at(world: World, longitude: float, latitude: float) -> list[str]:
    place = Sheet(world.width).place(longitude, latitude)
    return [code for code, shape in world.shapes.items() if contains(shape.path, *place)]


@pytest.mark.parametrize(
    ("place", "longitude", "latitude", "state"),
    [
        ("Sevastopol", 33.52, 44.60, "UKR"),
        ("Simferopol", 34.10, 44.95, "UKR"),
        ("Kyiv", 30.52, 50.45, "UKR"),
        ("Moscow", 37.62, 55.75, "RUS"),
        ("Kaliningrad", 20.90, 54.70, "RUS"),
        ("Chukotka, west of the 180th meridian", 177.0, 66.0, "RUS"),
        ("Chukotka, east of the 180th meridian", -172.0, 66.5, "RUS"),
        ("Lomé", 1.20, 6.20, "TGO"),
        ("Tashkent", 69.25, 41.30, "UZB"),
        ("Pyongyang", 125.75, 39.02, "PRK"),
        ("Laayoune", -13.20, 27.15, "ESH"),
    ],
)
def test_a_place_lies_in_its_state_and_in_no_other(
    world: World, place: str, longitude: float, latitude: float, state: str
) -> None:
    assert states_at(world, longitude, latitude) == [state], place


def test_the_sea_belongs_to_nobody(world: World) -> None:
    assert states_at(world, -30.0, 30.0) == []
    assert states_at(world, 36.0, 43.5) == []


def test_each_state_has_a_point_inside_it_and_lies_on_the_sheet(world: World) -> None:
    for code, shape in world.shapes.items():
        assert 0 <= shape.x <= world.width, code
        assert 0 <= shape.y <= world.height, code
        assert not shape.room or contains(shape.path, shape.x, shape.y), code


def test_the_sheet_has_the_projection_s_own_corners() -> None:
    sheet = Sheet(1600)
    assert sheet.place(-180, 0)[0] == 0
    assert sheet.place(180, 0)[0] == pytest.approx(1600)
    assert sheet.place(0, 90) == (pytest.approx(800), 0)
    # The published extent of Equal Earth on a globe of radius 1.
    corner = (EAST, NORTH)
    assert corner == (pytest.approx(2.7066, abs=1e-4), pytest.approx(1.3173, abs=1e-4))
    assert equal_earth(0, 0) == (0, 0)
    assert equal_earth(-60, -45) == tuple(-v for v in equal_earth(60, 45))


Degrees = tuple[float, float]


def block(west: float, east: float, south: float, north: float) -> list[Degrees]:
    """The outline of all points between two meridians and two parallels, its corners repeated."""
    steps = [south + (north - south) * n / 40 for n in range(41)]
    up = [(west, latitude) for latitude in steps]
    down = [(east, latitude) for latitude in reversed(steps)]
    return [*up, *down, (west, south)]


def on_the_globe(west: float, east: float, south: float, north: float) -> float:
    """Its area on a globe of radius 1."""
    return radians(east - west) * (sin(radians(north)) - sin(radians(south)))


def atlas(outlines: dict[str, list[list[Degrees]]]) -> Any:
    """A TopoJSON of states, each one polygon: its outline, then its holes. As the package has it."""
    arcs, geometries = [], []
    for code, rings in outlines.items():
        indexes = range(len(arcs), len(arcs) + len(rings))
        geometries.append(
            {
                "type": "Polygon",
                "properties": {"a3": code},
                "arcs": [[index] for index in indexes],
            }
        )
        arcs += [_steps(ring) for ring in rings]
    return {
        "transform": {"scale": [0.01, 0.01], "translate": [-180, -90]},
        "objects": {"countries": {"geometries": geometries}},
        "arcs": arcs,
    }


def _steps(ring: list[Degrees]) -> list[list[int]]:
    places = [(round((x + 180) * 100), round((y + 90) * 100)) for x, y in ring]
    before = [(0, 0), *places]
    return [[x - a, y - b] for (x, y), (a, b) in zip(places, before, strict=False)]


def area(path: str) -> float:
    """The area of a path, of all its parts."""
    total = 0.0
    for x, y, steps in re.findall(r"M(\d+) (\d+)l([^z]*)z", path):
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        xs = list(accumulate([int(x), *numbers[::2]]))
        ys = list(accumulate([int(y), *numbers[1::2]]))
        turned = zip(xs, ys, xs[1:] + xs[:1], ys[1:] + ys[:1], strict=True)
        total += abs(sum(ax * by - bx * ay for ax, ay, bx, by in turned)) / 2
    return total


BLOCKS = {"AAA": (0, 20, 0, 10), "BBB": (30, 60, 50, 75), "CCC": (-120, -90, -55, -20)}


def test_areas_on_the_sheet_are_in_the_ratio_of_those_on_the_globe() -> None:
    made = atlas({code: [block(*sides)] for code, sides in BLOCKS.items()})
    found = shapes(made, made, Sheet(16_000))
    scale = {code: area(found[code].path) / on_the_globe(*BLOCKS[code]) for code in BLOCKS}
    assert scale["BBB"] == pytest.approx(scale["AAA"], rel=0.01)
    assert scale["CCC"] == pytest.approx(scale["AAA"], rel=0.01)


def across(south: float, north: float) -> list[Degrees]:
    """A block from 170 degrees east to 170 degrees west, as atlases write it."""
    return [((x + 180) % 360 - 180, y) for x, y in block(170, 190, south, north)]


def test_a_state_across_the_edge_of_the_map_is_drawn_in_two_parts_of_the_right_area() -> None:
    made = atlas({"AAA": [block(*BLOCKS["AAA"])], "DDD": [across(65, 68)]})
    sheet = Sheet(16_000)
    path = shapes(made, made, sheet)["DDD"].path
    assert path.count("M") == 2
    assert contains(path, *sheet.place(175, 66))
    assert contains(path, *sheet.place(-175, 66))
    assert not contains(path, *sheet.place(0, 66))
    assert not contains(path, *sheet.place(165, 66))
    whole = area(path) / area(shapes(made, made, sheet)["AAA"].path)
    assert whole == pytest.approx(
        on_the_globe(170, 190, 65, 68) / on_the_globe(0, 20, 0, 10), rel=0.01
    )


def test_a_hole_is_no_part_of_the_state_around_it() -> None:
    made = atlas({"AAA": [block(0, 40, 0, 40), block(10, 30, 10, 30)]})
    sheet = Sheet(1600)
    shape = shapes(made, made, sheet)["AAA"]
    assert contains(shape.path, *sheet.place(5, 20))
    assert not contains(shape.path, *sheet.place(20, 20))
    assert contains(shape.path, shape.x, shape.y)


def test_an_outline_may_follow_an_arc_backwards() -> None:
    made = atlas({"AAA": [block(0, 20, 0, 10)]})
    made["objects"]["countries"]["geometries"][0]["arcs"] = [[~0]]
    sheet = Sheet(1600)
    assert contains(shapes(made, made, sheet)["AAA"].path, *sheet.place(10, 5))


SMALL_ATLAS = {"ATA": [block(-170, 170, -90, -70)], "BBB": [block(*BLOCKS["BBB"])]}
FINE_ATLAS = SMALL_ATLAS | {"AAA": [block(0, 1, 0, 1)]}


def test_a_state_that_only_the_finer_atlas_has_is_a_point_and_antarctica_is_left_out() -> None:
    sheet = Sheet(1600)
    found = shapes(atlas(SMALL_ATLAS), atlas(FINE_ATLAS), sheet)
    assert list(found) == ["AAA", "BBB"]
    x, y = sheet.place(0.5, 0.5)
    small = found["AAA"]
    assert (small.path, small.room) == ("", 0)
    assert (abs(small.x - x) <= 3, abs(small.y - y) <= 3) == (True, True)
    assert found["BBB"].room > 0


def test_the_command_writes_what_the_map_reads(tmp_path: Path, settings: Any) -> None:
    settings.BASE_DIR = tmp_path
    (tmp_path / "fixtures").mkdir()
    for name, outlines in (("110m.json", SMALL_ATLAS), ("50m.json", FINE_ATLAS)):
        (tmp_path / name).write_text(json.dumps(atlas(outlines)))
    said = StringIO()
    call_command("build_world_shapes", str(tmp_path), stdout=said)
    assert said.getvalue() == "2 shapes.\n"
    world = read_world(tmp_path / "fixtures" / "world_shapes.json")
    sheet = Sheet(1600)
    assert (world.width, world.height) == (1600, sheet.height)
    assert world.shapes == shapes(atlas(SMALL_ATLAS), atlas(FINE_ATLAS), sheet)
    assert contains(world.shapes["BBB"].path, *sheet.place(45, 60))
