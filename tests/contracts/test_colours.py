"""The colours of tokens.css, recomputed: contrast of text and edges, order and distance of the
nine rungs, in light and dark, also as seen with the common deficiencies of colour vision.
"""

import re
from collections.abc import Iterable
from itertools import combinations, pairwise

import pytest
from coloraide import Color
from django.conf import settings

SHEET = (settings.BASE_DIR / "static/css/tokens.css").read_text(encoding="utf-8")
TOKEN = re.compile(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,6});")
LIGHT_PART, DARK_PART = SHEET.split("@media screen and (prefers-color-scheme: dark)")
LIGHT = dict(TOKEN.findall(LIGHT_PART))
DARK = LIGHT | dict(TOKEN.findall(DARK_PART.split("@media print")[0]))
PALETTES = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])

RUNGS = [f"rung-{number}" for number in range(1, 10)]
EDGES = ["edge-defence", "edge-consultation", "edge-restraint", "edge-cooperation"]
FAMILY_EDGE = {
    number: EDGES[family] for number, family in enumerate((0, 0, 0, 1, 2, 2, 3, 3, 3), start=1)
}
TEXT, EDGE, NEIGHBOURS = 4.5, 3, 4.5
SIGHT = ["full", "protan", "deutan", "tritan", "grey"]


def contrast(palette: dict[str, str], one: str, other: str) -> float:
    return float(Color(palette[one]).contrast(palette[other], method="wcag21"))


def lightness(colour: Color) -> float:
    return float(colour.convert("lab-d65")["lightness"])


def seen(colour: str, sight: str) -> Color:
    """The colour as it is seen (Machado and others 2009, full severity), or without any hue."""
    if sight == "full":
        return Color(colour)
    if sight == "grey":
        return Color("lab-d65", [lightness(Color(colour)), 0, 0])
    return Color(colour).filter(sight, 1, method="machado")


def rungs(palette: dict[str, str], sight: str) -> list[Color]:
    return [seen(palette[rung], sight) for rung in RUNGS]


def all_pairs(colours: Iterable[Color]) -> Iterable[tuple[Color, Color]]:
    return combinations(colours, 2)


def test_both_palettes_are_read_whole() -> None:
    assert len(LIGHT) == 31
    assert set(DARK) == set(LIGHT)
    assert LIGHT["paper"] == "#fff"
    assert DARK["paper"] == "#15181c"
    assert [name for name in LIGHT if LIGHT[name] == DARK[name]] == []


@PALETTES
@pytest.mark.parametrize("surface", ["paper", "wash"])
@pytest.mark.parametrize("ink", ["ink", "ink-2", "ink-3", "link", "visited"])
def test_text_is_readable_on_every_surface(palette: dict[str, str], surface: str, ink: str) -> None:
    assert contrast(palette, ink, surface) >= TEXT


@PALETTES
@pytest.mark.parametrize("number", range(1, 10))
def test_the_digit_is_readable_on_its_rung(palette: dict[str, str], number: int) -> None:
    assert contrast(palette, f"on-{number}", f"rung-{number}") >= TEXT


@PALETTES
@pytest.mark.parametrize("edge", [*EDGES, "control"])
def test_edges_stand_out_from_the_paper(palette: dict[str, str], edge: str) -> None:
    assert contrast(palette, edge, "paper") >= EDGE


@PALETTES
@pytest.mark.parametrize("sight", SIGHT)
def test_neighbouring_rungs_differ(palette: dict[str, str], sight: str) -> None:
    distances = [
        float(one.delta_e(other, method="2000")) for one, other in pairwise(rungs(palette, sight))
    ]
    assert min(distances) >= NEIGHBOURS, distances


@PALETTES
@pytest.mark.parametrize("sight", SIGHT)
def test_the_stronger_a_rung_the_farther_from_the_paper(
    palette: dict[str, str], sight: str
) -> None:
    paper = lightness(Color(palette["paper"]))
    away = [abs(lightness(rung) - paper) for rung in rungs(palette, sight)]
    assert away == sorted(away, reverse=True)
    assert len(set(away)) == len(RUNGS)


def test_the_figures_of_the_visual_direction_come_out_again() -> None:
    assert [round(lightness(Color(LIGHT[rung]))) for rung in RUNGS] == [
        22, 32, 42, 49, 60, 67, 75, 82, 89,
    ]  # fmt: skip
    assert [round(contrast(LIGHT, f"on-{n}", f"rung-{n}"), 1) for n in (1, 4, 9)] == [
        12.4,
        4.7,
        12.5,
    ]


