"""Reads a page as a reader would: words without markup, tables as rows."""

import re
from html import unescape

from django.test import Client


def words(html: str) -> str:
    """What a reader sees of a piece of HTML."""
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
    return re.sub(r" ([,.;:])", r"\1", text)


def table_rows(page: str) -> list[list[str]]:
    """The cells of every row with a row header, in order, as words."""
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    found = [[words(cell) for cell in row] for row in cells if row]
    return [row for row, source in zip(found, rows, strict=True) if 'scope="row"' in source]


def get(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()
