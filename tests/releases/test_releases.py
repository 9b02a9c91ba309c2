"""A release is whole, described, checked by an independent judge, and never changes."""

import csv
import hashlib
import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from frictionless import validate

from alliances.columns import TABLES
from alliances.models import DataVersion
from alliances.releases import RELEASES, AlreadyReleased, Release, build_release, released

DAY = date(2026, 4, 30)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty place for releases."""
    monkeypatch.setattr(settings, "RELEASES_DIR", tmp_path / "releases")
    return tmp_path / "releases"


@pytest.fixture
def release(shelf: Path) -> Release:
    """The release of 30 April 2026, with quotations."""
    return build_release(DAY, quotations=True)


def rows_in(archive: ZipFile, name: str) -> list[dict[str, str]]:
    text = archive.read(name).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def test_frictionless_finds_no_fault(release: Release, tmp_path: Path) -> None:
    with ZipFile(release.file) as archive:
        archive.extractall(tmp_path / "open")
    report = validate(tmp_path / "open" / "datapackage.json")
    assert [error.message for task in report.tasks for error in task.errors] == []
    assert report.valid
    assert report.stats["tasks"] == 17


def test_every_file_has_its_checksum_and_the_whole_its_own(release: Release) -> None:
    with ZipFile(release.file) as archive:
        sums = archive.read("SHA256SUMS").decode().splitlines()
        found = {name: digest for digest, name in (line.split("  ") for line in sums)}
        names = [name for name in archive.namelist() if name != "SHA256SUMS"]
        assert sorted(found) == sorted(names)
        assert {n: hashlib.sha256(archive.read(n)).hexdigest() for n in names} == found
    whole = release.file.read_bytes()
    assert (hashlib.sha256(whole).hexdigest(), len(whole)) == (release.sha256, release.size)


def test_it_holds_all_rows_and_the_records_they_come_from(release: Release) -> None:
    with ZipFile(release.file) as archive:
        counts = {name: len(rows_in(archive, f"data/{name}.csv")) for name in release.rows}
        agreements = yaml.safe_load(archive.read("dossier/agreements.yaml"))
        described = {row["table"] for row in rows_in(archive, "dictionary.csv")}
        readme = archive.read("README.md").decode()
    assert counts == dict(release.rows)
    assert counts["agreements"] == len(agreements) == 115
    assert (counts["sources"], counts["events"], counts["states"]) == (676, 74, 32)
    assert described == set(counts)
    assert f"Data version {DataVersion.objects.current().label}." in readme
    assert "2026-04 for 22 pairs, to 2026-06 for 3 pairs" in readme


def test_the_commitments_hold_on_its_day(release: Release) -> None:
    with ZipFile(release.file) as archive:
        rows = rows_in(archive, "data/commitments.csv")
    treaty = [r for r in rows if (r["promisor"], r["partner"], r["rank"]) == ("RUS", "PRK", "1")]
    assert [(row["article"], row["status"], row["status_since"]) for row in treaty] == [
        ("Art. 4", "in_force", "2024-12-04"),
        ("Art. 1", "ended", "1996-09-10"),
    ]


def test_without_quotations_nothing_is_left_that_is_not_ours(shelf: Path) -> None:
    release = build_release(DAY, quotations=False)
    with ZipFile(release.file) as archive:
        names = archive.namelist()
        clause = rows_in(archive, "data/obligations.csv")[0]
        claim = rows_in(archive, "data/claims.csv")[0]
        package = json.loads(archive.read("datapackage.json"))
    assert [name for name in names if name.startswith("dossier/")] == []
    assert {"codings", "member_spells", "differences", "datasets"} & set(release.rows) == set()
    assert "wording" not in clause
    assert "quote" not in claim
    assert all(resource["ours"] for resource in package["resources"])


def test_what_is_not_ours_is_marked(release: Release) -> None:
    with ZipFile(release.file) as archive:
        package = json.loads(archive.read("datapackage.json"))
        rows = rows_in(archive, "dictionary.csv")
    foreign = {each["name"] for each in package["resources"] if not each["ours"]}
    assert foreign == {"datasets", "codings", "member_spells", "differences"}
    assert not [each for each in package["resources"] if each["ours"] != ("licenses" in each)]
    marked = {(row["table"], row["column"]) for row in rows if row["ours"] == "no"}
    assert {pair for pair in marked if pair[0] not in foreign} == {
        ("obligations", "wording"),
        ("commitments", "wording"),
        ("claims", "quote"),
    }


def test_equal_data_give_equal_bytes(release: Release, shelf: Path) -> None:
    before = release.file.read_bytes()
    release.file.unlink()
    release.file.with_suffix(".json").unlink()
    assert build_release(DAY, quotations=True).sha256 == release.sha256
    assert release.file.read_bytes() == before


def test_a_release_is_never_written_again(release: Release, shelf: Path) -> None:
    before = release.file.read_bytes()
    with pytest.raises(AlreadyReleased, match=r"2026\.04\.30"):
        build_release(DAY, quotations=False)
    assert release.file.read_bytes() == before
    assert sorted(path.name for path in shelf.iterdir()) == [
        "military-commitments-2026.04.30.json",
        "military-commitments-2026.04.30.zip",
    ]


def test_a_run_that_fails_leaves_nothing(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("alliances.releases.build.readme", broken)
    with pytest.raises(OSError, match="No space"):
        build_release(DAY, quotations=True)
    assert list(shelf.iterdir()) == []
    assert released() == []


def test_the_command_builds_todays_and_says_so(shelf: Path, capsys: Any) -> None:
    call_command("build_release")
    (made,) = released()
    assert made.version == f"{date.today():%Y.%m.%d}"
    assert made.sha256 in capsys.readouterr().out
    with pytest.raises(CommandError, match="exists and stays as it is"):
        call_command("build_release")


# --- The pages


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_lists_releases_latest_first(
    client: Client, shelf: Path, django_assert_num_queries: Any, count: int
) -> None:
    days = [date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 2)][:count]
    shelf.mkdir()
    for day in days:
        version = f"{day:%Y.%m.%d}"
        Release(version, day, "2026-04-30.7", True, {"states": 32}, 2048, "f" * 64).describe()
    with django_assert_num_queries(1):
        page = client.get("/data/").content.decode()
    places = [page.index(f"/data/military-commitments-{d:%Y.%m.%d}.zip") for d in days]
    assert places == sorted(places, reverse=True)
    assert page.count("2.0\xa0KB") == count
    rows = json.loads(b"".join(client.get("/data/?format=json").streaming_content))["rows"]  # type: ignore[attr-defined]
    assert [row["version"] for row in rows] == [f"{day:%Y.%m.%d}" for day in reversed(days)]


def test_a_release_is_downloaded_whole(client: Client, release: Release) -> None:
    response = client.get("/data/military-commitments-2026.04.30.zip")
    assert b"".join(response.streaming_content) == release.file.read_bytes()  # type: ignore[attr-defined]
    assert response["Content-Type"] == "application/zip"
    expected = 'attachment; filename="military-commitments-2026.04.30.zip"'
    assert response["Content-Disposition"] == expected


@pytest.mark.parametrize("version", ["2026.04.29", "../../secret_key", "2026.04.30.json"])
def test_only_releases_are_served(client: Client, release: Release, version: str) -> None:
    assert client.get(f"/data/military-commitments-{version}.zip").status_code == 404


def test_an_empty_shelf_says_so(client: Client, shelf: Path) -> None:
    assert "No release has been made yet." in client.get("/data/").content.decode()


def test_the_dictionary_names_every_column(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        page = client.get("/data/dictionary/").content.decode()
    columns = sum(len(table.columns) for table in (*TABLES, RELEASES))
    assert page.count('<th scope="row"><code>') == columns
    assert "<dt><code>armed_attack</code></dt>" in page
