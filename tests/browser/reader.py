"""A reader who goes from page to page by mouse, by keyboard alone, or without JavaScript.

A journey is a test that takes `reader` (three times: once in each way of reading), names the links
to follow as Playwright locators, and ends with `reader.retrace()`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

from tests.browser.measures import FOCUS
from tests.browser.tab import Tab

Act = Callable[[Page, Locator], None]


def by_mouse(page: Page, link: Locator) -> None:
    """Point at it and press; Playwright refuses if something covers it."""
    link.click()


def by_keyboard(page: Page, link: Locator) -> None:
    """Tab to it and press Enter; the focus must be visible at every stop on the way."""
    wanted = link.element_handle()
    # A field of date has several stops of its own.
    stops = 4 * page.locator("a[href], button, input, select, textarea, summary").count()
    for _stop in range(stops):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS, wanted)
        assert focus["visible"], f"the focus is not seen on {focus['name']}"
        if focus["reached"]:
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"Tab never reaches {link}")


@dataclass(frozen=True)
class Way:
    """One way of reading: its name, how a link is followed, and whether scripts run."""

    name: str
    act: Act
    javascript: bool = True


WAYS = [
    Way("by-mouse", by_mouse),
    Way("by-keyboard", by_keyboard),
    Way("without-javascript", by_mouse, javascript=False),
]


@dataclass
class Reader:
    """Somebody at a tab, and where they have been: addresses with their headings."""

    tab: Tab
    act: Act
    trail: list[tuple[str, str]] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.tab.page

    @property
    def steps(self) -> int:
        """How many links were followed since the first page."""
        return len(self.trail) - 1

    def here(self) -> tuple[str, str]:
        return self.page.url, self.page.locator("h1").inner_text()

    def start(self, path: str) -> None:
        """Open the first page of a journey."""
        self.tab.open(path)
        self.trail = [self.here()]

    def follow(self, link: Locator) -> None:
        """Go where a link, or a form's button, leads."""
        with self.page.expect_navigation():
            self.act(self.page, link)
        self.trail.append(self.here())

    def retrace(self) -> None:
        """Go back to the first page and forward to the last: each must be as it was."""
        for place in reversed(self.trail[:-1]):
            self.page.go_back()
            assert self.here() == place
        for place in self.trail[1:]:
            self.page.go_forward()
            assert self.here() == place
        assert not self.tab.complaints, self.tab.complaints
