"""What docs/api.md shows is what the API answers; its page runs under the strict policy."""

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db

EXAMPLE = re.compile(r"```\nGET (\S+)\n```\n\n```json\n(.*?)\n```", re.DOTALL)
EXAMPLES = EXAMPLE.findall((settings.BASE_DIR / "docs" / "api.md").read_text(encoding="utf-8"))
ANYTHING = "…"


def alike(shown: Any, found: Any) -> bool:
    """Whether the two are equal, in order too, but for what an ellipsis stands for."""
    if isinstance(shown, dict) and isinstance(found, dict):
        pairs = zip(shown.items(), found.items(), strict=False)
        return len(shown) == len(found) and all(alike([*a], [*b]) for a, b in pairs)
    if isinstance(shown, list) and isinstance(found, list):
        return len(shown) == len(found) and all(map(alike, shown, found))
    if isinstance(shown, str) and ANYTHING in shown and isinstance(found, str):
        return bool(re.fullmatch("[^ ]+".join(map(re.escape, shown.split(ANYTHING))), found))
    return bool(shown == found)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 6


@pytest.mark.parametrize(("address", "shown"), EXAMPLES, ids=lambda text: text[:60])
def test_an_example_is_what_is_answered(client: Client, address: str, shown: str) -> None:
    found = client.get(address).json()
    assert alike(json.loads(shown), found), found


@pytest.mark.parametrize(
    ("shown", "found", "expected"),
    [
        ({"a": "x…z"}, {"a": "xyz"}, True),
        ({"a": "x…z"}, {"a": "xy"}, False),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, False),
        ([1], [1, 2], False),
        ({"a": None}, {"a": "y"}, False),
        ("…", None, False),
    ],
)
def test_how_examples_are_compared(shown: Any, found: Any, expected: bool) -> None:
    assert alike(shown, found) is expected


def test_the_page_takes_everything_from_this_site(client: Client) -> None:
    response = client.get("/api/v1/docs/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "unsafe" not in response["Content-Security-Policy"]
    assert re.findall(r'<script src="([^"]+)" defer></script>', page) == [
        "/static/swagger-ui/swagger-ui-bundle.js",
        "/static/js/api.js",
    ]
    assert page.count("<script") == 2
    assert 'data-schema="/api/v1/openapi.json"' in page
    assert re.findall(r'<dt><a href="/api/v1/(\w+)/">/api/v1/\1/</a></dt>', page) == [
        "states",
        "agreements",
        "participations",
        "obligations",
        "commitments",
        "events",
        "claims",
        "sources",
        "scale",
        "coverage",
        "releases",
    ]
