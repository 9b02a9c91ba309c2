"""Load and export are each other's inverse; a reload writes nothing; the first load is one entry."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alliances.dossier.exporter import export_dossier
from alliances.dossier.loader import load_dossier
from alliances.dossier.reader import read_dossier
from alliances.dossier.records import Change
from alliances.models import Agreement
from alliances.models.base import LOADER, Tracked
from alliances.proposals.newer import propose

pytestmark = pytest.mark.django_db
FOLDER = settings.BASE_DIR / "fixtures" / "dossier"


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.yaml")}


def test_what_is_exported_is_what_was_loaded_to_the_byte(tmp_path: Path) -> None:
    export_dossier(tmp_path)
    assert texts(tmp_path) == texts(FOLDER)


def test_an_export_loads_into_an_empty_database_and_exports_the_same(
    empty_db: None, tmp_path: Path
) -> None:
    assert not Agreement.objects.exists()
    report = load_dossier(read_dossier(FOLDER), Change("again"), propose)
    assert (len(report.created), report.unchanged) == (1151, 0)
    export_dossier(tmp_path)
    assert texts(tmp_path) == texts(FOLDER)


def test_a_reload_that_changes_nothing_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with CaptureQueriesContext(connection) as queries:
        call_command("load_dossier")
    assert capsys.readouterr().out == "Dossier: 0 created, 0 updated, 1151 unchanged.\n"
    written = [q["sql"] for q in queries if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert written == []


def test_the_first_load_is_one_entry_in_the_history_of_every_row() -> None:
    tracked = [m for m in apps.get_app_config("alliances").get_models() if issubclass(m, Tracked)]
    assert len(tracked) == 19
    for model in tracked:
        rows = model.history.values_list("history_type", "history_change_reason", "history_by")
        assert set(rows) <= {("+", "First load of the dossier", LOADER)}
        assert model.history.count() == model.objects.count()  # type: ignore[attr-defined]
