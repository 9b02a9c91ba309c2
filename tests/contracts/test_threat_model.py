"""docs/threat-model.md: every row names tests, and every test that it names is there."""

import ast
import re

import pytest
from django.conf import settings

PAGE = (settings.BASE_DIR / "docs/threat-model.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ")][1:]


def test_every_row_has_its_parts_and_names_a_test() -> None:
    assert len(ROWS) > 20
    for row in ROWS:
        what, by, how, shown = (part.strip() for part in row.strip("|").split("|"))
        assert what, row
        assert set(by.split(", ")) <= set("VSEFL"), row
        assert how, row
        assert NAMED.sub("", shown).split() == [], row
        assert NAMED.search(shown), row


@pytest.mark.parametrize(("file", "test"), sorted(set(NAMED.findall(PAGE))))
def test_every_test_that_is_named_exists(file: str, test: str) -> None:
    source = ast.parse((settings.BASE_DIR / file).read_text(encoding="utf-8"))
    assert test in {node.name for node in ast.walk(source) if isinstance(node, ast.FunctionDef)}


def test_the_page_is_one_page() -> None:
    assert len(PAGE.splitlines()) < 60
