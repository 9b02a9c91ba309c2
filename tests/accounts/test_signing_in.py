"""Signing in with a second factor: password, then a code, each good once; guesses are counted."""

from __future__ import annotations

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User

from alliances.accounts import factor, half_way
from tests.accounts.door import CODE, DESK, LOGIN, WRONG, Visitor, errors, leads_to, said
from tests.accounts.phone import STEP, Phone, let_time_pass

pytestmark = pytest.mark.usefixtures("editor")


def test_without_a_second_factor_the_password_is_enough(visitor: Visitor) -> None:
    assert leads_to(visitor.password()) == DESK
    assert visitor.is_in()


def test_with_one_the_password_signs_nobody_in(visitor: Visitor, phone: Phone) -> None:
    assert leads_to(visitor.password()) == CODE
    assert SESSION_KEY not in visitor.client.session
    assert not visitor.is_in()
    assert "Six digits from your app, or a recovery code." in said(visitor.get(CODE))


def test_a_wrong_password_does_not_say_that_there_is_one(visitor: Visitor, phone: Phone) -> None:
    User.objects.create_superuser("without", password="another long river")
    answers = [said(visitor.password("wrong", name)) for name in ("ed", "without", "nobody")]
    assert answers[0] == answers[1].replace("without", "ed") == answers[2].replace("nobody", "ed")
    assert leads_to(visitor.get(CODE)) == LOGIN


def test_the_code_signs_in_and_leads_to_where_one_wanted_to_go(
    visitor: Visitor, phone: Phone
) -> None:
    wanted = "/admin/alliances/agreement/"
    asked = visitor.password(wants=wanted)
    assert leads_to(asked) == f"{CODE}?next=%2Fadmin%2Falliances%2Fagreement%2F"
    assert leads_to(visitor.post(leads_to(asked), code=phone.code())) == wanted
    assert visitor.is_in()
    assert half_way.KEY not in visitor.client.session


def test_nobody_is_led_to_another_site(visitor: Visitor, phone: Phone) -> None:
    asked = visitor.password(wants="https://evil.example/admin/")
    assert leads_to(visitor.post(leads_to(asked), code=phone.code())) == DESK


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_half_a_minute_wrong(visitor: Visitor, phone: Phone, steps: int) -> None:
    phone.clock.forward(10 * STEP)
    visitor.sign_in(phone.code(steps))
    assert visitor.is_in()


@pytest.mark.parametrize("steps", [-2, 2])
def test_and_not_a_whole_one(visitor: Visitor, phone: Phone, steps: int) -> None:
    phone.clock.forward(10 * STEP)
    visitor.password()
    assert errors(visitor.code(phone.code(steps))) == {"code": [WRONG]}
    assert not visitor.is_in()


def test_a_wrong_code_is_refused(visitor: Visitor, phone: Phone) -> None:
    visitor.password()
    assert errors(visitor.code(phone.wrong())) == {"code": [WRONG]}
    assert SESSION_KEY not in visitor.client.session
    assert not visitor.is_in()


@pytest.mark.parametrize(
    "code", ["", "   ", "nonsense", "１２３４５６", "-12345", "\u0661" * 6, "0" * 41]
)
def test_what_is_no_code_is_refused(visitor: Visitor, phone: Phone, code: str) -> None:
    visitor.password()
    assert list(errors(visitor.code(code))) == ["code"]
    assert not visitor.is_in()


def test_a_replayed_code_is_refused(visitor: Visitor, phone: Phone) -> None:
    seen = phone.code()
    visitor.sign_in(seen)
    over_the_shoulder = Visitor()
    over_the_shoulder.password()
    assert errors(over_the_shoulder.code(seen)) == {"code": [WRONG]}
    assert not over_the_shoulder.is_in()


def test_a_code_is_good_for_its_own_account_alone(visitor: Visitor, phone: Phone) -> None:
    other = User.objects.create_superuser("eve", password="another long river")
    others = Phone.enrolled(other, phone.clock)
    visitor.password("another long river", "eve")
    assert errors(visitor.code(phone.code())) == {"code": [WRONG]}
    let_time_pass()
    assert errors(visitor.code(phone.recovery_codes[0])) == {"code": [WRONG]}
    let_time_pass()
    assert leads_to(visitor.code(others.code())) == DESK


def test_a_recovery_code_signs_in_once(visitor: Visitor, phone: Phone, editor: User) -> None:
    first, *others = phone.recovery_codes
    visitor.password()
    assert leads_to(visitor.code(f" {first[:4].upper()} {first[4:]} ")) == DESK
    assert visitor.is_in()
    assert factor.recovery_codes(editor) == others
    again = Visitor()
    again.password()
    assert errors(again.code(first)) == {"code": [WRONG]}
    assert not again.is_in()


