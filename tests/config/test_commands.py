"""What is set up wrongly is said in one line without a traceback, whatever the command."""

import socket
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.config.running import environment, manage


@pytest.mark.parametrize(
    ("variables", "line"),
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
def test_a_wrong_environment_is_one_line(tmp_path, variables, line):
    assert manage(tmp_path, "check", **variables) == (1, "", line)


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


@pytest.mark.parametrize("port", ["abc", "0", "-1", "8000.0", "\u0968"])
def test_a_port_that_is_no_number_is_refused(port):
    with pytest.raises(CommandError) as refused:
        call_command("serve", port=port)
    assert str(refused.value) == f"There is no port {port}."


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


# Every command ends in `manage.main`, which says this; the three ask the database differently.
@pytest.mark.parametrize("command", ["migrate", "load_dossier", "serve"])
def test_a_database_that_does_not_answer_is_one_line_without_the_password(tmp_path, command):
    port = closed_port()
    arguments = [f"--port={closed_port()}"] if command == "serve" else []
    code, _out, errors = manage(
        tmp_path, command, *arguments, DATABASE_URL=f"postgres://ed:hush@127.0.0.1:{port}/reference"
    )
    assert code == 1
    assert errors.startswith(f"error: the database 127.0.0.1:{port}/reference cannot be used: ")
    assert "Connection refused" in errors
    assert errors.count("\n") == 1
    assert "hush" not in errors


def test_a_host_that_does_not_exist_is_one_line(tmp_path):
    url = "postgres://ed:hush@nowhere.invalid/reference"
    code, out, errors = manage(tmp_path, "migrate", DATABASE_URL=url)
    assert (code, out, errors.count("\n")) == (1, "", 1)
    assert errors.startswith("error: the database nowhere.invalid:5432/reference cannot be used: ")
    assert "hush" not in errors


def test_a_missing_directory_is_one_line(tmp_path):
    file = tmp_path / "gone" / "db.sqlite3"
    assert manage(tmp_path, "migrate", DATABASE_URL=f"sqlite:///{file}") == (
        1,
        "",
        f"error: the database {file} cannot be used: unable to open database file\n",
    )


def test_a_database_without_tables_is_one_line(tmp_path):
    code, _out, errors = manage(tmp_path, "check_dossier")
    assert (code, errors) == (
        1,
        f"error: the database {tmp_path}/db.sqlite3 cannot be used:"
        " no such table: alliances_agreement\n",
    )


@pytest.mark.django_db
def test_a_site_is_not_opened_with_a_state_that_it_does_not_hold(settings):
    settings.FOCUS_STATE = "USX"
    with pytest.raises(CommandError) as refused:
        call_command("serve", port=str(closed_port()))
    assert str(refused.value) == (
        "FOCUS_STATE USX is no state of the record: load one or name another."
    )


def test_a_reader_that_has_read_enough_ends_a_command_quietly(tmp_path):
    """As `| head -1`; help is the longest output that needs no database."""
    command = subprocess.Popen(
        [sys.executable, "manage.py", "help"],
        cwd=settings.BASE_DIR,
        env=environment(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    command.stdout.close()
    assert (command.stderr.read(), command.wait()) == ("", 1)
    command.stderr.close()
