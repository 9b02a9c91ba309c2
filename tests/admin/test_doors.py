"""Who gets into the editors' desk, and who may change what there."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from alliances.models import Agreement, State
from tests.addresses import patterns
from tests.admin.desk import Desk, address

DESK = "admin/"
# Before one is signed in, and after; for whom has lost a password.
OPEN = ("admin/login/", "admin/logout/", "admin/password-reset/")


def desk_pages() -> list[str]:
    known = [each for _name, each in patterns() if each.startswith(DESK)]
    plain = [each for each in known if not each.startswith(OPEN) and "(" not in each]
    return [re.sub("<[^>]*>", "1", each) for each in plain]


def test_whoever_is_not_signed_in_sees_the_form_alone(db: None) -> None:
    pages = desk_pages()
    assert len(pages) > 100
    led = {page: Client().get(f"/{page}").get("Location", "") for page in pages}
    assert led == {page: f"/admin/login/?next=/{page}" for page in pages}


@pytest.fixture
def looker(db: None) -> Client:
    """An account that may look at everything and change nothing."""
    user = User.objects.create_user("looker", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client = Client()
    client.force_login(user)
    return client


def test_who_may_only_look_changes_nothing(
    looker: Client, client: Client, guarantees: Agreement
) -> None:
    sent = Desk(client, guarantees).fill(short_title="Quagmirian").sent
    sent |= {"change_reason": "why", "_publish": "1"}
    change = address(guarantees, "change", guarantees.pk)
    assert looker.get(change).status_code == 200
    assert looker.post(change, sent).status_code == 403
    assert (
        looker.post(
            address(guarantees, "delete", guarantees.pk), {"post": "yes", "change_reason": "why"}
        ).status_code
        == 403
    )
    assert looker.post(address(State, "add"), {"name": "Quagmiria"}).status_code == 403
    assert Agreement.objects.get(pk=guarantees.pk).short_title == guarantees.short_title
    assert not State.objects.filter(name="Quagmiria").exists()
    # The same form from somebody who may is taken.
    assert client.post(change, sent).status_code == 302
    assert Agreement.objects.get(pk=guarantees.pk).short_title == "Quagmirian"


def test_an_account_that_is_no_editor_is_not_let_in(db: None) -> None:
    client = Client()
    client.force_login(User.objects.create_user("reader"))
    answer = client.get("/admin/")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/login/?next=/admin/")


@pytest.mark.parametrize("page", ["change", "delete"])
@pytest.mark.parametrize("field", ["", "nothing", "\0"])
def test_a_field_that_is_none_is_refused(
    client: Client, guarantees: Agreement, page: str, field: str
) -> None:
    """Of another record, that Django's own desk would look this one up by."""
    answer = client.get(address(guarantees, page, guarantees.pk), {"_to_field": field})
    assert answer.status_code == 400
