"""What every test runs under: plain static files, no network, properties tried without a clock."""

import gc
import os
import socket
from ipaddress import ip_address
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import settings as hypothesis_settings

hypothesis_settings.register_profile("default", deadline=None)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_configure() -> None:
    """Serve static files from static/, so that no test needs a collected copy, and no release that
    was made here; look for garbage seldom: a page makes and drops many small objects, and a search
    each time is a fifth of the run.
    """
    gc.set_threshold(200_000, 20, 100)
    # Processes that tests start read what the first of them has compiled.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.RELEASES_DIR = settings.DATA_DIR / "no-releases"
    settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_USE_FINDERS = True


def leaves_this_machine(address: Any) -> bool:
    """Whether a socket address is anything but a path or a loopback address."""
    if not isinstance(address, tuple):
        return False
    host = address[0]
    return host != "localhost" and not ip_address(host).is_loopback


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Any:
    """A test that asks another machine fails at once, wherever it runs."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if leaves_this_machine(address):
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Every test with `db` finds the whole dossier; what it changes is rolled back."""
    from alliances.dossier.loader import load_dossier
    from alliances.dossier.reader import read_dossier
    from alliances.dossier.records import Change
    from alliances.proposals.newer import propose

    with django_db_blocker.unblock():
        folder = settings.BASE_DIR / "fixtures" / "dossier"
        load_dossier(read_dossier(folder), Change("First load of the dossier"), propose)


class UntilWritten:
    """The connection as `per_version` asks it. A test's transaction holds the loaded dossier until
    the test writes a row: until then what pages keep for a version of the data is kept from test to
    test, as on the site. Where queries are counted it is read anew, whatever tests ran before.
    (PostgreSQL does not say how many rows were written, and there all is read anew.)
    """

    def __init__(self) -> None:
        self.written = self._written()

    @property
    def in_atomic_block(self) -> bool:
        """Whether what is kept may be another's."""
        is_loaded = self._written() == self.written and not connection.force_debug_cursor
        return connection.in_atomic_block and not is_loaded

    def _written(self) -> Any:
        """All rows that this connection ever wrote, also those taken back; a new thing where that
        is not told.
        """
        return getattr(connection.connection, "total_changes", object())


@pytest.fixture(autouse=True)
def kept_until_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read once for a version of the data is not read anew by each request of each test."""
    monkeypatch.setattr("alliances.queries.per_version.connection", UntilWritten())


@pytest.fixture
def empty_db(db: None) -> None:
    """The dossier and its history away, for this test alone."""
    from django.apps import apps
    from django.db.models import QuerySet

    for model in apps.get_app_config("alliances").get_models():
        rows = QuerySet(model)  # past the guard of the tracked models, on purpose
        rows._raw_delete(rows.db)
