"""Backup and restore as an operator runs them, on a database that a server has open."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.backups.stored import execute, stored, tables
from tests.cache.site import Site, database, site  # noqa: F401
from tests.config.running import manage

# Without it no database is made where these tests run alone.
pytestmark = pytest.mark.django_db

VERSION = "alliances_dataversion"
DAMAGE = [
    "UPDATE alliances_state SET name = 'Quagmiria' WHERE ref = 'TGO'",
    "DELETE FROM alliances_historicalsource",
    "UPDATE alliances_dataversion SET number = number + 40",
    "INSERT INTO django_content_type (app_label, model) VALUES ('left', 'over')",
]


def test_all_comes_back_and_every_worker_shows_it_at_once(
    database: str,  # noqa: F811
    site: Site,  # noqa: F811
    tmp_path: Path,
) -> None:
    before = stored(database)
    code, out, errors = manage(tmp_path, "backup", DATABASE_URL=database)
    (backup,) = (tmp_path / "backups").iterdir()
    held = f"{len(tables(database))} tables, {sum(map(len, before.values()))} rows"
    assert (code, errors) == (0, "")
    assert out.startswith(f"{backup}: {held}, ")
    assert (backup.stat().st_mode & 0o777, backup.parent.stat().st_mode & 0o777) == (0o600, 0o700)

    for statement in DAMAGE:
        execute(database, statement)
    assert all("Quagmiria" in page for page in site.pages("/states/togo/"))
    ((number,),) = execute(database, f"SELECT number FROM {VERSION}")  # noqa: S608
    code, out, errors = manage(tmp_path, "restore", str(backup), DATABASE_URL=database)
    assert (code, errors) == (0, "")
    assert f": {held}, checksums as they were.\n" in out
    assert not any("Quagmiria" in page for page in site.pages("/states/togo/"))

    after = stored(database)
    old, new = before.pop(VERSION)[0], after.pop(VERSION)[0]
    assert after == before
    assert (new[1], new[2] > old[2]) == (number + 1, True)
    # New rows go on from the old numbers, on PostgreSQL by sequences of their own.
    highest = max(row[0] for row in before["django_content_type"])
    added = execute(database, f"{DAMAGE[-1]} RETURNING id")
    assert added == [(highest + 1,)]


@pytest.mark.usefixtures("site")
def test_what_does_not_hold_the_rows_that_it_names_changes_nothing(
    database: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    """Found last of all: on PostgreSQL when every table has been replaced already."""
    backup, forged = tmp_path / "backup.zip", tmp_path / "forged.zip"
    assert manage(tmp_path, "backup", str(backup), DATABASE_URL=database)[0] == 0
    packing = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(backup) as whole, zipfile.ZipFile(forged, "w", packing) as other:
        manifest = json.loads(whole.read("manifest.json"))
        manifest["tables"]["alliances_state"]["checksum"] = "0"
        other.writestr("manifest.json", json.dumps(manifest))
        other.writestr("database", whole.read("database"))
    execute(database, DAMAGE[0])
    before = stored(database)
    code, out, errors = manage(tmp_path, "restore", str(forged), DATABASE_URL=database)
    assert (code, out, errors.count("\n")) == (1, "", 1)
    assert errors.startswith("CommandError: ")
    assert "does not hold the rows that it names" in errors
    assert stored(database) == before


def test_into_an_empty_place(
    database: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    if not database.startswith("sqlite"):
        pytest.skip("a database of PostgreSQL is made by its owner")
    backup = tmp_path / "backup.zip"
    assert manage(tmp_path, "backup", str(backup), DATABASE_URL=database)[0] == 0
    new = f"sqlite:///{tmp_path}/new.sqlite3"
    assert manage(tmp_path, "restore", str(backup), DATABASE_URL=new)[0] == 0
    there, here = stored(new), stored(database)
    del there[VERSION], here[VERSION]
    assert there == here


def test_without_records_there_is_nothing_to_keep(tmp_path: Path) -> None:
    assert manage(tmp_path, "backup") == (
        1,
        "",
        "CommandError: There is nothing to keep: the database has no records' tables.\n",
    )
    assert list((tmp_path / "backups").iterdir()) == []
