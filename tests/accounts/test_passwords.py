"""What a password must be, wherever one is chosen."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.accounts.door import PASSWORD, Visitor, errors, leads_to

SHORT = "This password is too short. It must contain at least 12 characters."


@pytest.mark.parametrize(
    ("password", "refused"),
    [
        ("a quiet lak", [SHORT]),
        ("a quiet lake", []),
        ("password1234", ["This password is too common."]),
        ("937465182736", ["This password is entirely numeric."]),
        ("marguerite-1", ["The password is too similar to the username."]),
        ("marguerite@y", ["The password is too similar to the username."]),
        ("12345", [SHORT, "This password is too common.", "This password is entirely numeric."]),
    ],
)
def test_what_is_refused(password: str, refused: list[str]) -> None:
    found: list[str] = []
    try:
        validate_password(password, User(username="marguerite"))
    except ValidationError as error:
        found = error.messages
    assert found == refused


def test_it_is_validated_when_an_editor_changes_it(visitor: Visitor, editor: User) -> None:
    visitor.sign_in()
    page = "/admin/password_change/"
    sent = {"old_password": PASSWORD, "new_password1": "short", "new_password2": "short"}
    assert errors(visitor.post(page, **sent)) == {"new_password2": [SHORT]}
    new = {"new_password1": "a short but wide lake", "new_password2": "a short but wide lake"}
    assert leads_to(visitor.post(page, **(sent | new))) == f"{page}done/"
    assert visitor.is_in()


def test_it_is_validated_when_an_administrator_adds_an_account(
    visitor: Visitor, editor: User
) -> None:
    visitor.sign_in()
    sent = {
        "username": "new",
        "usable_password": "true",
        "password1": "short",
        "password2": "short",
    }
    answer = visitor.post("/admin/auth/user/add/", **sent)
    assert answer.context["adminform"].form.errors == {"password2": [SHORT]}
    assert not User.objects.filter(username="new").exists()
