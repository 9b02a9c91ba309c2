"""Files as a program reads them: CSV, workbook and JSON to rows of the same shape."""

import csv
import json
from collections.abc import Mapping
from io import BytesIO, StringIO
from typing import Any
from urllib.parse import urlencode

import openpyxl
from django.test import Client

Rows = list[dict[str, Any]]


def fetched(client: Client, address: str, params: Mapping[str, Any], form: str) -> bytes:
    """The body of a file under these parameters."""
    asked = urlencode({**params, "format": form}, doseq=True)
    response = client.get(f"{address}?{asked}")
    assert response.status_code == 200, (address, asked)
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def csv_rows(body: bytes) -> Rows:
    return list(csv.DictReader(StringIO(body.decode("utf-8-sig"), newline="")))


def xlsx_rows(body: bytes) -> Rows:
    sheet = openpyxl.load_workbook(BytesIO(body)).worksheets[0]
    names, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def json_rows(body: bytes) -> Rows:
    found: Rows = json.loads(body)["rows"]
    return found


def as_cell(value: Any) -> Any:
    """What a workbook's cell holds for a JSON value."""
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    dangerous = isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{value}" if dangerous else value or (None if value == "" else value)


def as_csv(value: Any) -> str:
    """What a CSV has for a JSON value."""
    cell = as_cell(value)
    if isinstance(cell, bool):
        return str(cell).lower()
    return "" if cell is None else str(cell)
