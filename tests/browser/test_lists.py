"""A filtered list: htmx swaps rows and counts; address, focus, history and announcement stay right."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.tab import Tab

NewTab = Callable[..., Tab]
ADDRESS = "/states/?on=2026-04-30"


def asked(page: Page) -> dict[str, list[str]]:
    """The parameters of the page's address."""
    return parse_qs(urlsplit(page.url).query)


def partners(page: Page) -> list[str]:
    """The names in the table, in order."""
    return page.locator("table.partners tbody th[scope=row] > a").all_inner_texts()


def test_a_choice_swaps_rows_and_counts_and_nothing_else(new_tab: NewTab) -> None:
    page = new_tab().open(ADDRESS)
    page.evaluate("window.sameDocument = true")
    bases = page.locator("#level-basing_or_access")
    bases.check()
    expect(page.locator("#count")).to_have_text("6 of 24 partners")
    expect(bases).to_be_focused()
    expect(page.locator("#announcement")).to_have_text("6 of 24 partners")
    assert page.evaluate("window.sameDocument")
    assert asked(page) == {
        "promisor": ["RUS"],
        "direction": ["made"],
        "on": ["2026-04-30"],
        "level": ["basing_or_access"],
    }
    expect(page.locator("label[for=region-asia] + .n")).to_have_text("4")


def test_back_and_forward_bring_the_rows_of_their_addresses(new_tab: NewTab) -> None:
    page = new_tab().open(ADDRESS)
    count = page.locator("#count")
    page.locator("#region-africa").check()
    expect(count).to_have_text("9 of 24 partners")
    page.locator(".orders").get_by_role("link", name="Partner").click()
    expect(page.locator(".orders [aria-current]")).to_contain_text("Partner")
    assert partners(page)[0] == "Burkina Faso"
    page.go_back()
    expect(page.locator(".orders [aria-current]")).to_contain_text("Strength")
    expect(page.locator("#region-africa")).to_be_checked()
    page.go_back()
    expect(count).to_have_text("24 of 24 partners")
    expect(page.locator("#region-africa")).not_to_be_checked()
    page.go_forward()
    expect(count).to_have_text("9 of 24 partners")


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


def test_a_removed_choice_leaves_the_focus_on_the_results(new_tab: NewTab) -> None:
    page = new_tab().open(f"{ADDRESS}&region=Asia")
    page.get_by_role("list", name="What is asked").get_by_role("link", name="Region").click()
    expect(page.locator("#count")).to_have_text("24 of 24 partners")
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
        page.get_by_role("button", name="Show").click()
        expect(page.locator("#count")).to_have_text("9 of 24 partners")
        expect(page.locator("#count")).to_be_in_viewport()
        expect(sheet).to_be_hidden()


def test_a_value_that_cannot_be_read_is_refused_in_place(new_tab: NewTab) -> None:
    page = new_tab().open(ADDRESS)
    page.locator("#id_on").fill("9999-12-31")
    expect(page.locator(".refusal")).to_contain_text("9999-12-30 is the last possible day.")
    expect(page.locator("table.partners")).to_have_count(0)
