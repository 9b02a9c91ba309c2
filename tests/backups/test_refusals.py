"""What is damaged, foreign or in the way is refused in clear words, before the database is asked."""

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from alliances.backups import BackupRefused, back_up, restore
from alliances.backups.archive import unpack


@pytest.fixture(autouse=True, scope="module")
def unblocked(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The tests' database as it is committed: nobody backs up inside a transaction that writes."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def made(unblocked: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path, _manifest = back_up(tmp_path_factory.mktemp("made") / "backup.zip")
    return path


@pytest.fixture
def backup(made: Path, tmp_path: Path) -> Path:
    """A backup for this test alone."""
    return Path(shutil.copy(made, tmp_path))


@pytest.fixture(autouse=True)
def untouched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise AssertionError("the database was written")

    for engine in ("sqlite", "postgresql"):
        monkeypatch.setattr(f"alliances.backups.{engine}.put_back", refuse)


def refusal(path: Path) -> str:
    with pytest.raises(BackupRefused) as refused:
        restore(path)
    return str(refused.value)


def is_damaged(path: Path) -> bool:
    return refusal(path) == (
        f"{path} is damaged or no backup of this site. The database is as it was."
    )


def with_manifest(backup: Path, **different: Any) -> Path:
    """The backup with a manifest that says something else."""
    other = backup.with_name("other.zip")
    with (
        zipfile.ZipFile(backup) as whole,
        zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        manifest = json.loads(whole.read("manifest.json")) | different
        archive.writestr("manifest.json", json.dumps(manifest))
        archive.writestr("database", whole.read("database"))
    return other


def test_a_truncated_file(backup: Path) -> None:
    whole = backup.read_bytes()
    for length in (0, 1, 100, len(whole) // 2, len(whole) - 1):
        backup.write_bytes(whole[:length])
        assert is_damaged(backup), length


def test_any_flipped_bit_is_found_or_does_no_harm(backup: Path) -> None:
    """Flags and times that nobody reads may differ; what is read is what was packed, or refused."""
    whole = backup.read_bytes()
    backup.unlink()
    wanted = None

    @hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.differing_executors])
    @given(st.integers(0, len(whole) - 1) | st.integers(1, 400).map(lambda n: len(whole) - n))
    def flip(place: int) -> None:
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        copy = backup.with_name("copy")
        copy.unlink(missing_ok=True)
        try:
            assert unpack(backup, copy) == wanted
        except BackupRefused as refused:
            assert "is damaged or no backup" in str(refused)  # noqa: PT017

    backup.write_bytes(whole)
    wanted = unpack(backup, backup.with_name("wanted"))
    flip()


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_packing_is_not_even_read(backup: Path, packing: int) -> None:
    """One flipped bit says so, and what unpacks it then fails in its own manner."""
    with zipfile.ZipFile(backup) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    with zipfile.ZipFile(backup, "w", packing) as other:
        for name, part in parts.items():
            other.writestr(name, part)
    assert is_damaged(backup)


@pytest.mark.parametrize(
    "different",
    [{"format": 2}, {"sha256": "0" * 64}, {"size": 1}, {"tables": []}, {"more": 1}],
)
def test_a_manifest_that_is_not_of_this_copy(backup: Path, different: dict[str, Any]) -> None:
    assert is_damaged(with_manifest(backup, **different))


def test_a_zip_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("photo", "…")
    assert is_damaged(path)


def test_another_kind_of_database(backup: Path) -> None:
    other = with_manifest(backup, engine="dbase")
    assert refusal(other) == (
        f"{other} is of dbase, and this site keeps its records in {connection.vendor}."
    )


def test_a_newer_version_of_the_site(backup: Path) -> None:
    other = with_manifest(backup, migrations=["alliances.9999_moon"])
    assert refusal(other) == (
        f"{other} was made by a newer version of this site: alliances.9999_moon."
    )


def test_no_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.zip") == f"{tmp_path}/gone.zip: No such file or directory"


def test_a_backup_never_takes_another_files_place(backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(BackupRefused) as refused:
        back_up(backup)
    assert str(refused.value) == f"{backup} exists and stays as it is."
    assert backup.read_bytes() == before
    assert [path.name for path in backup.parent.iterdir()] == ["backup.zip"]


def test_a_folder_gets_a_file_with_the_moments_name(tmp_path: Path) -> None:
    path, manifest = back_up(tmp_path)
    assert re.fullmatch(r"backup-\d{8}T\d{6}Z\.zip", path.name)
    assert manifest.tables["alliances_agreement"].rows == 115


def test_a_program_that_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite needs no program")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupRefused) as refused:
        back_up(tmp_path / "backup.zip")
    assert str(refused.value) == (
        "pg_dump is not installed here: it comes with PostgreSQL's client."
    )
