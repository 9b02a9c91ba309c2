"""The environment is read strictly: what makes no sense is refused with the variable's name."""

from stat import S_IMODE

import pytest
from django.core.exceptions import ImproperlyConfigured

from alliances.config.environment import (
    env_bool,
    env_contact,
    env_directory,
    env_list,
    env_state,
    stored_secret_key,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", True), ("TRUE", True), (" on ", True), ("0", False), ("no", False), ("", False)],
)
def test_bool(monkeypatch, text, value):
    monkeypatch.setenv("DEBUG", text)
    assert env_bool("DEBUG", False) is value


def test_bool_not_set(monkeypatch):
    monkeypatch.delenv("DEBUG", raising=False)
    assert env_bool("DEBUG", True) is True


def test_list(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "a.example, b.example,,")
    assert env_list("ALLOWED_HOSTS", ["localhost"]) == ["a.example", "b.example"]


def test_list_set_to_nothing(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", " , ")
    assert env_list("ALLOWED_HOSTS", ["localhost"]) == ["localhost"]


def test_state(monkeypatch):
    monkeypatch.setenv("FOCUS_STATE", "FRA")
    assert env_state("FOCUS_STATE", "RUS") == "FRA"


@pytest.mark.parametrize("text", ["fra", "FR", "FRAN", "ФРА", "FRA\nGBR"])
def test_state_that_is_no_code(monkeypatch, text):
    monkeypatch.setenv("FOCUS_STATE", text)
    with pytest.raises(ImproperlyConfigured) as refused:
        env_state("FOCUS_STATE", "RUS")
    assert str(refused.value) == f"FOCUS_STATE must be three capital letters, not {text!r}."


@pytest.mark.parametrize(
    "text", ["", "mailto:security@x.example", "https://x.example/report", "tel:+1-201-555-0123"]
)
def test_contact(monkeypatch, text):
    monkeypatch.setenv("SECURITY_CONTACT", text)
    assert env_contact("SECURITY_CONTACT") == text


@pytest.mark.parametrize(
    "text", ["security@x.example", "http://x.example", "mailto:", "https://a b"]
)
def test_contact_without_a_scheme(monkeypatch, text):
    monkeypatch.setenv("SECURITY_CONTACT", text)
    with pytest.raises(ImproperlyConfigured) as refused:
        env_contact("SECURITY_CONTACT")
    assert str(refused.value) == (
        f"SECURITY_CONTACT must begin with mailto:, https:// or tel:, not {text!r}."
    )


def test_directory_that_is_a_file(monkeypatch, tmp_path):
    occupied = tmp_path / "file"
    occupied.touch()
    monkeypatch.setenv("DATA_DIR", str(occupied))
    with pytest.raises(ImproperlyConfigured) as refused:
        env_directory("DATA_DIR", tmp_path)
    assert str(refused.value) == f"DATA_DIR {occupied} cannot be made: File exists."


def test_secret_key_is_made_once_for_its_owner_alone(tmp_path):
    path = tmp_path / "secret_key"
    key = stored_secret_key(path)
    assert len(key) == 50
    assert S_IMODE(path.stat().st_mode) == 0o600
    assert stored_secret_key(path) == key
    assert list(tmp_path.iterdir()) == [path]


def test_secret_key_of_a_faster_process_is_kept(tmp_path, monkeypatch):
    path = tmp_path / "secret_key"

    def faster_process() -> str:
        path.write_text("theirs")
        return "ours"

    monkeypatch.setattr("alliances.config.environment.get_random_secret_key", faster_process)
    assert stored_secret_key(path) == "theirs"


def test_empty_secret_key_is_refused(tmp_path):
    path = tmp_path / "secret_key"
    path.touch()
    with pytest.raises(ImproperlyConfigured, match="is empty"):
        stored_secret_key(path)
