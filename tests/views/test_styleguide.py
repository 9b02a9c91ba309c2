"""The style guide: every piece in every state, only while developing."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import include, path

from alliances.views.styleguide import styleguide
from alliances.vocabulary import Blank, Caution, Confidence, DayStatus, Level, Verdict
from tests.views.reading import get, words

pytestmark = pytest.mark.django_db
urlpatterns = [
    path("styleguide/", styleguide, name="styleguide"),
    path("", include("alliances.config.urls")),
]
CSS = settings.BASE_DIR / "static" / "css"


@pytest.fixture
def page(client: Client, settings: object) -> str:
    settings.ROOT_URLCONF = __name__  # type: ignore[attr-defined]
    return get(client, "/styleguide/")


def section(page: str, name: str) -> str:
    return page.split(f'id="{name}"')[1].split("</section>")[0]


def test_readers_do_not_meet_it(client: Client) -> None:
    assert client.get("/styleguide/").status_code == 404


def test_every_colour_size_and_space_is_shown_by_its_name(page: str) -> None:
    light = (CSS / "tokens.css").read_text(encoding="utf-8").split("@media")[0]
    names = re.findall(r"--([\w-]+): #", light)
    assert re.findall(r'<i class="swatch c-([\w-]+)"></i> ([\w-]+)<', page) == [
        (name, name) for name in names
    ]
    sheet = (CSS / "styleguide.css").read_text(encoding="utf-8")
    assert all(f".c-{name} {{ background: var(--{name}); }}" in sheet for name in names)
    assert re.findall(r'class="sample ([\w-]+)"', page) == re.findall(r"--(t-[a-z]+):", light)
    assert re.findall(r'class="space (s\d)"', page) == re.findall(r"--(s\d):", light)


def test_every_status_has_its_own_shape_and_word_on_every_rung(page: str) -> None:
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th><td>(.*?)</td></tr>", page, re.DOTALL)
    said = [words(head) for head, _marks in rows]
    shapes = [re.findall(r'class="mark shape ([^"]+)"', head)[0] for head, _marks in rows]
    assert said == [
        *(str(status.label) for status in DayStatus),
        "In force, participation suspended",
        "In force; as reported, text not public",
    ]
    assert len(set(shapes)) == len(set(said)) == 9
    for _head, marks in rows:
        assert re.findall(r">(\d)<", marks) == [str(n) for n in range(1, 10)]


def test_every_shape_is_drawn_by_a_rule_of_its_own() -> None:
    sheet = (CSS / "parts" / "marks.css").read_text(encoding="utf-8")
    for status in (*DayStatus, "suspended", "reported"):
        assert re.search(rf"\.mark\.{status}[ ,]", sheet), status
    assert len(re.findall(r"\.mark\.provisional {[^}]*clip-path", sheet)) == 1


def test_levels_verdicts_cautions_and_blanks_are_all_there(page: str) -> None:
    levels = re.findall(r"<li>(.*?)</li>", page.split('id="levels"')[1].split("</ul>")[0], re.S)
    assert len(levels) == len(Level)
    assert words(levels[0]) == "1 Must help militarily"
    verdicts = section(page, "verdicts")
    assert [v for v in Verdict if str(v.label) in words(verdicts)] == list(Verdict)
    drawn = re.findall(r"<svg.*?</svg>", verdicts)
    assert len(set(drawn)) == len(drawn) == 5
    doubts = words(section(page, "words"))
    assert all(f"{w.label} {w.meaning}" in doubts for w in [*Confidence, *Caution])
    blanks = re.findall(r'<div class="blank">(.*?)</div>', page, re.DOTALL)
    assert [words(blank).split(".")[0] for blank in blanks] == [str(b.label) for b in Blank]
    assert all(blank.count("<a ") >= 1 for blank in blanks)
    assert len({words(blank) for blank in blanks}) == 6


def test_dates_strips_forms_and_pages_are_there(page: str) -> None:
    assert words(section(page, "dates")).endswith("1998 · Dec 2024 · 4 Dec 2024")
    assert page.count('class="strip" role="img" aria-label="Rungs ') == 6
    assert "Page 2 of 3: 21 to 40 of 60" in words(section(page, "pager"))
    assert 'name="on"' in section(page, "forms")
    assert 'name="kind" value="news"' in section(page, "forms")
    assert 'class="key"' in page
    assert section(page, "citations").count('<li><a href="/sources/') == 3


def test_every_part_of_a_page_names_its_inputs_on_its_first_line() -> None:
    for part in sorted((settings.BASE_DIR / "templates").rglob("_*.html")):
        if "admin" not in part.parts:
            assert re.match(r"{# .*\. #}", part.read_text(encoding="utf-8")), part


def test_the_navigation_marks_the_page_one_is_on(client: Client) -> None:
    def current(address: str) -> list[tuple[str, str]]:
        nav = get(client, address).split("<nav aria-label")[1].split("</nav>")[0]
        return re.findall(r'<a href="([^"]+)" aria-current="(\w+)"', nav)

    assert current("/events/") == [("/events/", "page")]
    assert current("/events/arm-2022-09-csto-appeal/") == [("/events/", "true")]
    assert current("/claims/c3-arm/") == [("/claims/", "true")]
    assert current("/obligations/") == [("/obligations/", "page")]
    assert current("/states/armenia/") == [("/states/", "true")]
    assert current("/") == []