def test_a_recovery_code_is_no_wrong_code_of_the_app(visitor: Visitor, phone: Phone) -> None:
    """Else the app's next code would not be looked at for a while."""
    for at, code in ((Visitor(), phone.recovery_codes[0]), (visitor, phone.code())):
        at.password()
        assert leads_to(at.code(code)) == DESK


def test_after_a_wrong_code_the_next_is_not_looked_at_for_a_while(
    visitor: Visitor, phone: Phone
) -> None:
    visitor.password()
    visitor.code(phone.wrong())
    from_elsewhere = Visitor("198.51.100.2")
    from_elsewhere.password()
    early = "After a wrong code the next is looked at in 1 second."
    assert errors(from_elsewhere.code(phone.code())) == {"code": [early]}
    let_time_pass()
    assert leads_to(from_elsewhere.code(phone.code())) == DESK


def test_the_while_doubles(visitor: Visitor, phone: Phone) -> None:
    for number in range(4):
        let_time_pass()
        at = Visitor(f"198.51.100.{number}")
        at.password()
        at.code(phone.wrong())
    visitor.password()
    early = "After wrong codes the next is looked at in 8 seconds."
    assert errors(visitor.code(phone.code())) == {"code": [early]}


def test_five_guesses_of_any_kind_close_the_door(visitor: Visitor, phone: Phone) -> None:
    """The right password between them does not begin the count anew."""
    for _guess in range(2):
        assert visitor.password("guess").status_code == 200
    for _guess in range(2):
        visitor.password()
        assert visitor.code(phone.wrong()).status_code == 200
    answer = visitor.code(phone.wrong())
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    let_time_pass()
    assert visitor.code(phone.code()).status_code == 429
    assert visitor.get(CODE).status_code == 429
    assert visitor.password().status_code == 429
    assert not visitor.is_in()
    Visitor("198.51.100.2").sign_in(phone.code())


def test_a_code_that_was_not_looked_at_is_a_guess_too(visitor: Visitor, phone: Phone) -> None:
    visitor.password()
    answers = [visitor.code(phone.wrong()).status_code for _guess in range(5)]
    assert answers == [200, 200, 200, 200, 429]


def test_no_code_is_written_down(visitor: Visitor, phone: Phone) -> None:
    visitor.password()
    visitor.code(phone.wrong())
    visitor.code(phone.recovery_codes[0][:7])
    attempt = AccessAttempt.objects.get()
    assert (attempt.username, attempt.failures_since_start) == ("ed", 2)
    assert phone.wrong() not in f"{vars(attempt)}"
    assert phone.recovery_codes[0][:7] not in f"{vars(attempt)}"


def test_the_session_gets_another_key_at_each_step(visitor: Visitor, phone: Phone) -> None:
    """Whoever planted or saw an earlier one comes no step further by it."""
    visitor.client.session.save()
    keys = [visitor.client.cookies["sessionid"].value]
    visitor.password()
    keys.append(visitor.client.cookies["sessionid"].value)
    visitor.code(phone.code())
    keys.append(visitor.client.cookies["sessionid"].value)
    assert len(set(keys)) == 3


def at_the_code(visitor: Visitor) -> None:
    assert leads_to(visitor.password()) == CODE


def test_without_a_password_no_code_is_asked_for(visitor: Visitor, phone: Phone) -> None:
    assert leads_to(visitor.get(CODE)) == LOGIN
    assert leads_to(visitor.code(phone.code())) == LOGIN


def test_after_five_minutes_one_begins_anew(
    visitor: Visitor, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_the_code(visitor)
    until = visitor.client.session[half_way.KEY][2]
    monkeypatch.setattr(half_way, "time", lambda: until - 1)
    assert visitor.get(CODE).status_code == 200
    monkeypatch.setattr(half_way, "time", lambda: until)
    assert leads_to(visitor.code(phone.code())) == LOGIN


def test_a_password_that_was_changed_meanwhile_is_worth_nothing(
    visitor: Visitor, phone: Phone, editor: User
) -> None:
    at_the_code(visitor)
    editor.set_password("a short but wide lake")
    editor.save()
    assert leads_to(visitor.code(phone.code())) == LOGIN


@pytest.mark.parametrize("what", ["is_active", "is_staff"])
def test_an_account_that_was_closed_meanwhile_stays_closed(
    visitor: Visitor, phone: Phone, editor: User, what: str
) -> None:
    at_the_code(visitor)
    setattr(editor, what, False)
    editor.save()
    visitor.code(phone.code())
    assert not visitor.is_in()


def test_readers_pages_ask_nobody(visitor: Visitor, phone: Phone, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    at_the_code(visitor)
    for path in ("/about/", "/api/v1/"):
        assert visitor.get(path).content == Visitor().get(path).content
