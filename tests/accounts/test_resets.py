"""A forgotten password: a link by mail, the same answer to everybody, not for guessing."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend

from alliances.accounts.forms import MAILING
from tests.accounts.door import CODE, DESK, LOGIN, Visitor, errors, leads_to, said
from tests.accounts.phone import Phone

pytestmark = pytest.mark.usefixtures("editor")

ASK, ASKED, CHOSEN = (f"/admin/password-reset/{page}" for page in ("", "asked/", "chosen/"))
LINK = re.compile(r"http://testserver(/admin/password-reset/\w+/[\w-]+/)")
NEW = "a short but very wide lake"


def mailed() -> list[EmailMessage]:
    """What was sent, once nobody is sending any more."""
    for thread in threading.enumerate():
        if thread.name == MAILING:
            thread.join(timeout=10)
            assert not thread.is_alive()
    return mail.outbox


def link_for(visitor: Visitor, address: str = "ed@alliances.example") -> str:
    """The form behind the link that was mailed; Django keeps the token out of its address."""
    assert leads_to(visitor.post(ASK, email=address)) == ASKED
    found = LINK.search(str(mailed()[-1].body))
    assert found
    form = leads_to(visitor.get(found[1]))
    assert form.endswith("/set-password/")
    return form


def choose(visitor: Visitor, form: str, password: str) -> Any:
    return visitor.post(form, new_password1=password, new_password2=password)


def test_the_sign_in_page_leads_there(visitor: Visitor) -> None:
    assert f'<a href="{ASK}">Forgotten your login credentials?</a>' in (
        visitor.get(LOGIN).content.decode()
    )
    page = said(visitor.get(ASK))
    assert "Military commitments: editors" in page
    assert "Forgotten your password? Enter your email address below" in page


def test_the_mail_leads_to_a_new_password(visitor: Visitor) -> None:
    form = link_for(visitor)
    [message] = mailed()
    assert (message.subject, message.to) == (
        "Password reset on testserver",
        ["ed@alliances.example"],
    )
    assert "Please enter your new password twice" in said(visitor.get(form))
    assert leads_to(choose(visitor, form, NEW)) == CHOSEN
    assert f'href="{LOGIN}"' in visitor.get(CHOSEN).content.decode()
    assert not visitor.is_in()
    assert visitor.password().status_code == 200
    assert leads_to(visitor.password(NEW)) == DESK


def test_known_and_unknown_addresses_get_the_same_answer(visitor: Visitor) -> None:
    User.objects.create_user("gone", "gone@alliances.example", "x", is_active=False)
    told = []
    for address in ("ed@alliances.example", "gone@alliances.example", "nobody@alliances.example"):
        answer = visitor.post(ASK, email=address)
        told.append((leads_to(answer), sorted(answer.cookies), answer.content))
    assert told == [(ASKED, [], b"")] * 3
    assert "if an account exists with the email you entered" in said(visitor.get(ASKED))
    assert [message.to for message in mailed()] == [["ed@alliances.example"]]


def test_the_answer_does_not_wait_for_the_mail(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the time it takes would tell whose address is known."""
    answered = threading.Event()
    send = EmailBackend.send_messages

    def send_late(self: EmailBackend, messages: Any) -> int:
        assert answered.wait(timeout=10)
        sent: int = send(self, messages)
        return sent

    monkeypatch.setattr(EmailBackend, "send_messages", send_late)
    assert leads_to(visitor.post(ASK, email="ed@alliances.example")) == ASKED
    assert mail.outbox == []
    answered.set()
    assert len(mailed()) == 1


def test_mail_that_cannot_be_sent_is_logged_and_changes_no_answer(
    visitor: Visitor,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    editor: User,
) -> None:
    def fail(self: EmailBackend, messages: Any) -> int:
        raise ConnectionRefusedError("planted")

    monkeypatch.setattr(EmailBackend, "send_messages", fail)
    assert leads_to(visitor.post(ASK, email="ed@alliances.example")) == ASKED
    assert mailed() == []
    said_of_it = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert said_of_it == [f"Failed to send password reset email to {editor.pk}"]


def test_a_link_is_good_once(visitor: Visitor) -> None:
    link_for(visitor)
    found = LINK.search(str(mailed()[-1].body))
    assert found
    choose(visitor, leads_to(visitor.get(found[1])), NEW)
    assert "The password reset link was invalid" in said(visitor.get(found[1]))


def test_a_link_is_good_for_an_hour(visitor: Visitor, settings: Any) -> None:
    assert settings.PASSWORD_RESET_TIMEOUT == 3600


@pytest.mark.parametrize("link", ["MQ/abc-def", "MQ/set-password", "x/y"])
def test_a_made_up_link_is_refused(visitor: Visitor, link: str) -> None:
    assert "The password reset link was invalid" in said(visitor.get(f"{ASK}{link}/"))


def test_the_new_password_is_validated(visitor: Visitor, editor: User) -> None:
    form = link_for(visitor)
    assert errors(choose(visitor, form, "wide lake")) == {
        "new_password2": ["This password is too short. It must contain at least 12 characters."]
    }
    editor.refresh_from_db()
    assert editor.check_password("a long and quiet river")


def test_a_new_password_does_not_replace_the_code(visitor: Visitor, phone: Phone) -> None:
    choose(visitor, link_for(visitor), NEW)
    assert not visitor.is_in()
    assert leads_to(visitor.password(NEW)) == CODE
    assert leads_to(visitor.code(phone.code())) == DESK


def test_the_fifth_question_is_not_answered(visitor: Visitor) -> None:
    answers = [visitor.post(ASK, email="ed@alliances.example").status_code for _try in range(6)]
    assert answers == [302, 302, 302, 302, 429, 429]
    assert len(mailed()) == 4
    assert visitor.get(ASK).status_code == 429
    assert visitor.password().status_code == 429
    assert Visitor("198.51.100.2").get(ASK).status_code == 200


def test_no_address_is_written_down(visitor: Visitor) -> None:
    visitor.post(ASK, email="nobody@alliances.example")
    attempt = AccessAttempt.objects.get()
    assert attempt.failures_since_start == 1
    assert "nobody" not in f"{vars(attempt)}"


def test_what_is_no_address_is_said_to_be_none(visitor: Visitor) -> None:
    assert errors(visitor.post(ASK, email="ed")) == {"email": ["Enter a valid email address."]}
