"""SECOND_FACTOR_REQUIRED: who has none is led to set it up, and can do nothing else at the desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import URLPattern, reverse

from alliances.models import Agreement
from tests.accounts.door import DESK, ENROL, LOGIN, OFF, STATE, Visitor, leads_to, said, set_up
from tests.accounts.phone import Clock, Phone

pytestmark = pytest.mark.usefixtures("editor")

OWN = {
    "login",
    "login_code",
    "logout",
    "second_factor",
    "second_factor_enrol",
    "second_factor_move",
    "second_factor_codes",
    "second_factor_off",
}
# Pages of each kind of record, and addresses that name one.
PAGES = ["changelist", "add"]
NAMING = {None, "view_on_site", "app_list"}


@pytest.fixture(autouse=True)
def required(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def newcomer(visitor: Visitor) -> Visitor:
    """Signed in with a password, and no second factor yet."""
    assert leads_to(visitor.password()) == DESK
    return visitor


def pages() -> list[str]:
    """Every page of the desk that needs no record to be named."""
    models = [model._meta for model in admin.site._registry]
    names = {f"{model.app_label}_{model.model_name}_{page}" for model in models for page in PAGES}
    names |= {pattern.name for pattern in admin.site.get_urls() if isinstance(pattern, URLPattern)}
    return [reverse(f"admin:{name}") for name in sorted(names - OWN - NAMING)]


def test_every_page_leads_to_setting_it_up(newcomer: Visitor) -> None:
    paths = pages()
    assert len(paths) > 20
    assert {path: leads_to(newcomer.get(path)) for path in paths} == {
        path: f"{LOGIN}?next={path}" for path in paths
    }
    assert leads_to(newcomer.get(f"{LOGIN}?next={DESK}")) == STATE
    assert "Before anything else, set up a second factor" in said(newcomer.get(STATE))


def test_nothing_is_changed_before(newcomer: Visitor) -> None:
    agreement = Agreement.objects.first()
    assert agreement
    page = reverse("admin:alliances_agreement_delete", args=[agreement.pk])
    assert leads_to(newcomer.post(page, post="yes", change_reason="x")) == f"{LOGIN}?next={page}"
    assert Agreement.objects.filter(pk=agreement.pk).exists()
    change = reverse("admin:password_change")
    assert leads_to(newcomer.post(change, old_password="x")) == f"{LOGIN}?next={change}"


def test_its_page_has_no_menu_and_no_way_but_on_or_out(newcomer: Visitor) -> None:
    page = newcomer.get(STATE).content.decode()
    assert "nav-sidebar" not in page
    assert "Change password" not in page
    assert 'action="/admin/logout/"' in page


def test_one_may_leave(newcomer: Visitor) -> None:
    assert newcomer.post("/admin/logout/").status_code == 200
    assert leads_to(newcomer.get(STATE)) == f"{LOGIN}?next={STATE}"


def test_once_it_is_set_up_the_desk_is_open(newcomer: Visitor, clock: Clock) -> None:
    phone = set_up(newcomer, clock)
    assert "Your second factor is on" in said(newcomer.post(ENROL, code=phone.code()))
    assert newcomer.is_in()


def test_who_has_one_signs_in_as_ever(visitor: Visitor, phone: Phone) -> None:
    assert visitor.sign_in(phone.code()).is_in()


def test_it_cannot_be_turned_off(visitor: Visitor, phone: Phone, editor: User) -> None:
    visitor.sign_in(phone.recovery_codes[0])
    page = visitor.get(STATE).content.decode()
    assert "This site lets no editor be without a second factor." in page
    assert OFF not in page
    sent = {"password": "a long and quiet river", "code": phone.code()}
    assert leads_to(visitor.post(OFF, **sent)) == STATE
    assert visitor.is_in()
    assert "On since" in said(visitor.get(STATE))
