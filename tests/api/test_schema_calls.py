"""The API answers as its schema says, called as it may be called and as it may not (schemathesis).

For a long run: SCHEMA_CALLS=300 .venv/bin/pytest tests/api/test_schema_calls.py
"""

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import schemathesis
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.generation import GenerationMode

from alliances.api.endpoints import ENDPOINTS
from alliances.api.front import described

# How often each address is called in each way.
CALLS = int(os.environ.get("SCHEMA_CALLS", "4"))
# The application is called directly: nobody is there to decompress.
PLAIN = {"Accept-Encoding": "identity"}
ADDRESSES = ["/api/v1/"] + [
    f"/api/v1/{endpoint.name}/{key}" for endpoint in ENDPOINTS for key in ("", "{key}/")
]

quietly = settings(
    max_examples=CALLS,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def api(db: None) -> Iterator[Any]:
    """The schema, its application called in the test's own transaction: as Django's own client
    does, without closing the connection after each request.
    """
    schema = schemathesis.openapi.from_dict(described("of the tests"))
    schema.app = WSGIHandler()
    moments = (signals.request_started, signals.request_finished)
    for moment in moments:
        moment.disconnect(close_old_connections)
    yield schema
    for moment in moments:
        moment.connect(close_old_connections)


def is_left_out(case: Any, response: Any) -> bool:
    """Whether a parameter was sent blank or, as an empty list is, not at all.

    The schema allows both (allowEmptyValue, required: false); schemathesis takes them for wrong.
    """
    sent = parse_qs(urlsplit(response.request.url).query, keep_blank_values=True)
    return not set(case.query or {}) <= set(sent) or any("" in values for values in sent.values())


def test_every_address_is_called(api: Any) -> None:
    assert sorted(api.raw_schema["paths"]) == sorted(ADDRESSES)


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_the_schema_allows_is_answered_as_it_says(api: Any, address: str) -> None:
    @quietly
    @given(case=api[address]["GET"].as_strategy(generation_mode=GenerationMode.POSITIVE))
    def call(case: Any) -> None:
        # Only an answer gives a cursor: nobody can make one up.
        (case.query or {}).pop("cursor", None)
        response = case.call_and_validate(headers=PLAIN)
        assert response.status_code in ({200, 404} if "{key}" in address else {200})

    call()


@pytest.mark.parametrize("address", ADDRESSES[1:])  # the index takes nothing
def test_what_the_schema_forbids_is_refused_with_a_problem(api: Any, address: str) -> None:
    @quietly
    @given(case=api[address]["GET"].as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def call(case: Any) -> None:
        response = case.call(headers=PLAIN)
        if not is_left_out(case, response):
            case.validate_response(response)
            assert response.headers["content-type"] == ["application/problem+json"]

    call()
