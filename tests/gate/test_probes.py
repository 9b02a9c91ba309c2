"""What an orchestrator is told, while the database is whole, empty, behind, or gone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError

from alliances.gate import Gate, probes
from alliances.gate.probes import Probes
from alliances.models import State
from tests.cache.asking import Answer, ask

Gates = Callable[..., Gate]


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def asked(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Answer]:
    """Whether the site is ready, by a clock."""
    monkeypatch.setattr(probes, "close_old_connections", lambda: None)
    found = Probes(clock)
    return lambda: ask(found, "/readyz")


def refuse(*_arguments: object) -> None:
    raise OperationalError("connection refused")


@pytest.mark.parametrize("host", ["localhost", "10.0.0.7:8000", "evil.example"])
def test_alive_without_a_database_under_any_host(
    gate: Gates, monkeypatch: pytest.MonkeyPatch, settings: Any, host: str
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", refuse)
    answer = ask(gate(), "/healthz", host=host)
    assert (answer.status, answer.body) == ("200 OK", b"Yes.\n")
    assert answer["Cache-Control"] == "no-store"
    assert ask(gate(), "/healthz", "HEAD").body == b""


def test_probes_are_not_counted(gate: Gates, settings: Any) -> None:
    settings.RATE_LIMIT, settings.RATE_BURST = 1, 1
    front = gate()
    assert {ask(front, "/healthz").status for _request in range(9)} == {"200 OK"}


@pytest.mark.django_db
def test_ready(asked: Callable[[], Answer]) -> None:
    answer = asked()
    assert (answer.status, answer.body) == ("200 OK", b"Yes.\n")
    assert (answer["Cache-Control"], answer["Retry-After"]) == ("no-store", None)


def test_without_records_it_is_not_ready(empty_db: None, asked: Callable[[], Answer]) -> None:
    answer = asked()
    assert (answer.status, answer.body) == (
        "503 Service Unavailable",
        b"No records are loaded.\n",
    )
    assert (answer["Cache-Control"], answer["Retry-After"]) == ("no-store", "5")


@pytest.mark.django_db
def test_behind_its_migrations_it_is_not_ready(asked: Callable[[], Answer], settings: Any) -> None:
    # The tests' tables are made without migrations, so all of them are still to come.
    settings.MIGRATION_MODULES = {}
    answer = asked()
    assert (answer.status, answer.body) == (
        "503 Service Unavailable",
        b"Migrations are not applied.\n",
    )


@pytest.mark.django_db
def test_it_is_ready_again_when_the_database_is_back(
    asked: Callable[[], Answer], clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("django.db.backends.utils.CursorWrapper.execute", refuse)
        answer = asked()
        assert (answer.status, answer["Retry-After"]) == ("503 Service Unavailable", "5")
        assert answer.body == b"The database does not answer.\n"
    assert asked().status == "503 Service Unavailable"
    clock.now += 1
    assert asked().status == "200 OK"


@pytest.mark.django_db
def test_a_flood_of_questions_is_one_query_a_second(
    asked: Callable[[], Answer], clock: Clock, django_assert_num_queries: Callable[..., object]
) -> None:
    asked()
    clock.now += 1
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        for _request in range(50):
            asked()
    assert State.objects.exists()
