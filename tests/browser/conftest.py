"""One server for the whole run, one Chromium for each worker, a fresh tab for each test."""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.reader import WAYS, Reader
from tests.browser.site import Site
from tests.browser.tab import Tab, chromium

ADDRESS = "SITE_UNDER_TEST"


def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the server before the workers, which find its address in their environment."""
    if ADDRESS in os.environ:
        return
    site = Site()
    os.environ[ADDRESS] = site.address

    def stop() -> None:
        if complaints := site.stop():
            print(f"\nThe server complained:\n{complaints}")

    session.config.add_cleanup(stop)


@pytest.fixture(scope="session")
def address() -> str:
    """Where the site answers."""
    return os.environ[ADDRESS]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once for each worker."""
    with chromium() as started:
        yield started


@pytest.fixture
def new_tab(browser: Browser, address: str) -> Iterator[Callable[..., Tab]]:
    """Opens tabs, and closes them after the test."""
    tabs: list[Tab] = []

    def open_tab(**wishes: object) -> Tab:
        tabs.append(Tab(browser, address, **wishes))  # type: ignore[arg-type]
        return tabs[-1]

    yield open_tab
    for tab in tabs:
        tab.context.close()


@pytest.fixture(params=WAYS, ids=lambda way: way.name)
def reader(new_tab: Callable[..., Tab], request: pytest.FixtureRequest) -> Reader:
    """Somebody who reads in one of the three ways."""
    return Reader(new_tab(javascript=request.param.javascript), request.param)
