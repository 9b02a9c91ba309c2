"""What a link shows elsewhere: exact titles, sentences and addresses; pictures of the right size
with the tokens' colours where they belong.
"""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from alliances.figures.social import (
    BOLD,
    FAMILY_OF,
    PLAIN,
    RANKS,
    Card,
    Mark,
    drawable,
    face,
    light_colours,
    picture,
    strip_left,
    wrapped,
)
from tests.views.detail import answers, two_states_with
from tests.views.reading import get

TOKENS = (settings.BASE_DIR / "static/css/tokens.css").read_text(encoding="utf-8")
COLOURS = light_colours(TOKENS)
MIDDLE = 630 - 64 - 100 + 38 + 28  # of the one strip's boxes, from the top
CORNER = 8  # within a box, away from edge and digit


def meta(page: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:name|property)="([\w:]+)" content="([^"]*)">', page)
    assert len(found) == len(dict(found))
    return dict(found)


def drawn(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    return image.convert("RGB")


def colour(image: Image.Image, x: int, y: int) -> str:
    return "#{:02x}{:02x}{:02x}".format(*image.getpixel((x, y)))  # type: ignore[misc]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "title", "sentence", "image"),
    [
        (
            "/states/togo/?on=2026-04-30",
            "Togo",
            "As of 30 Apr 2026, by a text that is only signed, Russia would not attack Togo: the Russia–Togo military cooperation "
            "agreement (2025) says so, according to a summary. Signed 3 Apr 2025; not known to be in "
            "force. Low confidence. Russia would work together militarily with Togo: the Russia–Togo "
            "military cooperation agreement (2025) says so, according to a summary.",
            "/social/state/togo.png?on=2026-04-30",
        ),
        (
            "/agreements/csto-collective-security-treaty-1992/?on=2026-04-30",
            "Collective Security Treaty (1992)",
            "Collective defence treaty between Armenia, Belarus, Kazakhstan, Kyrgyzstan, Russia, "
            "Tajikistan; on other days also Azerbaijan, Georgia, Uzbekistan. Its strongest clause: "
            "must help militarily (Art. 4 (as amended 10 December 2010)). In force since 20 Apr 1994.",
            "/social/agreement/csto-collective-security-treaty-1992.png?on=2026-04-30",
        ),
        (
            "/events/arm-2023-09-karabakh-offensive/",
            "Azerbaijan&#x27;s offensive in Nagorno-Karabakh",
            "Asked: no request. Done: mediation.",
            "/social/event/arm-2023-09-karabakh-offensive.png",
        ),
        (
            "/pairs/armenia/russia/?on=2026-04-30",
            "Armenia – Russia",
            "As of 30 Apr 2026, Armenia must help Russia militarily if it is attacked: the "
            "Russia-Armenia Mutual Assistance Treaty (1997), Art. 3, says so. In force since 1998. Another 2 "
            "clauses stand on this rung. Collective Security Treaty (1992): Participation "
            "suspended since 22 Feb 2024. Russia owes Armenia the same.",
            "/social/pair/armenia--russia.png?on=2026-04-30",
        ),
        (
            "/sources/",
            "Sources",
            "676 sources, each with what rests on it.",
            "/social/site/reference.png",
        ),
        (
            "/map/?on=2026-04-30&utm_source=x&region=",
            "Map",
            None,
            "/social/site/reference.png",
        ),
    ],
)
def test_a_link_says_what_the_page_says(
    client: Client, address: str, title: str, sentence: str | None, image: str
) -> None:
    page = get(client, address)
    tags = meta(page)
    here = f"http://testserver{address.split('&')[0]}"
    assert f'<link rel="canonical" href="{here}">' in page
    assert tags["og:title"] == title
    assert f"<title>{title} – Military commitments</title>" in page
    assert tags["og:description"] == tags["description"] == (sentence or " ".join(answers(page)))
    assert tags["og:image"] == f"http://testserver{image}"
    assert (tags["og:url"], tags["twitter:card"]) == (here, "summary_large_image")
    assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")


@pytest.mark.django_db
def test_a_source_and_a_page_without_an_answer_say_what_they_are(client: Client) -> None:
    assert meta(get(client, "/sources/arm-1995-base-garant/"))["description"] == (
        "Treaty text, Гарант, 16 Mar 1995. With every record here that rests on it."
    )


@pytest.mark.django_db
def test_a_refused_page_repeats_nothing_of_its_address(client: Client) -> None:
    page = client.get("/states/togo/?on=" + "x" * 500).content.decode()
    assert '<link rel="canonical" href="http://testserver/states/togo/">' in page
    assert meta(page)["og:image"] == "http://testserver/social/site/reference.png"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "site/reference",
        "state/togo",
        "state/RUS",
        "pair/armenia--russia",
        "agreement/csto-collective-security-treaty-1992",
        "event/arm-2023-09-karabakh-offensive",
        "claim/c1-rus",
        "source/arm-1995-base-garant",
    ],
)
def test_every_kind_of_record_has_a_picture_that_may_be_kept_a_day(
    client: Client, name: str
) -> None:
    response = client.get(f"/social/{name}.png?on=2026-04-30")
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert response["Cache-Control"] == "public, max-age=86400"
    assert colour(drawn(response.content), 2, 2) == "#ffffff"
    assert len(response.content) < 150_000


