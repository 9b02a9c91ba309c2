"""The site behind a cache of its own, for each test."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.cache.asking import Front


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test's transaction lives as long as its connection, so requests do not end it here."""
    monkeypatch.setattr("alliances.cache.version.close_old_connections", lambda: None)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def front(db: None, monkeypatch: pytest.MonkeyPatch) -> Front:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["localhost"])
    return Front()
