"""A filtered list: htmx swaps rows and counts; address, focus, history and announcement stay right."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.tab import Tab

NewTab = Callable[..., Tab]
DAY = "2026-04-30"
ADDRESS = f"/states/?on={DAY}"


@dataclass(frozen=True)
class Listed:
    """One list on DAY: what it counts, what its order is called and which row that brings first."""

    path: str
    everything: str
    bases: str  # with rung 8 asked for
    bases_in_asia: str  # the count beside that region then
    africa: str
    order: str
    reordered: str
    first: str
    always: dict[str, list[str]] = field(default_factory=dict)  # parameters that its panel sends

    @property
    def address(self) -> str:
        return f"{self.path}?on={DAY}"


LISTS = [
    Listed(
        "/states/",
        everything="24 of 24 partners",
        bases="6 of 24 partners",
        bases_in_asia="4",
        africa="9 of 24 partners",
        order="Strength",
        reordered="Partner",
        first="Burkina Faso Western Africa",
        always={"promisor": ["RUS"], "direction": ["made"]},
    ),
    Listed(
        "/commitments/",
        everything="592 commitments on 30 Apr 2026",
        bases="30 commitments on 30 Apr 2026",
        bases_in_asia="5",
        africa="39 commitments on 30 Apr 2026",
        order="Strength",
        reordered="Partner",
        first="Russia to Burkina Faso",
    ),
    Listed(
        "/agreements/",
        everything="101 agreements on 30 Apr 2026",
        bases="21 agreements on 30 Apr 2026",
        bases_in_asia="12",
        africa="22 agreements on 30 Apr 2026",
        order="Signed",
        reordered="Kind of agreement",
        first="Russia–Sudan naval logistics point (2020) Basing or transit agreement",
    ),
]
every_list = pytest.mark.parametrize("listed", LISTS, ids=lambda listed: listed.path.strip("/"))


def asked(page: Page) -> dict[str, list[str]]:
    """The parameters of the page's address."""
    return parse_qs(urlsplit(page.url).query)


def partners(page: Page) -> list[str]:
    """The names in the table, in order."""
    return page.locator("table.partners tbody th[scope=row] > a").all_inner_texts()


@every_list
def test_a_choice_swaps_rows_and_counts_and_nothing_else(new_tab: NewTab, listed: Listed) -> None:
    page = new_tab().open(listed.address)
    page.evaluate("window.sameDocument = true")
    bases = page.locator("#level-basing_or_access")
    bases.check()
    expect(page.locator("#count")).to_have_text(listed.bases)
    expect(bases).to_be_focused()
    expect(page.locator("#announcement")).to_have_text(listed.bases)
    assert page.evaluate("window.sameDocument")
    chosen = {"on": [DAY], "level": ["basing_or_access"]}
    assert asked(page) == listed.always | chosen
    expect(page.locator("label[for=region-asia] + .n")).to_have_text(listed.bases_in_asia)


@every_list
def test_back_and_forward_bring_the_rows_of_their_addresses(
    new_tab: NewTab, listed: Listed
) -> None:
    page = new_tab().open(listed.address)
    count, order = page.locator("#count"), page.locator(".orders [aria-current]")
    first = page.locator("table.records tbody th[scope=row]").first
    page.locator("#region-africa").check()
    expect(count).to_have_text(listed.africa)
    page.locator(".orders").get_by_role("link", name=listed.reordered).click()
    expect(order).to_contain_text(listed.reordered)
    expect(first).to_have_text(listed.first)
    page.go_back()
    expect(order).to_contain_text(listed.order)
    expect(page.locator("#region-africa")).to_be_checked()
    page.go_back()
    expect(count).to_have_text(listed.everything)
    expect(page.locator("#region-africa")).not_to_be_checked()
    page.go_forward()
    expect(count).to_have_text(listed.africa)


@pytest.mark.parametrize("listed", LISTS[1:], ids=lambda listed: listed.path.strip("/"))
def test_the_next_page_of_a_long_list(new_tab: NewTab, listed: Listed) -> None:
    page = new_tab().open(listed.address)
    page.evaluate("window.sameDocument = true")
    first = page.locator("table.records tbody th[scope=row]").first
    before = first.inner_text()
    page.get_by_role("link", name="Further in the list").click()
    expect(page.locator(".pages")).to_contain_text("Page 2 of ")
    expect(page.locator("#results")).to_be_focused()
    expect(page.locator("#count")).to_be_in_viewport()
    assert page.evaluate("window.sameDocument")
    assert asked(page) == {"on": [DAY], "page": ["2"]}
    assert first.inner_text() != before
    page.go_back()
    expect(page.locator(".pages")).to_contain_text("Page 1 of ")
    expect(first).to_have_text(before)


def test_typing_searches_and_keeps_the_place_in_the_field(new_tab: NewTab) -> None:
    page = new_tab().open(ADDRESS)
    field = page.get_by_label("Search names and texts")
    field.press_sequentially("ТОГО")
    expect(page.locator("#count")).to_have_text("1 of 24 partners")
    expect(field).to_be_focused()
    expect(field).to_have_value("ТОГО")
    assert partners(page) == ["Togo"]


def test_what_was_unfolded_stays_unfolded(new_tab: NewTab) -> None:
    page = new_tab().open(ADDRESS)
    page.locator("#more-kind > summary").click()
    page.locator("#region-asia").check()
    expect(page.locator("#count")).to_have_text("11 of 24 partners")
    expect(page.locator("#more-kind")).to_have_attribute("open", "")


@every_list
def test_a_removed_choice_leaves_the_focus_on_the_results(new_tab: NewTab, listed: Listed) -> None:
    page = new_tab().open(f"{listed.address}&region=Asia")
    page.get_by_role("list", name="What is asked").get_by_role("link", name="Region").click()
    expect(page.locator("#count")).to_have_text(listed.everything)
    expect(page.locator("#announcement")).to_have_text(listed.everything)
    expect(page.locator("#results")).to_be_focused()


def test_without_scripts_the_form_brings_the_whole_page(new_tab: NewTab) -> None:
    page = new_tab(javascript=False).open(ADDRESS)
    page.locator("#level-basing_or_access").check()
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#count")).to_have_text("6 of 24 partners")


def test_on_a_phone_the_filters_are_a_sheet(new_tab: NewTab) -> None:
    for javascript in (True, False):
        page = new_tab(width=360, javascript=javascript).open(ADDRESS)
        sheet = page.locator("#filters")
        expect(sheet).to_be_hidden()
        page.get_by_role("link", name="Filters").click()
        expect(sheet).to_be_in_viewport()
        page.locator("#region-africa").check()
        page.locator("#level-basing_or_access").check()
        page.locator("#level-basing_or_access").uncheck()
        expect(page).to_have_url(re.compile(r"on=2026-04-30#filters$"))
        page.get_by_role("button", name="Show").click()
        expect(page.locator("#count")).to_have_text("9 of 24 partners")
        expect(page.locator("#count")).to_be_in_viewport()
        expect(sheet).to_be_hidden()


def test_a_value_that_cannot_be_read_is_refused_in_place(new_tab: NewTab) -> None:
    page = new_tab().open(ADDRESS)
    page.locator("#id_on").fill("9999-12-31")
    expect(page.locator(".refusal")).to_contain_text("9999-12-30 is the last possible day.")
    expect(page.locator("table.partners")).to_have_count(0)
