"""An administrator keeps accounts and cannot rise, or touch who stands above."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from alliances.models.roles import ADMINISTRATORS, make_roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def adam(db: None) -> User:
    make_roles(Group.objects, Permission.objects)
    user = User.objects.create_user("adam", is_staff=True)
    user.groups.add(Group.objects.get(name=ADMINISTRATORS))
    return user


def test_nobody_makes_themselves_a_superuser(adam: User) -> None:
    client, page = Client(), reverse("admin:auth_user_change", args=[adam.pk])
    client.force_login(adam)
    form = client.get(page).context["adminform"].form
    assert {"is_superuser", "user_permissions"} & set(form.fields) == set()
    sent = {"username": "adam", "is_staff": "on", "is_superuser": "on", "is_active": "on"}
    when = {"date_joined_0": "2026-11-29", "date_joined_1": "00:00:00"}
    assert client.post(page, sent | when).status_code == 302
    adam.refresh_from_db()
    assert not adam.is_superuser


def test_a_superusers_account_is_out_of_reach(adam: User) -> None:
    root = User.objects.create_superuser("root", password="a-long-one-of-roots")
    before = root.password
    client = Client()
    client.force_login(adam)
    sent = {"username": "root", "password1": "mine-mine-mine-1", "password2": "mine-mine-mine-1"}
    for name in ("change", "password_change"):
        page = reverse(
            "admin:auth_user_password_change"
            if name == "password_change"
            else "admin:auth_user_change",
            args=[root.pk],
        )
        assert client.post(page, sent).status_code == 403
    root.refresh_from_db()
    assert root.password == before
