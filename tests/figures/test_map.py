"""The map as a figure: every state with a row is on it, small ones with a ring, on top of the others."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from alliances.figures.map import Place, World, read_world, world_map
from alliances.figures.world import Shape

LARGE, TIGHT, TINY = (
    Shape("M0 0l40 0 0 40z", 20, 10, 12),
    Shape("M0 0l9 0 0 9z", 4, 2, 7),
    Shape("", 3, 3, 0),
)
WORLD = World(100, 50, {"AAA": LARGE, "BBB": TIGHT, "CCC": TINY, "DDD": LARGE})


def places(rows: dict[str, object], researched: list[str]) -> dict[str, Place]:
    return {place.code: place for place in world_map(WORLD, rows, researched).places}


CODES = st.sampled_from(["AAA", "BBB", "CCC", "DDD", "GON"])


@given(rows=st.dictionaries(CODES, st.integers()), researched=st.lists(CODES))
def test_no_row_is_lost(rows: dict[str, object], researched: list[str]) -> None:
    found = world_map(WORLD, rows, researched)
    assert sorted(place.code for place in found.places) == sorted(WORLD.shapes)
    shown = {place.code: place.subject for place in found.places if place.subject is not None}
    assert shown == {code: row for code, row in rows.items() if code != "GON"}
    assert found.without_shape == [row for code, row in rows.items() if code == "GON"]
    looked_at = {place.code for place in found.places if place.researched}
    assert looked_at == ({*researched} | {*rows}) - {"GON"}


@given(rows=st.dictionaries(CODES, st.integers()))
def test_states_with_a_row_lie_above_the_others_and_rings_on_top(rows: dict[str, object]) -> None:
    drawn = world_map(WORLD, rows, []).places
    heights = [(place.subject is not None, place.is_small) for place in drawn]
    assert heights == sorted(heights)


def test_a_small_state_gets_a_ring_only_where_it_has_something_to_show() -> None:
    found = places({"AAA": "row", "BBB": "row", "CCC": "row"}, [])
    assert {code: place.is_small for code, place in found.items()} == {
        "AAA": False,
        "BBB": False,
        "CCC": True,
        "DDD": False,
    }
    assert not places({}, [])["CCC"].is_small


def test_a_digit_stands_where_it_fits() -> None:
    found = places({}, [])
    assert [found[code].has_room for code in ("AAA", "BBB", "CCC")] == [True, False, False]


def test_the_file_s_shapes_are_read(tmp_path: Path) -> None:
    file = tmp_path / "shapes.json"
    file.write_text('{"width": 9, "height": 8, "shapes": {"AAA": ["M0 0l1 1z", 1, 2, 3]}}')
    assert read_world(file) == World(9, 8, {"AAA": Shape("M0 0l1 1z", 1, 2, 3)})
