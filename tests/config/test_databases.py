"""DATABASE_URL as every host writes it; what is refused does not repeat the password."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from alliances.config.databases import env_database, unusable


def test_database_default_is_a_file_whose_writers_queue(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert env_database("DATABASE_URL", tmp_path / "db.sqlite3") == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": tmp_path / "db.sqlite3",
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
        },
    }


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_database_postgresql_keeps_its_connections(monkeypatch, tmp_path, scheme):
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://reader:pw@127.0.0.1:5433/alliances")
    database = env_database("DATABASE_URL", tmp_path)
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == (
        "127.0.0.1",
        5433,
        "alliances",
    )
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (600, True)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("postgres://reader:secret@host:port/db", "is not a database address."),
        ("postgres://reader:secret@127.0.0.1/", "names no database."),
        ("db.sqlite3", "must begin with sqlite://, postgres:// or postgresql://."),
    ],
)
def test_database_refusal_keeps_the_password_to_itself(monkeypatch, tmp_path, url, reason):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured) as refused:
        env_database("DATABASE_URL", tmp_path)
    assert str(refused.value) == f"DATABASE_URL {reason}"


@pytest.mark.parametrize(
    "url",
    ["sqlite://", "sqlite://:memory:", "sqlite:///:memory:", "sqlite:///file:x?mode=memory"],
)
def test_a_database_in_memory_is_refused(monkeypatch, tmp_path, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(ImproperlyConfigured) as refused:
        env_database("DATABASE_URL", tmp_path)
    assert str(refused.value) == "DATABASE_URL names a database in memory; name a file."


@pytest.mark.parametrize(("query", "seconds"), [("", 10), ("?connect_timeout=3", 3)])
def test_a_host_that_is_silent_is_not_waited_for_long(monkeypatch, tmp_path, query, seconds):
    monkeypatch.setenv("DATABASE_URL", f"postgres://127.0.0.1/alliances{query}")
    assert int(env_database("DATABASE_URL", tmp_path)["OPTIONS"]["connect_timeout"]) == seconds


@pytest.mark.parametrize(("query", "milliseconds"), [("", 10_000), ("?tcp_user_timeout=3", 3)])
def test_a_host_that_falls_silent_is_not_waited_for_long(
    monkeypatch, tmp_path, query, milliseconds
):
    monkeypatch.setenv("DATABASE_URL", f"postgres://127.0.0.1/alliances{query}")
    options = env_database("DATABASE_URL", tmp_path)["OPTIONS"]
    assert int(options["tcp_user_timeout"]) == milliseconds
    asked = ("keepalives_idle", "keepalives_interval", "keepalives_count")
    assert [options[name] for name in asked] == [5, 5, 2]


def test_what_a_database_says_is_one_line_without_the_password():
    database = {"NAME": "reference", "HOST": "db.example", "PORT": "", "PASSWORD": "hush"}
    said = OperationalError("no:\n\tpassword=hush  is wrong")
    assert unusable(database, said) == (
        "the database db.example:5432/reference cannot be used: no: password=… is wrong"
    )
