"""Setting up a second factor: a secret that an app proves to have, then recovery codes, once."""

from __future__ import annotations

import re
from base64 import b32encode
from datetime import timedelta

import pytest
import segno
from django.contrib.auth.models import User
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from alliances.accounts import factor
from tests.accounts.door import (
    CODE,
    DESK,
    ENROL,
    LOGIN,
    MOVE,
    NEW_CODES,
    OFF,
    STATE,
    WRONG,
    Visitor,
    errors,
    leads_to,
    said,
    set_up,
)
from tests.accounts.phone import Clock, Phone, let_time_pass

pytestmark = pytest.mark.usefixtures("editor")


@pytest.mark.parametrize("page", [STATE, ENROL, MOVE, NEW_CODES, OFF])
def test_a_stranger_is_led_to_the_door(visitor: Visitor, page: str) -> None:
    assert leads_to(visitor.get(page)) == f"{LOGIN}?next={page}"
    assert leads_to(visitor.post(page, password="x", code="1")) == f"{LOGIN}?next={page}"
    assert not TOTPDevice.objects.exists()


def test_an_account_is_not_for_who_is_no_editor(visitor: Visitor) -> None:
    User.objects.create_user("reader")
    visitor.client.force_login(User.objects.get(username="reader"))
    assert leads_to(visitor.get(STATE)) == f"{LOGIN}?next={STATE}"


def test_the_way_to_it_stands_on_every_page_of_the_desk(visitor: Visitor) -> None:
    page = visitor.sign_in().get(DESK).content.decode()
    assert f'<a href="{STATE}">Second factor</a>' in page


def test_without_one_its_page_says_so(visitor: Visitor) -> None:
    page = said(visitor.sign_in().get(STATE))
    assert "Off: your password alone signs you in, also whoever else learns it." in page


@pytest.mark.parametrize("page", [ENROL, MOVE, NEW_CODES, OFF])
def test_what_has_not_begun_cannot_go_on(visitor: Visitor, page: str) -> None:
    assert leads_to(visitor.sign_in().get(page)) == STATE


def test_the_secret_is_shown_as_text_and_as_the_same_qr_code(
    visitor: Visitor, clock: Clock, editor: User
) -> None:
    phone = set_up(visitor.sign_in(), clock)
    app = TOTPDevice.objects.get(user=editor, confirmed=False)
    assert phone.secret.replace(" ", "") == b32encode(app.bin_key).decode()
    assert [len(group) for group in phone.secret.split()] == [4] * 8
    address = (
        f"otpauth://totp/Military%20commitments%3Aed?secret={phone.secret.replace(' ', '')}"
        "&algorithm=SHA1&digits=6&period=30&issuer=Military%20commitments"
    )
    page = visitor.get(ENROL).content.decode()
    assert f'<a href="{address.replace("&", "&amp;")}">' in page
    drawn = segno.make(address, error="m", micro=False).svg_inline(omitsize=True, svgclass="qr")
    assert re.search('d="([^"]+)"', drawn)[0] in page  # type: ignore[index]
    assert "<title>The secret as a QR code</title>" in page


def test_pages_with_secrets_are_kept_nowhere_and_hold_no_inline_style(
    visitor: Visitor, clock: Clock
) -> None:
    phone = set_up(visitor.sign_in(), clock)
    for answer in (visitor.get(ENROL), visitor.post(ENROL, code=phone.code())):
        assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
        assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)", answer.content.decode())


def test_begun_anew_the_secret_is_another(visitor: Visitor, clock: Clock) -> None:
    first, second = set_up(visitor.sign_in(), clock), set_up(visitor, clock)
    assert first.secret != second.secret
    assert errors(visitor.post(ENROL, code=first.code())) == {"code": [WRONG]}
    let_time_pass()
    assert "Your second factor is on" in said(visitor.post(ENROL, code=second.code()))


def test_a_secret_that_was_not_proved_in_time_is_shown_no_more(
    visitor: Visitor, clock: Clock
) -> None:
    phone = set_up(visitor.sign_in(), clock)
    TOTPDevice.objects.update(created_at=timezone.now() - timedelta(minutes=15))
    assert leads_to(visitor.get(ENROL)) == STATE
    assert leads_to(visitor.post(ENROL, code=phone.code())) == STATE
    assert not TOTPDevice.objects.filter(confirmed=True).exists()


def test_a_wrong_code_turns_nothing_on(visitor: Visitor, clock: Clock, editor: User) -> None:
    phone = set_up(visitor.sign_in(), clock)
    assert errors(visitor.post(ENROL, code=phone.wrong())) == {"code": [WRONG]}
    assert errors(visitor.post(ENROL, code="")) == {"code": ["This field is required."]}
    assert factor.app_of(editor) is None
    assert visitor.is_in()


def test_a_right_code_too_soon_after_a_wrong_one_is_said_to_be_early(
    visitor: Visitor, clock: Clock
) -> None:
    phone = set_up(visitor.sign_in(), clock)
    visitor.post(ENROL, code=phone.wrong())
    early = "After a wrong code the next is looked at in 1 second."
    assert errors(visitor.post(ENROL, code=phone.code())) == {"code": [early]}


def test_the_right_code_turns_it_on_and_shows_ten_codes_once(
    visitor: Visitor, clock: Clock, editor: User
) -> None:
    phone = set_up(visitor.sign_in(), clock)
    answer = visitor.post(ENROL, code=phone.code())
    shown = re.findall("<li><code>([a-z2-7]{8})</code></li>", answer.content.decode())
    assert (len(shown), len(set(shown))) == (10, 10)
    assert shown == factor.recovery_codes(editor)
    # Sent again, as by a browser that reloads, and on every other page, they are not shown.
    assert leads_to(visitor.post(ENROL, code=phone.code())) == STATE
    assert leads_to(visitor.get(ENROL)) == STATE
    page = visitor.get(STATE).content.decode()
    assert "10 recovery codes are left." in page
    assert not [code for code in shown if code in page]
    assert visitor.is_in()


def test_one_that_is_on_is_not_begun_anew(visitor: Visitor, phone: Phone, editor: User) -> None:
    visitor.sign_in(phone.code())
    assert visitor.post(STATE).status_code == 200
    assert list(TOTPDevice.objects.filter(user=editor)) == [factor.app_of(editor)]


def test_a_session_from_before_must_show_a_code(
    visitor: Visitor, clock: Clock, editor: User
) -> None:
    elsewhere = Visitor().sign_in()
    phone = set_up(visitor.sign_in(), clock)
    visitor.post(ENROL, code=phone.code())
    assert not elsewhere.is_in()
    assert leads_to(elsewhere.get(STATE)) == f"{LOGIN}?next={STATE}"
    assert (
        leads_to(elsewhere.get(f"{LOGIN}?next={STATE}"))
        == f"{CODE}?next=%2Fadmin%2Fsecond-factor%2F"
    )
    clock.forward(30)
    assert leads_to(elsewhere.code(phone.code())) == DESK
    assert elsewhere.is_in()
