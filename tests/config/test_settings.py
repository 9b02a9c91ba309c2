"""The environment is read strictly, and what is wrong is said in one line without a traceback."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from stat import S_IMODE

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from alliances.config.settings import (
    env_bool,
    env_database,
    env_directory,
    env_list,
    env_state,
    stored_secret_key,
)

NAMES = ("ALLOWED_HOSTS", "DATABASE_URL", "DEBUG", "FOCUS_STATE", "HTTPS", "SECRET_KEY")


def manage(data_dir: Path, *arguments: str, **environment: str) -> tuple[int, str, str]:
    """Run manage.py with these variables and no others of ours: exit code, output, errors."""
    inherited = {name: value for name, value in os.environ.items() if name not in NAMES}
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=inherited | {"DATA_DIR": str(data_dir)} | environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("environment", "line"),
    [
        (
            {"DEBUG": "maybe"},
            "error: DEBUG must be one of 1, true, yes, on, 0, false, no, off, not 'maybe'.\n",
        ),
        (
            {"DATABASE_URL": "mysql://root:secret@localhost/test"},
            "error: DATABASE_URL must begin with sqlite://, postgres:// or postgresql://.\n",
        ),
        (
            {"ALLOWED_HOSTS": "localhost,alliances.example"},
            "error: SECRET_KEY must be set when ALLOWED_HOSTS names a public host.\n",
        ),
    ],
)
def test_a_wrong_environment_is_one_line(tmp_path, environment, line):
    assert manage(tmp_path, "check", **environment) == (1, "", line)


def test_a_port_in_use_is_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = manage(tmp_path, "serve", "--port", str(port))
    assert answer == (
        1,
        "",
        f"CommandError: Cannot serve on 127.0.0.1:{port}: Address already in use."
        " Choose another port.\n",
    )


def test_a_port_that_does_not_exist_is_one_line(tmp_path):
    assert manage(tmp_path, "serve", "--port", "65536") == (
        1,
        "",
        "CommandError: There is no port 65536.\n",
    )


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", True), ("TRUE", True), (" on ", True), ("0", False), ("no", False), ("", False)],
)
def test_bool(monkeypatch, text, value):
    monkeypatch.setenv("DEBUG", text)
    assert env_bool("DEBUG", False) is value


def test_bool_not_set(monkeypatch):
    monkeypatch.delenv("DEBUG", raising=False)
    assert env_bool("DEBUG", True) is True


def test_list(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "a.example, b.example,,")
    assert env_list("ALLOWED_HOSTS", ["localhost"]) == ["a.example", "b.example"]


def test_list_set_to_nothing(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", " , ")
    assert env_list("ALLOWED_HOSTS", ["localhost"]) == ["localhost"]


def test_state(monkeypatch):
    monkeypatch.setenv("FOCUS_STATE", "FRA")
    assert env_state("FOCUS_STATE", "RUS") == "FRA"


@pytest.mark.parametrize("text", ["fra", "FR", "FRAN", "ФРА", "FRA\nGBR"])
def test_state_that_is_no_code(monkeypatch, text):
    monkeypatch.setenv("FOCUS_STATE", text)
    with pytest.raises(ImproperlyConfigured) as refused:
        env_state("FOCUS_STATE", "RUS")
    assert str(refused.value) == f"FOCUS_STATE must be three capital letters, not {text!r}."


def test_directory_that_is_a_file(monkeypatch, tmp_path):
    occupied = tmp_path / "file"
    occupied.touch()
    monkeypatch.setenv("DATA_DIR", str(occupied))
    with pytest.raises(ImproperlyConfigured) as refused:
        env_directory("DATA_DIR", tmp_path)
    assert str(refused.value) == f"DATA_DIR {occupied} cannot be made: File exists."


def test_database_default_is_a_file_whose_writers_queue(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert env_database("DATABASE_URL", tmp_path / "db.sqlite3") == {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": tmp_path / "db.sqlite3",
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
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


def test_secret_key_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "secret_key"
    key = stored_secret_key(path)
    assert len(key) == 50
    assert S_IMODE(path.stat().st_mode) == 0o600
    assert stored_secret_key(path) == key
    assert list(tmp_path.iterdir()) == [path]


def test_secret_key_of_a_faster_process_is_kept(tmp_path, monkeypatch):
    path = tmp_path / "secret_key"

    def faster_process() -> str:
        path.write_text("theirs")
        return "ours"

    monkeypatch.setattr("alliances.config.settings.get_random_secret_key", faster_process)
    assert stored_secret_key(path) == "theirs"


def test_empty_secret_key_is_refused(tmp_path):
    path = tmp_path / "secret_key"
    path.touch()
    with pytest.raises(ImproperlyConfigured, match="is empty"):
        stored_secret_key(path)
