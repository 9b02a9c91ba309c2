"""An administrator takes a lost second factor away, and learns no secret."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.urls import NoReverseMatch, reverse
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from alliances.accounts import factor
from tests.accounts.door import DESK, LOGIN, Visitor, leads_to, said
from tests.accounts.phone import Phone

LIST = "/admin/otp_totp/totpdevice/"


@pytest.fixture
def administrator(phone: Phone) -> Visitor:
    User.objects.create_superuser("boss", password="another long river")
    visitor = Visitor()
    visitor.password("another long river", "boss")
    return visitor


def page_of(user: User, page: str) -> str:
    app = factor.app_of(user)
    assert app
    return f"{LIST}{app.pk}/{page}/"


def test_who_has_one_is_listed_without_the_secret(
    administrator: Visitor, editor: User, phone: Phone
) -> None:
    assert "1 TOTP device" in said(administrator.get(LIST))
    key = TOTPDevice.objects.get(user=editor).key
    for page in (LIST, page_of(editor, "change")):
        shown = administrator.get(page).content.decode()
        assert ">ed<" in shown
        assert key not in shown
        assert phone.secret not in shown
        assert "qrcode" not in shown


def test_nothing_else_of_it_has_a_page(administrator: Visitor, editor: User) -> None:
    assert StaticDevice not in admin.site._registry
    assert administrator.get("/admin/otp_static/staticdevice/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("admin:otp_totp_totpdevice_qrcode", args=[1])
    assert administrator.get(f"{LIST}add/").status_code == 403
    assert administrator.post(page_of(editor, "change"), key="00" * 20).status_code == 403


def test_taken_away_with_its_recovery_codes(
    administrator: Visitor, editor: User, phone: Phone
) -> None:
    assert leads_to(administrator.post(page_of(editor, "delete"), post="yes")) == DESK
    assert factor.app_of(editor) is None
    assert factor.recovery_codes(editor) == []
    assert Visitor().sign_in().is_in()


def test_several_at_once(administrator: Visitor, editor: User) -> None:
    app = factor.app_of(editor)
    assert app
    chosen = {"action": "delete_selected", "_selected_action": str(app.pk), "post": "yes"}
    assert leads_to(administrator.post(LIST, **chosen)) == LIST
    assert factor.recovery_codes(editor) == []


def test_nobody_takes_their_own_away_here(visitor: Visitor, editor: User, phone: Phone) -> None:
    visitor.sign_in(phone.code())
    app = factor.app_of(editor)
    assert app
    assert visitor.post(page_of(editor, "delete"), post="yes").status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": str(app.pk), "post": "yes"}
    visitor.post(LIST, **chosen)
    assert factor.app_of(editor) == app


def test_who_may_change_accounts_may_but_not_a_superusers(editor: User, phone: Phone) -> None:
    expert = User.objects.create_user("expert", password="a third long river", is_staff=True)
    Phone.enrolled(expert, phone.clock)
    chief = User.objects.create_user("chief", password="a fourth long river", is_staff=True)
    chief.user_permissions.set(Permission.objects.filter(codename="change_user"))
    visitor = Visitor()
    visitor.password("a fourth long river", "chief")
    assert visitor.post(page_of(editor, "delete"), post="yes").status_code == 403
    assert leads_to(visitor.post(page_of(expert, "delete"), post="yes")) == DESK
    assert (factor.app_of(expert), factor.app_of(editor) is None) == (None, False)


def test_not_for_an_editor_without_the_right(administrator: Visitor, editor: User) -> None:
    author = User.objects.create_user("author", password="a third long river", is_staff=True)
    author.user_permissions.set(Permission.objects.filter(content_type__app_label="alliances"))
    visitor = Visitor()
    visitor.password("a third long river", "author")
    assert visitor.is_in()
    assert visitor.get(LIST).status_code == 403
    assert visitor.post(page_of(editor, "delete"), post="yes").status_code == 403
    assert factor.app_of(editor)


def test_not_for_a_stranger(visitor: Visitor, editor: User, phone: Phone) -> None:
    page = page_of(editor, "delete")
    assert leads_to(visitor.post(page, post="yes")) == f"{LOGIN}?next={page}"
    assert factor.app_of(editor)
