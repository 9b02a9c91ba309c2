"""A script planted in every text that a record can hold is shown as text on every page."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import CharField, Field, Model, QuerySet, TextField
from django.test import Client
from django.utils.html import escape

from alliances.models import DataVersion
from tests.cache.test_pages import KEPT

pytestmark = pytest.mark.django_db

SCRIPT = "</p><script>planted()</script>"
SHOWN = escape(SCRIPT)
# Of records, for programs.
NAMES = {"ref", "noun", "record"}
OTHERS = {"changes": "/changes/", "feed": "/changes/feed.atom", "home": "/", "data": "/data/"}


def free_texts() -> Iterator[tuple[type[Model], Field]]:
    """What editors write in words of their own, and no rule of the database reads."""
    for model in apps.get_app_config("alliances").get_models():
        for field in model._meta.fields:
            roomy = isinstance(field, TextField) or (
                isinstance(field, CharField) and (field.max_length or 0) >= len(SCRIPT)
            )
            if roomy and not field.unique and not field.choices and field.name not in NAMES:
                yield model, field


@pytest.fixture
def planted() -> int:
    texts = list(free_texts())
    for model, field in texts:
        # Past the guard of the tracked models, on purpose.
        QuerySet(model).exclude(**{field.name: ""}).update(**{field.name: SCRIPT})
    DataVersion.objects.move()
    return len(texts)


def test_a_planted_script_is_text_on_every_page(client: Client, planted: int) -> None:
    assert planted > 30
    shown = set()
    for kind, address in (KEPT | OTHERS).items():
        response = client.get(address)
        assert response.status_code == 200, address
        if response["Content-Type"].startswith(("text/html", "application/atom+xml")):
            page = response.content.decode()
            assert "<script>planted" not in page, address
            if SHOWN in page:
                shown.add(kind)
    assert {"home", "state", "agreement", "commitments", "event", "claim", "source"} <= shown
