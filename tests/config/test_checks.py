"""The system checks speak when something is wrong, and only then."""

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage

from alliances.config.checks import secret_key_is_private, static_files_are_collected

MANIFEST_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"


@pytest.mark.parametrize(("mode", "warnings"), [(0o600, []), (0o640, ["alliances.W001"])])
def test_secret_key_is_private(settings, tmp_path, mode, warnings):
    settings.DATA_DIR = tmp_path
    (tmp_path / "secret_key").touch(mode)
    assert [warning.id for warning in secret_key_is_private()] == warnings


def test_no_stored_key_is_fine(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert secret_key_is_private() == []


def test_static_files_are_not_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": MANIFEST_STORAGE}}
    assert [error.id for error in static_files_are_collected()] == ["alliances.E001"]


def test_static_files_are_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": MANIFEST_STORAGE}}
    staticfiles_storage.save_manifest()
    assert static_files_are_collected() == []


def test_plain_static_files_need_no_collecting():
    assert static_files_are_collected() == []
