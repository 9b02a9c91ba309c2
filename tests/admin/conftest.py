"""Editors, and treaties of the dossier that they correct."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from alliances.models import Agreement


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_superuser("ed")


@pytest.fixture
def client(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def guarantees(db: None) -> Agreement:
    """Two parties, five clauses of which two are one-sided, signed 2024-12-06."""
    return Agreement.objects.get(ref="rus-blr-security-guarantees-2024")
