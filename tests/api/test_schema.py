"""The schema is valid, complete and true of every row."""

import json
from io import StringIO
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from jsonschema import Draft202012Validator

from alliances.api.endpoints import ENDPOINTS
from alliances.models import Agreement, State
from alliances.partial_dates import PATTERN
from alliances.releases import RELEASES
from tests.api.calls import all_rows, ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema(client: Client) -> Any:
    return ask(client, "openapi.json")


def operations(schema: Any) -> dict[str, Any]:
    """What can be asked, by its id."""
    found = {}
    for methods in schema["paths"].values():
        assert list(methods) == ["get"]
        found[methods["get"]["operationId"]] = methods["get"]
    return found


def parameters(schema: Any, operation: str) -> dict[str, Any]:
    return {found["name"]: found for found in operations(schema)[operation].get("parameters", [])}


def test_it_is_valid_and_made_without_a_warning(client: Client, schema: Any) -> None:
    out = StringIO()
    options = {"validate": True, "fail_on_warn": True, "format": "openapi-json"}
    call_command("spectacular", stdout=out, **options)
    assert json.loads(out.getvalue()) == schema
    assert schema["openapi"] == "3.1.0"
    assert schema["info"]["license"]["identifier"] == "CC-BY-4.0"


def test_without_records_it_is_valid_too(empty_db: None) -> None:
    written = StringIO()
    call_command("spectacular", stdout=written, validate=True, fail_on_warn=True)
    paths = yaml.safe_load(written.getvalue())["paths"]
    assert len(paths) == 1 + 2 * len(ENDPOINTS)


def test_the_names_of_the_operations_never_change(schema: Any) -> None:
    expected = ["index"]
    for endpoint in ENDPOINTS:
        expected += [f"{endpoint.name}_list", f"{endpoint.name}_row"]
    assert sorted(operations(schema)) == sorted(expected)


def test_every_parameter_and_every_column_is_described(schema: Any) -> None:
    for operation in operations(schema).values():
        assert operation["summary"]
        assert operation["description"].endswith(".")
        for parameter in operation.get("parameters", []):
            assert parameter["description"].strip(), (operation["operationId"], parameter["name"])
    for endpoint in ENDPOINTS:
        columns = schema["components"]["schemas"][endpoint.name.capitalize()]["properties"]
        assert list(columns) == endpoint.table.names
        assert all(column["title"] and column["description"] for column in columns.values())


def test_the_parameters_are_those_of_the_page_and_those_of_the_api(schema: Any) -> None:
    own = ["page_size", "cursor", "fields"]
    assert list(parameters(schema, "agreements_list")) == [
        *("on", "q", "party", "family", "level", "status", "region", "kind", "force"),
        *("disclosure", "sort", *own),
    ]
    assert list(parameters(schema, "scale_list")) == own
    assert list(parameters(schema, "obligations_row")) == ["key", "on", "fields"]
    assert list(parameters(schema, "states_row")) == ["key", "fields"]


def test_what_a_parameter_takes(schema: Any) -> None:
    found = parameters(schema, "commitments_list")
    assert found["family"]["schema"] == {
        "type": "array",
        "items": {
            "type": "string",
            "enum": ["defence", "consultation", "restraint", "cooperation", "unranked"],
        },
    }
    assert found["promisor"]["schema"]["items"]["enum"] == list(
        State.objects.values_list("ref", flat=True)
    )
    assert found["page_size"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 500}
    assert (found["on"]["schema"]["format"], found["on"].get("required")) == ("date", None)
    assert "- `in_force`: In force" in found["status"]["description"]
    assert "-strength" in found["sort"]["schema"]["enum"]


def test_what_a_column_holds(schema: Any) -> None:
    columns = schema["components"]["schemas"]["Commitments"]["properties"]
    assert columns["rank"] == {
        "type": ["integer", "null"],
        "title": "Rank",
        "description": "The rung of the scale. Nothing: without a rank, which does not mean weak."
        " (1 is the strongest, 9 the last)",
    }
    assert columns["force"]["enum"][-1] is None
    assert columns["signed"]["pattern"] == PATTERN
    assert columns["cautions"]["type"] == "array"


def test_an_example_is_a_row_of_the_data(client: Client, schema: Any) -> None:
    found = operations(schema)["agreements_row"]
    key = parameters(schema, "agreements_row")["key"]["examples"]["FromTheData"]["value"]
    assert Agreement.objects.filter(ref=key).exists()
    content = found["responses"]["200"]["content"]["application/json"]
    example = content["examples"]["FromTheData"]["value"]
    day = example["day"]
    assert example["result"] == ask(client, f"agreements/{key}/?on={day}")["result"]


def test_refusals_are_problems(schema: Any) -> None:
    for name, operation in operations(schema).items():
        refused = {code: r for code, r in operation["responses"].items() if code >= "400"}
        assert list(refused) == ["400", *(["404"] if name.endswith("_row") else []), "406"]
        for response in refused.values():
            assert response["content"] == {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            }


@pytest.mark.parametrize(
    "name", [endpoint.name for endpoint in ENDPOINTS if endpoint.table != RELEASES]
)
def test_every_row_is_as_the_schema_says(client: Client, schema: Any, name: str) -> None:
    validator = Draft202012Validator(schema["components"]["schemas"][name.capitalize()])
    rows = all_rows(client, name, {"page_size": ["500"]})
    assert rows
    assert [error.message for row in rows for error in validator.iter_errors(row)] == []
