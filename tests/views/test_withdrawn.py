"""A withdrawn record says so at its address, and leads to what it said."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from alliances.dossier.records import Change
from alliances.models import Event

pytestmark = pytest.mark.django_db


def test_a_withdrawn_record_is_gone_and_not_merely_missing(client: Client) -> None:
    event = Event.objects.filter(evidence_for=None).first()
    assert event
    page, ref, title = event.get_absolute_url(), event.ref, event.title
    Change("Entered twice", User.objects.create_user("ed")).delete(event)
    answer = client.get(page)
    assert answer.status_code == 410
    html = answer.content.decode()
    assert f"“{title}” was here and was withdrawn." in html
    assert f'href="/events/{ref}/changes/"' in html
    assert "Entered twice" in client.get(f"/events/{ref}/changes/").content.decode()


def test_what_never_was_is_missing(client: Client) -> None:
    for page in ("/events/never/", "/agreements/never/", "/states/never/", "/sources/never/"):
        answer = client.get(page)
        assert (answer.status_code, "Nothing here" in answer.content.decode()) == (404, True)