@pytest.mark.django_db
def test_the_strip_of_a_state_has_the_tokens_colours(client: Client) -> None:
    """Russia to Armenia on 30 April 2026: 1, 2, 4, 5, 6 (held), 7 and 9 in force, 8 not known."""
    image = drawn(client.get("/social/state/armenia.png?on=2026-04-30").content)
    top = MIDDLE - 28 + CORNER
    found = {rank: colour(image, strip_left(rank) + CORNER, top) for rank in RANKS}
    assert found == {
        rank: "#ffffff" if rank in (3, 8) else COLOURS[f"rung-{rank}"] for rank in RANKS
    }
    assert colour(image, strip_left(3) + 28, MIDDLE) == COLOURS["control"]
    assert colour(image, strip_left(8) + 2, MIDDLE - 28 + 2) == COLOURS["edge-cooperation"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "state/atlantis",
        "pair/armenia--armenia",
        "pair/armenia--atlantis",
        "agreement/none",
        "event/none",
        "claim/none",
        "source/none",
        "site/other",
        "poem/togo",
    ],
)
def test_what_is_not_recorded_has_no_picture(client: Client, name: str) -> None:
    assert client.get(f"/social/{name}.png").status_code == 404


@pytest.mark.django_db
def test_a_wrong_day_is_refused_in_words(client: Client) -> None:
    response = client.get("/social/state/togo.png?on=2012")
    assert (response.status_code, response["Content-Type"]) == (400, "text/plain")
    assert response.content.decode() == (
        "* on\n  * Write the day as YYYY-MM-DD, for example 2012-06-27."
    )


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_a_picture_costs_the_same_for_any_number_of_agreements(
    client: Client, django_assert_num_queries: Callable[[int], object], number: int
) -> None:
    promisor, partner, agreement = two_states_with(number)
    for queries, address in (
        (13, f"state/{partner.slug}.png?promisor={promisor.ref}"),
        (12, f"pair/{promisor.slug}--{partner.slug}.png?"),
        (15, f"agreement/{agreement.ref}.png?"),
    ):
        with django_assert_num_queries(queries):  # type: ignore[attr-defined]
            assert drawn(client.get(f"/social/{address}&on=2006-01-01").content)


def strip(*marks: Mark) -> Image.Image:
    return drawn(picture(Card("Brand", "Title", "Words.", [("A to B", marks)]), COLOURS))


@pytest.mark.parametrize("rank", RANKS)
def test_each_standing_has_its_shape(rank: int) -> None:
    left, top = strip_left(rank), MIDDLE - 28
    fill = COLOURS[f"rung-{rank}"]

    def at(mark: Mark, x: int) -> str:
        return colour(strip(mark), left + x, top + CORNER)

    assert at(Mark(rank, "in_force"), CORNER) == at(Mark(rank, "in_force"), 48) == fill
    held = strip(Mark(rank, "in_force", suspended=True))
    right = {colour(held, left + x, top + 14) for x in range(38, 52)}
    assert colour(held, left + CORNER, top + CORNER) == fill
    assert {"#ffffff", COLOURS[f"edge-{FAMILY_OF[rank]}"]} == right & {"#ffffff", *COLOURS.values()}
    assert at(Mark(rank, "signed"), CORNER) == at(Mark(rank, "unknown"), CORNER) == "#ffffff"
    assert colour(strip(Mark(rank, "in_force", reported=True)), left + 2, top + 2) == "#ffffff"
    assert at(Mark(rank), CORNER) == "#ffffff"


def test_words_that_do_not_fit_end_with_an_ellipsis() -> None:
    font = face(PLAIN, 36)
    lines = wrapped("word " * 200, font, 1000, 3)
    assert len(lines) == 3
    assert lines[2].endswith(" …")
    assert max(font.getlength(line) for line in lines) <= 1000
    assert wrapped("Two words", font, 1000, 3) == ["Two words"]


def test_what_the_face_cannot_draw_is_an_ellipsis() -> None:
    assert drawable("Côte – “Договор” №5", BOLD) == "Côte – “Договор” №5"
    assert drawable("Text 全国 条約 of 1992", BOLD) == "Text … of 1992"


def test_the_light_colours_are_those_before_any_condition() -> None:
    assert (COLOURS["paper"], COLOURS["rung-1"], COLOURS["edge-defence"]) == (
        "#fff",
        "#013469",
        "#013469",
    )
    assert len(COLOURS) == 31
