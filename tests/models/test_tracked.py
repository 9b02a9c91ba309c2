"""Writes that leave no history are refused when they are tried, and found before they are."""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from alliances.models import Agreement, Obligation, Source, State
from alliances.models.base import SilentWrite, Tracked, TrackedQuerySet

TRACKED = [
    each for each in apps.get_app_config("alliances").get_models() if issubclass(each, Tracked)
]
TOGO = "rus-tgo-military-cooperation-2025"


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_every_door_to_a_tracked_model_is_guarded(model: Any) -> None:
    for manager in (model.objects, model._default_manager, model._base_manager):
        assert isinstance(manager.get_queryset(), TrackedQuerySet)


def write(name: str, rows: Any) -> None:
    arguments = {
        "update": {},
        "bulk_create": {"objs": []},
        "bulk_update": {"objs": [], "fields": ["ref"]},
        "_raw_delete": {"using": "default"},
    }
    getattr(rows, name)(**arguments[name])


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["update", "bulk_create", "bulk_update", "_raw_delete"])
@pytest.mark.parametrize(
    "rows",
    [
        lambda: Agreement.objects.all(),
        lambda: Source._default_manager.filter(ref="x"),
        lambda: State._base_manager.all(),
        lambda: Agreement.objects.get(ref=TOGO).obligations.all(),
        lambda: Obligation.objects.filter(ref="x").exclude(ref="y").order_by("pk"),
    ],
)
def test_rows_are_not_written_many_at_once(rows: Callable[[], Any], name: str) -> None:
    with pytest.raises(SilentWrite, match="leaves no history"):
        write(name, rows())


@pytest.mark.django_db
def test_a_related_manager_writes_past_nothing_either() -> None:
    agreement = Agreement.objects.get(ref=TOGO)
    with pytest.raises(SilentWrite):
        agreement.obligations.add(*Obligation.objects.all()[:1])
    assert agreement.obligations.count() == 3


@pytest.mark.django_db
def test_what_is_written_row_by_row_is_free_and_leaves_its_trace() -> None:
    source, made = Source.objects.get_or_create(
        ref="new", defaults={"title": "New", "kind": "news", "language": "en", "seen": "page"}
    )
    assert made
    Source.objects.update_or_create(ref="new", defaults={"title": "Newer"})
    Source.objects.filter(ref="new").delete()
    trace = Source.history.filter(id=source.pk or 0) | Source.history.filter(ref="new")
    assert [row.history_type for row in trace.order_by("history_id")] == ["+", "~", "-"]


@pytest.mark.django_db
def test_what_goes_with_its_owner_leaves_its_trace() -> None:
    clause = Obligation.objects.filter(mutual=False).first()
    assert clause is not None
    sides = clause.sides.count()
    traced = clause.sides.model.history.filter(obligation=clause.pk, history_type="-")
    Obligation.objects.filter(pk=clause.pk).delete()
    assert (sides > 0, traced.count()) == (True, sides)


# The static search: what runs past every queryset, and so past the guard.

BY_NAME = {"bulk_create", "bulk_update", "_raw_delete", "_update", "_insert"}
BY_NAME |= {"abulk_create", "abulk_update", "aupdate"}
RAW = {"cursor", "executescript", "executemany", "execute", "raw", "RawSQL", "RunSQL", "extra"}
PLAIN = {"QuerySet", "UpdateQuery", "DeleteQuery", "InsertQuery"}
MANAGERS = {
    "objects",
    "_default_manager",
    "_base_manager",
    "all",
    "filter",
    "exclude",
    "get_queryset",
}
# Raw cursors by which nothing is written: what a SELECT of Django's gives; how a transaction reads.
ONLY_READ = {
    "backups/postgresql.py": ("moment.execute",),  # at one moment, beside pg_dump
    # On the copy, which is one file of its own: what is put back is whole, histories included.
    "backups/sqlite.py": ("database.execute", "target.execute", "source.execute"),
    "cache/commits.py": ("connection.execute",),  # pragmas that tell
    "management/alone.py": ("connection.cursor", "cursor.execute"),  # an advisory lock
    "models/data_version.py": ("connection.connection.execute",),
    "queries/raw.py": ("cursor.execute",),
    "releases/build.py": ("connection.cursor", "cursor.execute"),
}
# The derived tables and the loader's memory are no records: nobody edits them.
DERIVED = {"AgreementSpan", "Commitment", "CommitmentSpan", "LoadedRecord", "SearchText"}


def called(node: ast.Call) -> str:
    """The name that is called, without what it is called on."""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def chain(node: ast.AST) -> set[str]:
    """Every name in what a method is called on."""
    names = {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}
    return names | {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def silent_writes(source: str) -> list[str]:
    """Calls that would leave no history, each with its line."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name, on = called(node), chain(node.func)
        many = name in BY_NAME or (name in ("update", "aupdate") and on & MANAGERS)
        if (many and not on & DERIVED) or name in RAW | PLAIN:
            found.append(f"{ast.unparse(node.func)} in line {node.lineno}")
    return found


def test_no_code_writes_past_the_history() -> None:
    home = Path(settings.BASE_DIR, "alliances")
    files = [file for file in home.rglob("*.py") if file.parent.name != "migrations"]
    found = {
        (name := str(file.relative_to(home))): [
            each
            for each in silent_writes(file.read_text(encoding="utf-8"))
            if each.partition(" in line ")[0] not in ONLY_READ.get(name, ())
        ]
        for file in files
    }
    assert {file: calls for file, calls in found.items() if calls} == {}


@pytest.mark.parametrize(
    "planted",
    [
        "State.objects.filter(ref='X').update(name='Y')",
        "agreement.obligations.all().update(note='')",
        "State._default_manager.bulk_create(rows)",
        "rows = State.objects\nrows.bulk_update(some, ['name'])",
        "connection.cursor()",
        "with connection.cursor() as c:\n    c.fetchall()",
        "cursor.execute('UPDATE alliances_state SET name = 1')",
        "State.objects.raw('DELETE FROM alliances_state RETURNING id')",
        "QuerySet(State).update(name='Y')",
        "sql.UpdateQuery(State)",
        "await State.objects.all().aupdate(name='Y')",
    ],
)
def test_the_search_finds_what_it_is_for(planted: str) -> None:
    source = f"async def write():\n    {planted.replace(chr(10), chr(10) + '    ')}"
    assert silent_writes(source) != []


@pytest.mark.parametrize(
    "clean",
    [
        "Commitment.objects.bulk_create([])",
        "SearchText.objects.filter(pk=1).update(folded='')",
        "waiting.update(found)",
        "form.update({'a': 1})",
        "record.save()",
        "AgreementSpan.objects.filter(agreement=agreement).delete()",
    ],
)
def test_the_search_lets_the_rest_pass(clean: str) -> None:
    assert silent_writes(clean) == []


def test_a_plain_queryset_is_not_guarded() -> None:
    """So the tests may plant what the guard would refuse; the search finds it in the app."""
    assert not isinstance(models.QuerySet(State), TrackedQuerySet)


def test_the_versions_manager_has_one_class_for_all_models() -> None:
    assert type(State.history) is type(Source.history)
    assert State.history.model is not Source.history.model
