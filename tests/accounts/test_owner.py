"""Another app, new recovery codes, no second factor any more: only with password and code."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from alliances.accounts import factor
from tests.accounts.door import (
    DESK,
    ENROL,
    MOVE,
    NEW_CODES,
    OFF,
    PASSWORD,
    STATE,
    WRONG,
    Visitor,
    errors,
    leads_to,
    read_secret,
    said,
)
from tests.accounts.phone import STEP, Phone, let_time_pass

NOT_YOURS = "This is not your password."
ALL = pytest.mark.parametrize("page", [MOVE, NEW_CODES, OFF])


@pytest.fixture
def owner(visitor: Visitor, phone: Phone) -> Visitor:
    """Signed in with both, half a minute ago."""
    visitor.sign_in(phone.code())
    phone.clock.forward(STEP)
    return visitor


def test_new_codes_make_the_old_ones_worthless(owner: Visitor, phone: Phone, editor: User) -> None:
    answer = owner.post(NEW_CODES, password=PASSWORD, code=phone.code())
    shown = re.findall("<li><code>([a-z2-7]{8})</code></li>", answer.content.decode())
    assert shown == factor.recovery_codes(editor)
    assert (len(shown), set(shown) & set(phone.recovery_codes)) == (10, set())
    assert owner.is_in()
    other = Visitor()
    other.password()
    assert errors(other.code(phone.recovery_codes[0])) == {"code": [WRONG]}
    let_time_pass()
    assert leads_to(other.code(shown[0])) == DESK


def test_turned_off_the_password_is_enough_again(
    owner: Visitor, phone: Phone, editor: User
) -> None:
    assert leads_to(owner.post(OFF, password=PASSWORD, code=phone.code())) == STATE
    page = said(owner.get(STATE))
    assert "Your second factor is off: the password alone signs you in." in page
    assert not TOTPDevice.objects.filter(user=editor).exists()
    assert not StaticDevice.objects.filter(user=editor).exists()
    assert owner.is_in()
    assert Visitor().sign_in().is_in()


def test_a_recovery_code_turns_it_off_when_the_app_is_lost(visitor: Visitor, phone: Phone) -> None:
    first, second, *_others = phone.recovery_codes
    visitor.sign_in(first)
    assert leads_to(visitor.post(OFF, password=PASSWORD, code=second)) == STATE


def test_the_present_app_is_good_until_the_other_has_proved_itself(
    owner: Visitor, phone: Phone, editor: User, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    elsewhere = Visitor().sign_in(phone.recovery_codes[0])
    assert leads_to(owner.post(MOVE, password=PASSWORD, code=phone.code())) == ENROL
    other = read_secret(owner, phone.clock)
    phone.clock.forward(STEP)
    Visitor().sign_in(phone.code())
    assert "Your second factor is on" in said(owner.post(ENROL, code=other.code()))
    assert [app.confirmed for app in TOTPDevice.objects.filter(user=editor)] == [True]
    assert owner.is_in()
    # Other sessions go on where a code was given; the old app's are good no more.
    assert elsewhere.is_in()
    phone.clock.forward(STEP)
    anew = Visitor()
    anew.password()
    assert errors(anew.code(phone.code())) == {"code": [WRONG]}
    let_time_pass()
    assert leads_to(anew.code(other.code())) == DESK
    assert not set(phone.recovery_codes) & set(factor.recovery_codes(editor))


@ALL
def test_what_does_not_come_from_our_form_is_refused(
    owner: Visitor, phone: Phone, editor: User, page: str
) -> None:
    owner.client.handler.enforce_csrf_checks = True
    assert owner.post(page, password=PASSWORD, code=phone.code()).status_code == 403
    assert factor.app_of(editor)
    assert factor.begun(editor) is None
    assert factor.recovery_codes(editor) == phone.recovery_codes


def test_without_password_and_code_no_other_app_begins(owner: Visitor, editor: User) -> None:
    assert owner.post(STATE).status_code == 200
    assert leads_to(owner.get(ENROL)) == STATE


@ALL
@pytest.mark.parametrize(
    ("password", "right_code", "said"),
    [
        ("wrong", True, {"password": [NOT_YOURS]}),
        (PASSWORD, False, {"code": [WRONG]}),
        ("wrong", False, {"password": [NOT_YOURS]}),
    ],
)
def test_one_of_the_two_is_not_enough(
    owner: Visitor,
    phone: Phone,
    editor: User,
    page: str,
    password: str,
    right_code: bool,
    said: Any,
) -> None:
    code = phone.code() if right_code else phone.wrong()
    assert errors(owner.post(page, password=password, code=code)) == said
    assert factor.app_of(editor)
    assert factor.recovery_codes(editor) == phone.recovery_codes


@ALL
def test_the_code_of_signing_in_is_used_up(visitor: Visitor, phone: Phone, page: str) -> None:
    visitor.sign_in(phone.code())
    sent = {"password": PASSWORD, "code": phone.code()}
    assert errors(visitor.post(page, **sent)) == {"code": [WRONG]}


def test_a_wrong_password_uses_no_code_up(owner: Visitor, phone: Phone) -> None:
    owner.post(OFF, password="wrong", code=phone.code())
    assert leads_to(owner.post(OFF, password=PASSWORD, code=phone.code())) == STATE


@ALL
def test_here_too_the_fifth_guess_is_the_last(owner: Visitor, phone: Phone, page: str) -> None:
    sent = [{"password": "wrong", "code": ""}, {"password": PASSWORD, "code": phone.wrong()}]
    answers = [owner.post(page, **sent[number % 2]).status_code for number in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    assert owner.get(page).status_code == 429
    assert owner.is_in()
