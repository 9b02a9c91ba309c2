"""Writes that leave no history (`.update()`, `bulk_*`, raw deletion) touch no tracked model."""

import ast
from pathlib import Path

from django.conf import settings

SILENT = {"bulk_create", "bulk_update", "update", "_raw_delete", "abulk_create", "aupdate"}
# The derived tables and the loader's memory are no records: nobody edits them.
ALLOWED = {"AgreementSpan", "Commitment", "CommitmentSpan", "LoadedRecord", "SearchText"}


def silent_writes(source: str) -> list[str]:
    """Calls on a model's manager or a queryset that would leave no history."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            call = ast.unparse(node.func)
            if node.func.attr in SILENT and ".objects" in call:
                model = call.split(".objects")[0].rpartition(".")[2]
                if model not in ALLOWED:
                    found.append(f"{call} in line {node.lineno}")
    return found


def test_no_code_writes_past_the_history() -> None:
    files = Path(settings.BASE_DIR, "alliances").rglob("*.py")
    found = {str(file): silent_writes(file.read_text(encoding="utf-8")) for file in files}
    assert {file: calls for file, calls in found.items() if calls} == {}


def test_the_search_finds_what_it_is_for() -> None:
    planted = "State.objects.filter(ref='X').update(name='Y')\nCommitment.objects.bulk_create([])"
    assert silent_writes(planted) == ["State.objects.filter(ref='X').update in line 1"]
