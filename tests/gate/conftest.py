"""A gate before a site that a test chooses."""

from collections.abc import Callable
from typing import Any

import pytest

from alliances.gate import Gate
from alliances.gate.front import Application
from tests.cache.conftest import one_connection  # noqa: F401


@pytest.fixture(autouse=True)
def limits(settings: Any) -> None:
    """As for a public site, whatever the tests run under."""
    settings.TRUSTED_PROXIES, settings.RATE_LIMIT, settings.RATE_BURST = 0, 20, 200
    settings.ACCESS_LOG, settings.LOG_FORMAT = False, "plain"
    settings.ALLOWED_HOSTS = ["localhost"]


def plain_site(environ: dict[str, Any], begin: Callable[..., Any]) -> list[bytes]:
    begin("200 OK", [("Content-Type", "text/plain")])
    return [b"let in"]


@pytest.fixture
def gate() -> Callable[..., Gate]:
    """Made in the test, after it has set what it tests."""

    def made(site: Application = plain_site) -> Gate:
        return Gate(site)

    return made
