"""The one-way import order of the house (docs/decisions, DESIGN section 4), read from the sources.

A piece of the app may import only what its line below names, and itself. To change the plan,
change the line, and say why in a decision.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings

APP = "alliances"

WORDS = {"vocabulary", "partial_dates", "folding"}
ROOM_0 = WORDS | {"rules", "request_id"}
ROOM_1 = {"models"}
ROOM_2 = {"queries", "search", "commitments", "bitmaps"}
ROOM_3 = {"filtersets", "columns", "exports", "figures", "dossier", "releases", "cache", "gate"}
ROOM_3 |= {"proposals", "backups"}
ROOM_4 = {"views", "api", "admin", "templatetags", "management", "accounts"}

ROOMS = ROOM_0 | ROOM_1 | ROOM_2 | ROOM_3 | ROOM_4

# piece: the other pieces that it may import
MAY_IMPORT: dict[str, set[str]] = (
    {"vocabulary": set(), "partial_dates": set(), "folding": set(), "rules": WORDS}
    | {"request_id": set()}
    | dict.fromkeys(ROOM_1, ROOM_0)
    | dict.fromkeys(ROOM_2, ROOM_0 | ROOM_1 | ROOM_2)
    | dict.fromkeys(ROOM_3, ROOM_0 | ROOM_1 | ROOM_2)
    | {"exports": ROOM_0 | ROOM_1 | ROOM_2 | {"columns"}}  # columns and rows in, bytes out
    | {"releases": ROOM_0 | ROOM_1 | ROOM_2 | {"columns", "exports", "dossier"}}
    | {"proposals": ROOM_0 | ROOM_1 | ROOM_2 | {"dossier", "columns"}}
    | {"cache": ROOM_1}  # it keeps answers, and knows no page
    | {"backups": ROOM_1}  # tables and rows, whatever they mean
    | {"gate": ROOM_0 | ROOM_1 | {"exports"}}  # it refuses in the words that data formats have
    | {"figures": ROOM_0}  # plain rows in, shapes out
    | dict.fromkeys(ROOM_4, ROOM_0 | ROOM_1 | ROOM_2 | ROOM_3)
    | {"accounts": set()}  # it knows no record
    # Around the rooms: the site, the database's history, and Django's way in.
    | {
        "config": {"views", "api", "admin", "accounts", "cache", "gate", "request_id"},
        "migrations": ROOM_0 | ROOM_1,
        "__init__": set(),
    }
    | {"apps": ROOMS | {"config"}}
)
# Django reads this one before there are models, so it imports inside its functions.
LAZY = "apps"
# piece: what it may not import from outside the app
FOREIGN = {"rules": "django.db", "figures": "django.db"}


class Import(NamedTuple):
    """One imported module, under its full dotted name, and where."""

    target: str
    line: int
    at_once: bool


def imports(source: str, package: str) -> Iterator[Import]:
    """Every module that a source imports, wherever in the source, `package` being its own."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        at_once = node in tree.body
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno, at_once) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = package.split(".")
                above = parents[: len(parents) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            # A name may be a submodule: `from django import db`, `from alliances import models`.
            for alias in node.names:
                yield Import(f"{base}.{alias.name}", node.lineno, at_once)


def is_within(module: str, package: str) -> bool:
    """Whether a dotted name is the package or something in it."""
    return f"{module}.".startswith(f"{package}.")


def is_planned(piece: str, found: Import) -> bool:
    """Whether the plan lets this piece import that."""
    if not is_within(found.target, APP):
        return piece not in FOREIGN or not is_within(found.target, FOREIGN[piece])
    if piece == LAZY and found.at_once:
        return False
    return any(is_within(found.target, f"{APP}.{name}") for name in MAY_IMPORT[piece] | {piece})


def offences(path: str, source: str) -> list[str]:
    """What one file imports against the plan; `path` is relative to the app's folder."""
    parts = Path(path).with_suffix("").parts
    piece, package = parts[0], ".".join([APP, *parts[:-1]])
    if piece not in MAY_IMPORT:
        return [f"{path}: {piece} is not in the plan"]
    return [
        f"{path}:{found.line}: {piece} may not import {found.target}"
        for found in imports(source, package)
        if not is_planned(piece, found)
    ]


def test_the_house_keeps_its_order():
    app = settings.BASE_DIR / APP
    found = [
        offence
        for file in sorted(app.rglob("*.py"))
        for offence in offences(str(file.relative_to(app)), file.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("vocabulary.py", "from alliances.partial_dates import PartialDate"),
        ("rules/status.py", "from alliances.models import Agreement"),
        ("rules/status.py", "from django.db import models"),
        ("rules/deep/status.py", "from ...models import Agreement"),
        ("models/__init__.py", "from .. import queries"),
        ("models/state.py", "import alliances.queries"),
        ("models/state.py", "def late():\n    from alliances.views import home"),
        ("queries.py", "from alliances import filtersets"),
        ("queries.py", "from .filtersets import Filter"),
        ("columns.py", "from alliances.dossier.exporter import export"),
        ("figures/matrix.py", "from alliances.models import State"),
        ("figures/matrix.py", "from django import db"),
        ("views/states.py", "from alliances.api import schema"),
        ("accounts/forms.py", "from alliances.models import State"),
        ("management/commands/serve.py", "from alliances.config import settings"),
        ("migrations/0001_initial.py", "import alliances.dossier"),
        ("config/urls.py", "from alliances.models import State"),
        ("apps.py", "from alliances.models import State"),
        ("models/state.py", "import alliances"),
        ("utils.py", ""),
        ("services/mail.py", ""),
    ],
)
def test_an_offender_is_found(path, source):
    assert len(offences(path, source)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("vocabulary.py", "from django.db.models import Choices"),
        ("rules/status.py", "from alliances.rules.facts import Agreement\nfrom . import strength"),
        ("rules/status.py", "from alliances import vocabulary"),
        ("models/state.py", "from alliances.rules import consistency\nfrom .base import Record"),
        ("search.py", "from alliances.queries import partners_of\nfrom alliances import models"),
        ("figures/map.py", "from alliances.vocabulary import Level\nimport django.utils"),
        ("dossier/loader.py", "from alliances.commitments import rebuild"),
        ("views/states.py", "from ..filtersets import Partners\nfrom . import paging"),
        ("management/commands/load_dossier.py", "from alliances.dossier import loader"),
        ("config/urls.py", "from alliances.views import states\nfrom alliances.api import api"),
        ("apps.py", "def ready():\n    from alliances import commitments"),
        ("migrations/0002_scale.py", "from alliances.vocabulary import Level"),
    ],
)
def test_what_the_plan_allows_passes(path, source):
    assert offences(path, source) == []
