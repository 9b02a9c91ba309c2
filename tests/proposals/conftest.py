"""Editors of each role, and a treaty that they correct."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from alliances.models import Agreement
from alliances.models.roles import ADMINISTRATORS, AUTHORS, REVIEWERS, make_roles


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def made(name: str, role: str | None) -> User:
    user = User.objects.create_user(name, is_staff=True)
    if role:
        user.groups.add(Group.objects.get(name=role))
    return User.objects.get(pk=user.pk)


@pytest.fixture
def roles(db: None) -> None:
    make_roles(Group.objects, Permission.objects)


@pytest.fixture
def author(roles: None) -> User:
    return made("ann", AUTHORS)


@pytest.fixture
def reviewer(roles: None) -> User:
    return made("rex", REVIEWERS)


@pytest.fixture
def administrator(roles: None) -> User:
    return made("adam", ADMINISTRATORS)


@pytest.fixture
def stranger(roles: None) -> User:
    return made("sam", None)


@pytest.fixture
def guarantees(db: None) -> Agreement:
    """Two parties, five clauses of which two are one-sided, signed 2024-12-06."""
    return Agreement.objects.get(ref="rus-blr-security-guarantees-2024")
