"""How lines of the log are written: for people one line, for machines one object."""

import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import RequestFactory

from alliances.config.logs import JsonLines, PlainLines
from alliances.request_id import answering


def record(message: str, *arguments: object, **said: Any) -> logging.LogRecord:
    made = logging.makeLogRecord({"name": "django.request", "levelname": "ERROR", "msg": message})
    made.args, made.created = arguments, 1_764_057_600.25
    vars(made).update(said)
    return made


@pytest.fixture
def request_id() -> Iterator[str]:
    answering("0123456789abcdef")
    yield "0123456789abcdef"
    answering("")


def test_for_machines_a_line_is_an_object() -> None:
    assert json.loads(JsonLines().format(record("Not here: %s", "/a"))) == {
        "time": "2025-11-25T08:00:00.250+00:00",
        "level": "ERROR",
        "logger": "django.request",
        "message": "Not here: /a",
    }


def test_for_machines_a_fault_is_one_line_with_its_request(request_id: str) -> None:
    request = RequestFactory().get("/states/togo/?q=secret")
    try:
        raise ValueError("planted")
    except ValueError:
        line = JsonLines().format(record("a\nb", request=request, exc_info=sys.exc_info()))
    assert "\n" not in line
    said = json.loads(line)
    assert (said["request"], said["method"], said["path"]) == (request_id, "GET", "/states/togo/")
    assert (said["message"], said["traceback"].splitlines()[-1]) == ("a\nb", "ValueError: planted")
    assert "secret" not in line


def test_for_people_a_visitor_begins_no_line(request_id: str) -> None:
    formatter = PlainLines("{levelname} {name}: {message}", style="{")
    assert formatter.format(record("%s", "/a\r\n2026 ERROR planted")) == (
        rf"ERROR django.request: /a\r\n2026 ERROR planted [{request_id}]"
    )


def test_for_people_a_line_outside_of_requests_names_none() -> None:
    assert PlainLines("{message}", style="{").format(record("said")) == "said"
