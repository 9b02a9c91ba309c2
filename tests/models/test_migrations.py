"""The migrations go forwards, backwards and forwards again, and carry what was there before."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

ALIAS = "migrations"
BEFORE_THE_SEARCH = ("alliances", "0002_search_text")


@pytest.fixture
def scratch(tmp_path: Path, settings: Any, django_db_blocker: Any) -> Iterator[Any]:
    """An empty database of the kind under test; the suite's own has its tables from the models."""
    settings.MIGRATION_MODULES = {}
    own = dict(connections["default"].settings_dict)
    is_file = own["ENGINE"].endswith("sqlite3")
    name = str(tmp_path / "scratch.sqlite3") if is_file else f"{own['NAME']}_migrations"
    with django_db_blocker.unblock():
        connections.databases[ALIAS] = own | {"NAME": name, "TEST": own["TEST"] | {"NAME": name}}
        connection = connections[ALIAS]
        try:
            connection.creation._create_test_db(verbosity=0, autoclobber=True)
            yield connection
        finally:
            connection.close()
            connection.creation._destroy_test_db(name, verbosity=0)
            del connections[ALIAS], connections.databases[ALIAS]


def migrate(connection: Any, app: str, name: str | None) -> Any:
    """Bring the database to a migration (None: to before the first); its models at that point."""
    executor = MigrationExecutor(connection)
    executor.migrate([(app, name)])
    return MigrationExecutor(connection).loader.project_state([(app, name)] if name else []).apps


def newest(connection: Any) -> str:
    (leaf,) = MigrationExecutor(connection).loader.graph.leaf_nodes("alliances")
    return str(leaf[1])


def tables(connection: Any) -> set[str]:
    """The app's own tables."""
    return {
        name for name in connection.introspection.table_names() if name.startswith("alliances_")
    }


def plant(apps: Any) -> None:
    """A state, and three versions of it: the loader's, an editor's, and nobody's."""
    columns: dict[str, Any] = {
        "ref": "TGO",
        "name": "Togo",
        "slug": "togo",
        "official_name": "Togolese Republic",
        "name_ru": "Того",
        "region": "Africa",
        "subregion": "Western Africa",
        "other_names": ["Togoland"],
    }
    state = apps.get_model("alliances", "State").objects.using(ALIAS).create(**columns)
    editor = apps.get_model("auth", "User").objects.using(ALIAS).create(username="ed")
    versions = apps.get_model("alliances", "HistoricalState").objects.using(ALIAS)
    for user, reason in ((None, "First load of the dossier"), (editor, "Typo"), (None, "Typo")):
        versions.create(
            id=state.pk,
            history_date="2026-01-01T00:00Z",
            history_user=user,
            history_change_reason=reason,
            history_type="~",
            **columns,
        )


def carried(apps: Any) -> tuple[list[Any], list[str]]:
    """What the search reads, and who wrote the versions in turn."""
    texts = apps.get_model("alliances", "SearchText").objects.using(ALIAS)
    versions = apps.get_model("alliances", "HistoricalState").objects.using(ALIAS)
    return (
        list(texts.values_list("noun", "folded")),
        list(versions.order_by("history_id").values_list("history_by", flat=True)),
    )


def number(connection: Any) -> int:
    """The data's number, as its migration left it."""
    apps = MigrationExecutor(connection).loader.project_state().apps
    return apps.get_model("alliances", "DataVersion").objects.using(ALIAS).get(pk=1).number


def test_forwards_backwards_and_forwards_again(scratch: Any) -> None:
    """To before the first from the few tables of the beginning: on the way back from the newest
    the later migrations are undone anyway, with rows in their tables.
    """
    migrate(scratch, *BEFORE_THE_SEARCH)
    assert tables(scratch)
    migrate(scratch, "alliances", None)
    assert tables(scratch) == set()
    plant(migrate(scratch, *BEFORE_THE_SEARCH))
    first = tables(scratch)
    last = newest(scratch)
    expected = (
        [("state", "togo\ntogolese republic\nтого\ntogoland\ntgo")],
        ["(loader)", "ed", ""],
    )
    assert carried(migrate(scratch, "alliances", last)) == expected
    assert number(scratch) == 0
    there = tables(scratch)
    apps = migrate(scratch, *BEFORE_THE_SEARCH)
    assert apps.get_model("alliances", "State").objects.using(ALIAS).get().name_ru == "Того"
    assert not apps.get_model("alliances", "SearchText").objects.using(ALIAS).exists()
    assert tables(scratch) == first
    assert carried(migrate(scratch, "alliances", last)) == expected
    assert tables(scratch) == there
