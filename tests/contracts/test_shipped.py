"""Rules of what is shipped to run the site elsewhere: Dockerfile, compose.yaml, Caddyfile.

That they work is shown by `make test-deployment`; this is what can be read off them.
"""

import re
from typing import Any

import pytest
import yaml
from django.conf import settings

from alliances.gate.probes import ALIVE, READY

DOCKERFILE = (settings.BASE_DIR / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = (settings.BASE_DIR / "compose.yaml").read_text(encoding="utf-8")
CADDYFILE = (settings.BASE_DIR / "Caddyfile").read_text(encoding="utf-8")
SERVICES: dict[str, Any] = yaml.safe_load(COMPOSE)["services"]
APPS = {name: said for name, said in SERVICES.items() if "build" in said}
SETTINGS = (settings.BASE_DIR / "alliances/config/settings.py").read_text(encoding="utf-8")
IMAGE = r"[a-z]+:\d+\.\d+(\.\d+)?(-[a-z]+)*"


def test_images_are_pinned_and_come_from_nowhere_in_particular() -> None:
    named = re.findall(r"(?m)^FROM (\S+)$", DOCKERFILE)
    named += [said["image"] for said in SERVICES.values() if "build" not in said]
    assert len(named) == 3
    assert all(re.fullmatch(IMAGE, name) for name in named)


def test_only_what_is_locked_is_installed() -> None:
    (install,) = re.findall(r"pip install (.*)", DOCKERFILE)
    assert install.endswith("--require-hashes -r requirements/run.txt")
    assert "index" not in install


def test_two_instances_that_differ_in_nothing() -> None:
    assert list(APPS) == ["app-1", "app-2"]
    assert APPS["app-1"] == APPS["app-2"]


def test_secrets_come_from_the_environment_and_have_no_default() -> None:
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD"):
        uses = re.findall(rf"\$\{{{name}[^}}]*\}}", COMPOSE)
        assert set(uses) == {f"${{{name}:?}}"}
    assert "ENV SECRET_KEY" not in DOCKERFILE
    assert "ARG" not in DOCKERFILE


@pytest.mark.parametrize("name", APPS["app-1"]["environment"])
def test_an_instance_is_told_only_what_the_settings_read(name: str) -> None:
    assert f'"{name}"' in SETTINGS


def test_probes_are_asked_by_their_addresses() -> None:
    assert f":8000{ALIVE}'" in DOCKERFILE
    assert f":8000{READY}'" in " ".join(APPS["app-1"]["healthcheck"]["test"])
    assert f"health_uri {READY}\n" in CADDYFILE


def test_no_instance_is_root_nor_reachable_past_the_proxy() -> None:
    assert re.findall(r"(?m)^USER (\d+):(\d+)$", DOCKERFILE) == [("10001", "10001")]
    assert [name for name, said in SERVICES.items() if "ports" in said] == ["proxy"]
    assert APPS["app-1"]["cap_drop"] == ["ALL"]
    assert not any(said.get("privileged") or "user" in said for said in SERVICES.values())
