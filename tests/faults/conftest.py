"""Databases are prepared once, before pytest's workers start; each test gets a copy of its own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.databases import EMPTY, KINDS, LOADED, POSTGRES, Place
from tests.faults.site import FaultySite

FOLDER = "PREPARED_DATABASES"


def pytest_sessionstart(session: pytest.Session) -> None:
    """Before the workers, which find the folder in their environment."""
    if FOLDER in os.environ:
        return
    folder = TemporaryDirectory(prefix="faults_")
    os.environ[FOLDER] = folder.name
    place = Place(Path(folder.name))

    def clear() -> None:
        for name in (EMPTY, LOADED):
            place.drop(POSTGRES, name)
        folder.cleanup()

    session.config.add_cleanup(clear)
    place.prepare()


@pytest.fixture(scope="session")
def place() -> Place:
    return Place(Path(os.environ[FOLDER]))


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def copy(place: Place, kind: str, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """Copies a prepared database for this test; its address."""
    names: list[str] = []

    def copied(prepared: str) -> str:
        names.append(f"{abs(hash(tmp_path))}_{len(names)}")
        return place.copy(kind, prepared, names[-1])

    yield copied
    for name in names:
        place.drop(kind, name)


@pytest.fixture
def loaded(copy: Callable[[str], str]) -> str:
    """A database with the whole dossier."""
    return copy(LOADED)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., FaultySite]]:
    """Starts a site on a database, and ends it."""
    sites: list[FaultySite] = []

    def started(database: str) -> FaultySite:
        sites.append(FaultySite(tmp_path, database))
        sites[-1].wait_until_it_answers()
        return sites[-1]

    yield started
    for site in sites:
        site.stop()
