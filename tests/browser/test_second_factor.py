"""An editor's second factor in a real browser, from off to off, each page quiet and accessible."""

from base64 import b32decode
from collections.abc import Callable

from django_otp.oath import totp

from tests.browser.measures import STICKING_OUT
from tests.browser.site import EDITOR, EDITORS_PASSWORD
from tests.browser.tab import Tab
from tests.browser.test_pages import PHONE_AND_DESK, at_each_width, listed, violations

# Django's own breadcrumbs.
EXCUSED = ("link-in-text-block",)


def look(tab: Tab, title: str) -> None:
    """It is this page, and nothing is wrong with it."""
    assert tab.page.locator("h1").inner_text() == title
    assert not tab.complaints, listed(tab.complaints)
    found = at_each_width(
        tab.page,
        PHONE_AND_DESK,
        lambda page: [*page.evaluate(STICKING_OUT), *violations(page, EXCUSED)],
    )
    assert not found, listed(found)
    tab.complaints.clear()  # the checker's own styles are refused by the site's policy


def send(tab: Tab, **fields: str) -> None:
    for name, value in fields.items():
        tab.page.locator(f"[name={name}]").fill(value)
    with tab.page.expect_navigation():
        tab.page.locator("main input[type=submit]").click()


def follow(tab: Tab, link: str) -> None:
    with tab.page.expect_navigation():
        tab.page.get_by_role("link", name=link, exact=True).click()


def test_a_second_factor_is_set_up_used_and_turned_off(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab()
    tab.open("/admin/login/")
    send(tab, username=EDITOR, password=EDITORS_PASSWORD)
    follow(tab, "Second factor")
    look(tab, "Your second factor")
    send(tab)
    look(tab, "Set up your second factor")
    secret = tab.page.locator(".secret").inner_text().replace(" ", "")
    box = tab.page.locator("svg.qr").bounding_box()
    assert box
    assert round(box["width"]) == round(box["height"]) == 240
    send(tab, code=f"{totp(b32decode(secret)):06d}")
    look(tab, "Your second factor is on")
    first, second, *others = tab.page.locator(".recovery-codes code").all_inner_texts()
    assert len(others) == 8

    tab.page.get_by_role("button", name="Log out").click()
    tab.open("/admin/login/")
    send(tab, username=EDITOR, password=EDITORS_PASSWORD)
    look(tab, "Your code")
    assert tab.page.locator("[name=code]").evaluate("field => field === document.activeElement")
    send(tab, code=first)
    follow(tab, "Second factor")
    look(tab, "Your second factor")
    follow(tab, "Move to another app")
    look(tab, "Move to another app")
    follow(tab, "Leave it as it is")
    follow(tab, "Make new recovery codes")
    look(tab, "New recovery codes")
    follow(tab, "Leave it as it is")
    follow(tab, "Turn off")
    look(tab, "Turn off your second factor")
    send(tab, password=EDITORS_PASSWORD, code=second)
    look(tab, "Your second factor")
    assert tab.page.locator(".messagelist").inner_text() == (
        "Your second factor is off: the password alone signs you in."
    )
