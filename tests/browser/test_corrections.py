"""A reader reports an error by mouse, by keyboard alone and without JavaScript, and finds it again."""

from time import monotonic

from playwright.sync_api import Page, expect

from tests.browser.measures import SMALL_TARGETS, STICKING_OUT
from tests.browser.reader import Reader
from tests.browser.test_pages import at_each_width, listed, violations

SECONDS_TO_BE_SLOW_ENOUGH = 15
TREATY = "/agreements/csto-collective-security-treaty-1992/"


def send(reader: Reader) -> None:
    """Press the button until the site no longer finds that too quick for a person."""
    button = reader.page.get_by_role("button", name="Send to the editors")
    deadline = monotonic() + SECONDS_TO_BE_SLOW_ENOUGH
    while button.count():
        assert monotonic() < deadline, reader.page.get_by_role("main").inner_text()
        reader.follow(button)


def faults(page: Page) -> list[str]:
    """What is wrong with the page for those who cannot see, point or turn their screen."""
    return [
        *violations(page, ()),
        *page.evaluate(STICKING_OUT),
        *page.evaluate(SMALL_TARGETS),
    ]


def test_an_error_is_reported_and_found_again(reader: Reader) -> None:
    """From the day of a signature to the form, a reference, and by it to the report's state."""
    page, main = reader.page, reader.page.get_by_role("main")
    reader.start(TREATY)
    reader.follow(main.get_by_role("link", name="Report an error: date of signature"))
    expect(main.locator(".answer")).to_have_text(
        "Agreement Collective Security Treaty (1992), date of signature."
    )
    main.get_by_label("What is wrong").fill("It was signed on another day.")
    send(reader)
    expect(main.locator(".answer")).to_have_text(
        "Received. Thank you. An editor will read your report and answer here."
    )
    reference = page.get_by_role("heading", level=1).inner_text().removeprefix("Report ")
    # What judges a page is a script itself.
    found = at_each_width(page, [320, 1280], faults) if reader.way.javascript else []
    assert not found, listed(found)
    reader.follow(main.get_by_role("link", name="Readers’ reports"))
    main.get_by_label("The reference of your report").fill(reference.lower())
    reader.follow(main.get_by_role("button", name="See its state"))
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Report {reference}")
    expect(main).to_contain_text("date of signature")
    expect(main).not_to_contain_text("on another day")
    assert not reader.tab.complaints, reader.tab.complaints
