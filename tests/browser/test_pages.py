"""Every kind of page in a real browser: accessible, quiet, light, fit for any width and for paper."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.kinds import KINDS, THEMES, WIDTHS, Kind
from tests.browser.measures import NOT_FOR_PAPER, SMALL_TARGETS, STICKING_OUT
from tests.browser.tab import Tab

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE_AND_DESK = [360, 1280]

of_every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
of_our_kinds = pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind.ours], ids=lambda kind: kind.name
)
in_both_themes = pytest.mark.parametrize("theme", THEMES)
NewTab = Callable[..., Tab]


def listed(found: list[str]) -> str:
    """Findings as lines for the report of a failure, no more than a screen of them."""
    return "\n".join([f"{len(found)} found:", *found[:20]])


def at_each_width(page: Page, widths: list[int], measure: Callable[[Page], list[str]]) -> list[str]:
    """What is found at these widths, each with its width."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width}: {finding}" for finding in measure(page)]
    return found


def violations(page: Page, excused: tuple[str, ...]) -> list[str]:
    """The accessibility rules that a page breaks, with the elements that break them."""
    options = {
        "resultTypes": ["violations"],
        "runOnly": {"type": "tag", "values": RULES},
        "rules": {rule: {"enabled": False} for rule in excused},
    }
    broken = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {', '.join(node['target'])} {node['html'][:120]}"
        for rule in broken
        for node in rule["nodes"]
    ]


@of_every_kind
@in_both_themes
def test_axe_finds_nothing(new_tab: NewTab, kind: Kind, theme: str) -> None:
    page = new_tab(theme=theme).open(kind.path, kind.status)
    found = at_each_width(page, PHONE_AND_DESK, lambda page: violations(page, kind.excused))
    assert not found, listed(found)


@of_every_kind
@in_both_themes
def test_nothing_complains_and_nobody_else_is_asked(
    new_tab: NewTab, kind: Kind, theme: str
) -> None:
    tab = new_tab(theme=theme)
    tab.open(kind.path, kind.status)
    assert not tab.complaints, listed(tab.complaints)


@of_every_kind
@in_both_themes
def test_it_never_scrolls_sideways(new_tab: NewTab, kind: Kind, theme: str) -> None:
    page = new_tab(theme=theme).open(kind.path, kind.status)
    found = at_each_width(page, WIDTHS, lambda page: page.evaluate(STICKING_OUT))
    assert not found, listed(found)


@of_our_kinds
@in_both_themes
def test_every_target_can_be_hit(new_tab: NewTab, kind: Kind, theme: str) -> None:
    page = new_tab(theme=theme).open(kind.path, kind.status)
    found = at_each_width(page, PHONE_AND_DESK, lambda page: page.evaluate(SMALL_TARGETS))
    assert not found, listed(found)


@of_our_kinds
@in_both_themes
def test_on_paper_there_is_black_ink_and_no_control(
    new_tab: NewTab, kind: Kind, theme: str
) -> None:
    page = new_tab(theme=theme).open(kind.path, kind.status)
    page.emulate_media(media="print")
    found = page.evaluate(NOT_FOR_PAPER)
    assert not found, listed(found)


@of_every_kind
def test_the_first_view_is_light(new_tab: NewTab, kind: Kind) -> None:
    tab = new_tab()
    tab.open(kind.path, kind.status)
    sent = tab.bytes_sent()
    total = sum(sent.values())
    assert total < kind.kilobytes * 1000, listed([f"{size} {url}" for url, size in sent.items()])


def test_the_site_under_test_is_the_one_that_is_shipped(new_tab: NewTab) -> None:
    tab = new_tab()
    tab.open("/")
    document, *files = tab.answers
    assert "script-src 'self'" in document.headers["content-security-policy"]
    assert all("immutable" in answer.headers["cache-control"] for answer in files)
    assert len(files) >= 1


@pytest.mark.parametrize("path", ["/obligations/", "/about/"])
def test_a_long_page_is_one_column_beside_its_contents(new_tab: NewTab, path: str) -> None:
    page = new_tab().open(path)
    sections = page.locator(".with-contents > section").all()
    lefts = {round(section.bounding_box()["x"]) for section in sections}  # type: ignore[index]
    assert len(sections) > 2
    assert len(lefts) == 1