@PALETTES
@pytest.mark.parametrize("sight", SIGHT)
def test_any_two_rungs_differ_as_they_may_meet_on_a_map(
    palette: dict[str, str], sight: str
) -> None:
    distances = [
        float(one.delta_e(other, method="2000"))
        for one, other in combinations(rungs(palette, sight), 2)
    ]
    assert len(distances) == 36
    assert min(distances) >= NEIGHBOURS


@PALETTES
def test_an_edge_stands_out_from_the_own_land_and_around_every_fill(
    palette: dict[str, str],
) -> None:
    """A fill may be pale, but no figure shows it without its family's edge."""
    assert min(contrast(palette, edge, "wash") for edge in EDGES) >= EDGE
    pale = [rung for rung in RUNGS if contrast(palette, rung, "paper") < EDGE]
    assert set(pale) <= {"rung-6", "rung-7", "rung-8", "rung-9"}


FIGURES = ["marks", "matrix", "map", "timeline"]


def painted(part: str, selector: str) -> dict[str, str]:
    """The tokens that a rule of a style sheet paints with, by property."""
    sheet = (settings.BASE_DIR / f"static/css/parts/{part}.css").read_text(encoding="utf-8")
    rule = sheet.split(f"\n{selector} {{")[1].split("}")[0]
    return dict(re.findall(r"([\w-]+): var\(--([\w-]+)\)", rule))


@PALETTES
@pytest.mark.parametrize("number", range(1, 10))
def test_the_hatching_of_a_suspension_is_seen_on_every_fill(
    palette: dict[str, str], number: int
) -> None:
    """Paper is lost on a pale fill: the edges of its bands carry the difference there."""
    gap = painted("marks", ".gap")
    assert gap == {"fill": "paper", "stroke": "edge"}
    assert contrast(palette, FAMILY_EDGE[number], gap["fill"]) >= EDGE


@PALETTES
def test_the_hatching_of_the_land_not_researched_is_seen(palette: dict[str, str]) -> None:
    lines = painted("map", ".map .faint")
    assert contrast(palette, lines["fill"], "paper") >= EDGE


@pytest.mark.parametrize("part", FIGURES)
def test_no_figure_thins_its_colours(part: str) -> None:
    """The contrasts above are those of whole colours."""
    sheet = (settings.BASE_DIR / f"static/css/parts/{part}.css").read_text(encoding="utf-8")
    assert re.findall(r"opacity|color-mix|filter:", sheet) == []


# The decision states figures: they are those of the tokens.

DECISION = settings.BASE_DIR / "docs/decisions/0008-colour.md"


def stated(heading: str) -> list[list[str]]:
    """The rows of the table under a heading of the decision."""
    part = DECISION.read_text(encoding="utf-8").split(f"**{heading}**")[1].split("\n\n")[1]
    rows = [line.strip("|").split("|") for line in part.strip().splitlines()[2:]]
    return [[cell.strip() for cell in row] for row in rows]


def test_the_decision_states_the_contrasts() -> None:
    assert stated("Contrasts") == [
        [
            str(number),
            *(
                f"{value:.1f}"
                for palette in (LIGHT, DARK)
                for value in (
                    contrast(palette, f"rung-{number}", "paper"),
                    contrast(palette, f"on-{number}", f"rung-{number}"),
                    contrast(palette, FAMILY_EDGE[number], "paper"),
                )
            ),
        ]
        for number in range(1, 10)
    ]


def test_the_decision_states_the_distances() -> None:
    expected = []
    for name, palette in (("light", LIGHT), ("dark", DARK)):
        for words, pairs in (("neighbours", pairwise), ("any two", all_pairs)):
            smallest = [
                min(a.delta_e(b, method="2000") for a, b in pairs(rungs(palette, sight)))
                for sight in SIGHT
            ]
            expected.append([f"{name}, {words}", *(f"{value:.1f}" for value in smallest)])
    assert stated("Distances") == expected


def test_the_simulated_pictures_are_there_and_small() -> None:
    pictures = sorted(DECISION.parent.parent.joinpath("colour").glob("*.png"))
    shown = re.findall(r"\(\.\./colour/([\w-]+\.png)\)", DECISION.read_text(encoding="utf-8"))
    assert sorted(shown) == [picture.name for picture in pictures]
    assert len(shown) == 11
    assert max(picture.stat().st_size for picture in pictures) < 150_000
