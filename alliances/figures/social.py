"""Room 3: the picture that social networks show beside a link: title, sentence, strips of nine.

Plain words and the colours of tokens.css in, a PNG out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

from alliances.vocabulary import HOLDING, DayStatus, Level

SIZE = (1200, 630)
EDGE, BOX, GAP, FAMILY_GAP = 72, 56, 6, 20
HELD = BOX * 6 // 10  # the filled part of a box whose participation is suspended
BRAND_AT, TITLE_AT, FOOT = 48, 112, 64
BOLD, PLAIN = "SourceSansPro-Semibold.ttf", "SourceSansPro-Regular.ttf"
COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-fA-F]{3,6});")
RANKS = [level.rank for level in Level if level.rank]
FAMILY_OF = {level.rank: level.family for level in Level if level.rank}


@dataclass(frozen=True)
class Mark:
    """One rung as it stands on the day; `status` is empty where nothing is promised."""

    rank: int
    status: str = ""
    suspended: bool = False
    reported: bool = False


@dataclass(frozen=True)
class Card:
    """What a picture says. Strips have their words before them."""

    brand: str
    title: str
    sentence: str
    strips: Sequence[tuple[str, Sequence[Mark]]] = ()


def light_colours(sheet: str) -> dict[str, str]:
    """The light colours of a token sheet by name; a picture has no dark mode."""
    return dict(COLOUR.findall(sheet.partition("@media")[0]))


@cache
def face(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A face of the package font-source-sans-pro."""
    with as_file(files("font_source_sans_pro") / "files" / name) as path:
        return ImageFont.truetype(str(path), size)


def strip_left(rank: int) -> int:
    """Where a rung's box begins, the first family at the edge."""
    families = [FAMILY_OF[n] for n in range(1, rank + 1)]
    new = sum(one != other for one, other in pairwise(families))
    return EDGE + (rank - 1) * (BOX + GAP) + new * (FAMILY_GAP - GAP)


def picture(card: Card, colours: Mapping[str, str]) -> bytes:
    """The card as a PNG of 1200 by 630; what does not fit ends with an ellipsis."""
    image = Image.new("RGB", SIZE, colours["paper"])
    draw = ImageDraw.Draw(image)
    draw.text((EDGE, BRAND_AT), card.brand, colours["ink-3"], face(PLAIN, 30))
    y = _text(draw, TITLE_AT, card.title, BOLD, 60, 2, colours["ink"]) + 16
    below = SIZE[1] - FOOT - len(card.strips) * (BOX + 44)
    lines = max(1, (below - y) // 46)
    _text(draw, y, card.sentence, PLAIN, 36, lines, colours["ink-2"])
    for number, (words, marks) in enumerate(card.strips):
        top = below + number * (BOX + 44)
        draw.text((EDGE, top), words, colours["ink-3"], face(PLAIN, 26))
        for mark in marks:
            _mark(image, mark, top + 38, colours)
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


@cache
def _has(name: str, character: str) -> bool:
    """Whether a face can draw this; what it cannot looks like a character that nobody uses."""
    font = face(name, 30)
    return bytes(font.getmask(character)) != bytes(font.getmask("\uffff"))


def drawable(words: str, name: str) -> str:
    """The words with an ellipsis for what the face cannot draw: Chinese, Korean, Armenian."""
    kept = (c if c.isspace() or _has(name, c) else "\0" for c in words)
    return re.sub("\0[\0 ]*", "… ", "".join(kept)).strip()


def _text(
    draw: ImageDraw.ImageDraw, y: int, words: str, name: str, size: int, most: int, ink: str
) -> int:
    """Draw at most so many lines; return where the next text may begin."""
    font = face(name, size)
    for line in wrapped(drawable(words, name), font, SIZE[0] - 2 * EDGE, most):
        draw.text((EDGE, y), line, ink, font)
        y += round(size * 1.28)
    return y


def wrapped(words: str, font: ImageFont.FreeTypeFont, width: int, most: int) -> list[str]:
    """Lines no wider than `width`; the last of too many ends with an ellipsis."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        last = lines[most - 1]
        while font.getlength(f"{last} …") > width:
            last = last.rpartition(" ")[0]
        lines = [*lines[: most - 1], f"{last} …"]
    return lines


def _mark(image: Image.Image, mark: Mark, top: int, colours: Mapping[str, str]) -> None:
    """A rung's box with its digit, or a dot where nothing is promised."""
    draw = ImageDraw.Draw(image)
    left = strip_left(mark.rank)
    x, y = left + BOX // 2, top + BOX // 2
    if not mark.status:
        draw.ellipse((x - 3, y - 3, x + 3, y + 3), colours["control"])
        return
    ink = _box(image, mark, (left, top, left + BOX, top + BOX), colours)
    if mark.suspended and mark.status in HOLDING:
        x = left + HELD // 2
    draw.text((x, y), str(mark.rank), ink, face(BOLD, 32), anchor="mm")


def _box(
    image: Image.Image, mark: Mark, box: tuple[int, int, int, int], colours: Mapping[str, str]
) -> str:
    """Filled in force, part hatched where suspended, hollow, dashed or struck; gives the ink."""
    draw, edge = ImageDraw.Draw(image), colours[f"edge-{FAMILY_OF[mark.rank]}"]
    left, top, right, bottom = box
    shape = draw.ellipse if mark.reported else draw.rectangle
    if mark.status in HOLDING:
        shape(box, colours[f"rung-{mark.rank}"], edge, 3)
        if mark.suspended:
            image.paste(_hatching(edge, colours["paper"]), (left + HELD, top))
        return colours[f"on-{mark.rank}"]
    if mark.status == DayStatus.SIGNED:
        shape(box, None, edge, 5)
    elif mark.status == DayStatus.UNKNOWN:
        _dashed(draw, box, edge)
    else:
        middle = (top + bottom) // 2
        draw.line((left + 8, middle, right - 8, middle), colours["ink-3"], 3)
        return colours["ink-3"]
    return colours["ink"]


def _hatching(edge: str, paper: str) -> Image.Image:
    """The right part of a box whose participation is suspended."""
    width, height = BOX - HELD + 1, BOX + 1
    tile = Image.new("RGB", (width, height), paper)
    draw = ImageDraw.Draw(tile)
    for start in range(0, width + height, 9):
        draw.line((start - height, height, start, 0), edge, 2)
    draw.rectangle((-3, 0, width - 1, height - 1), None, edge, 3)
    return tile


def _dashed(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], edge: str) -> None:
    left, top, right, bottom = box
    for at in range(0, BOX, 16):
        draw.line((left + at, top + 2, left + at + 9, top + 2), edge, 5)
        draw.line((left + at, bottom - 2, left + at + 9, bottom - 2), edge, 5)
        draw.line((left + 2, top + at, left + 2, top + at + 9), edge, 5)
        draw.line((right - 2, top + at, right - 2, top + at + 9), edge, 5)
