"""The API's page in a real browser: the strict policy refuses nothing of it, and it answers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.kinds import THEMES
from tests.browser.tab import Tab

ADDRESS = "/api/v1/docs/"


@pytest.mark.parametrize("theme", THEMES)
def test_an_address_can_be_tried(new_tab: Callable[..., Tab], theme: str) -> None:
    tab = new_tab(theme=theme)
    page = tab.open(ADDRESS)
    page.click("#operations-tag-states")
    row = page.locator("#operations-states-states_row")
    row.locator(".opblock-summary-control").click()
    row.locator(".try-out__btn").click()
    row.locator("tr[data-param-name=key] input").fill("SUN")
    row.locator(".execute").click()
    answer = row.locator(".live-responses-table")
    expect(answer).to_contain_text('"name": "Soviet Union"')
    assert tab.complaints == []


def test_without_scripts_it_says_what_holds_and_where(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab(javascript=False)
    page = tab.open(ADDRESS)
    expect(page.locator("dt")).to_have_count(11)
    expect(page.get_by_role("heading", name="What a program can rely on")).to_be_visible()
