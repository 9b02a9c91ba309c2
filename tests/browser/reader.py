"""A reader who goes from page to page by mouse, by keyboard alone, or without JavaScript.

A journey is a test that takes `reader` (three times: once in each way of reading), names what to
follow, tick and fill in as Playwright locators, and ends with `reader.retrace()`.
"""

from dataclasses import dataclass, field
from datetime import date

from playwright.sync_api import Locator, Page

from tests.browser.measures import FOCUS
from tests.browser.tab import Tab

FIELDS = "form :is(input, select)"
HELD = "fields => fields.map(each => each.type === 'checkbox' ? each.checked : each.value)"


class Mouse:
    """Points at a thing and presses; Playwright refuses if something covers it."""

    def press(self, target: Locator) -> None:
        target.click()

    def write_day(self, field: Locator, day: date) -> None:
        field.fill(day.isoformat())

    def pick(self, choices: Locator, label: str) -> None:
        choices.select_option(label=label)


class Keyboard:
    """Tabs to a thing and presses its key; the focus must be visible at every stop on the way."""

    def press(self, target: Locator) -> None:
        self.reach(target)
        ticks = target.get_attribute("type") == "checkbox"
        target.page.keyboard.press("Space" if ticks else "Enter")

    def write_day(self, field: Locator, day: date) -> None:
        """Month, day and year, in the order in which an American Chromium has them."""
        self.reach(field)
        field.page.keyboard.type(f"{day:%m%d%Y}")

    def pick(self, choices: Locator, label: str) -> None:
        """A list that has the focus goes to what is typed."""
        self.reach(choices)
        choices.page.keyboard.type(label)

    def reach(self, target: Locator) -> None:
        page, wanted = target.page, target.element_handle()
        # A field of date has several stops of its own.
        stops = 4 * page.locator("a[href], button, input, select, textarea, summary").count()
        for _stop in range(stops):
            page.keyboard.press("Tab")
            focus = page.evaluate(FOCUS, wanted)
            assert focus["visible"], f"the focus is not seen on {focus['name']}"
            if focus["reached"]:
                return
        raise AssertionError(f"Tab never reaches {target}")


@dataclass(frozen=True)
class Way:
    """One way of reading: its name, what the reader's hand is on, and whether scripts run."""

    name: str
    hand: Mouse | Keyboard
    javascript: bool = True


WAYS = [
    Way("by-mouse", Mouse()),
    Way("by-keyboard", Keyboard()),
    Way("without-javascript", Mouse(), javascript=False),
]


@dataclass(frozen=True)
class Place:
    """A page that was seen: its address, its words, and what its fields held."""

    address: str
    words: str
    fields: list[str | bool]


@dataclass
class Reader:
    """Somebody at a tab, and where they have been."""

    tab: Tab
    way: Way
    trail: list[Place] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.tab.page

    @property
    def hand(self) -> Mouse | Keyboard:
        return self.way.hand

    @property
    def steps(self) -> int:
        """How many links were followed since the first page."""
        return len(self.trail) - 1

    def here(self) -> Place:
        """This page as it stands."""
        words = self.page.get_by_role("main").inner_text()
        return Place(self.page.url, words, self.page.locator(FIELDS).evaluate_all(HELD))

    def start(self, path: str) -> None:
        """Open the first page of a journey."""
        self.tab.open(path)
        self.trail = [self.here()]

    def follow(self, link: Locator) -> None:
        """Go where a link, or a form's button, leads."""
        with self.page.expect_navigation():
            self.hand.press(link)
        self.trail.append(self.here())

    def narrow(self, box: Locator, button: Locator) -> None:
        """Tick a box beside a list: with scripts its rows follow at once, without by the button."""
        if self.way.javascript:
            self.follow(box)
        else:
            self.hand.press(box)
            self.follow(button)

    def retrace(self) -> None:
        """Go back to the first page and forward to the last: each must be as it was."""
        for place in reversed(self.trail[:-1]):
            self.page.go_back()
            assert self.here() == place
        for place in self.trail[1:]:
            self.page.go_forward()
            assert self.here() == place
        assert not self.tab.complaints, self.tab.complaints
