"""How tests call the API: one answer as plain values, or all rows of a list over its cursors."""

from typing import Any

from django.http import QueryDict
from django.test import Client

HOST = "http://testserver"
API = "/api/v1/"


def ask(client: Client, address: str, code: int = 200, **headers: Any) -> Any:
    """The answer at an address below /api/v1/, whose status must be `code`."""
    response = client.get(API + address, headers=headers or None)
    assert response.status_code == code, response.content
    return response.json()


def all_rows(client: Client, table: str, parameters: dict[str, list[str]]) -> list[dict[str, Any]]:
    """Every row of a list, part by part as `next` leads, each part of one day and data version."""
    query = QueryDict(mutable=True)
    for name, values in parameters.items():
        query.setlist(name, values)
    parts = [ask(client, f"{table}/?{query.urlencode()}")]
    while parts[-1]["next"]:
        parts.append(ask(client, parts[-1]["next"].removeprefix(HOST + API)))
    assert len({(part["count"], part["day"], part["data_version"]) for part in parts}) == 1
    rows = [row for part in parts for row in part["results"]]
    assert len(rows) == parts[0]["count"]
    return rows
