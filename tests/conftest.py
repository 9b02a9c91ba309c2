"""What every test runs under: plain static files, no network, properties tried without a clock."""

import gc
import os
import socket
from collections.abc import Iterator
from ipaddress import ip_address
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from hypothesis import settings as hypothesis_settings

hypothesis_settings.register_profile("default", deadline=None)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_configure() -> None:
    """Serve static files from static/, so that no test needs a collected copy, and no release that
    was made here; look for garbage
    seldom: a page makes and drops many small objects, and a search each time is a fifth of the run.
    """
    gc.set_threshold(200_000, 20, 100)
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

    with django_db_blocker.unblock():
        folder = settings.BASE_DIR / "fixtures" / "dossier"
        load_dossier(read_dossier(folder), Change("First load of the dossier"))


@pytest.fixture
def readers_db(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As `db`, for tests that write nothing: the database refuses every write, so what pages keep
    for a version of the data is true here as it is on the site, and is kept from test to test.
    """
    from django.db import connection

    from alliances.queries import per_version

    monkeypatch.setattr(per_version, "connection", SimpleNamespace(in_atomic_block=False))
    if connection.vendor == "postgresql":
        # Ends with the test's transaction.
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield
        return
    # Past Django, which lets nothing through after a refused write.
    connection.connection.execute("PRAGMA query_only = on")
    yield
    connection.connection.execute("PRAGMA query_only = off")


@pytest.fixture
def empty_db(db: None) -> None:
    """The dossier and its history away, for this test alone."""
    from django.apps import apps
    from django.db.models import QuerySet

    for model in apps.get_app_config("alliances").get_models():
        rows = QuerySet(model)  # past the guard of the tracked models, on purpose
        rows._raw_delete(rows.db)
