"""Somebody at the desk's door: gives a password, gives a code, looks whether it opens."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from tests.accounts.phone import Clock, Phone
from tests.views.reading import words

PASSWORD = "a long and quiet river"
DESK, LOGIN, CODE = "/admin/", "/admin/login/", "/admin/login/code/"
STATE, ENROL = "/admin/second-factor/", "/admin/second-factor/enrol/"
MOVE, NEW_CODES, OFF = (f"/admin/second-factor/{page}/" for page in ("move", "codes", "off"))

WRONG = "This code is not right, or was used before. Each is good once: wait for the next one."


class Visitor:
    """A browser, as seen from one network address."""

    def __init__(self, seen_from: str = "198.51.100.1") -> None:
        self.client = Client(headers={"x-forwarded-for": seen_from})

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def post(self, path: str, **sent: str) -> Any:
        return self.client.post(path, sent)

    def password(self, password: str = PASSWORD, name: str = "ed", wants: str = "") -> Any:
        sent = {"username": name, "password": password} | ({"next": wants} if wants else {})
        return self.post(LOGIN, **sent)

    def code(self, code: str) -> Any:
        return self.post(CODE, code=code)

    def sign_in(self, code: str = "") -> Visitor:
        answer = self.password()
        if code:
            answer = self.code(code)
        assert leads_to(answer) == DESK
        return self

    def is_in(self) -> bool:
        """Whether the desk opens; a closed one leads to the sign-in page and nowhere else."""
        answer = self.get(DESK)
        assert answer.status_code == 200 or leads_to(answer) == f"{LOGIN}?next={DESK}"
        return answer.status_code == 200


def leads_to(answer: Any) -> str:
    assert answer.status_code == 302, answer.content
    return str(answer["Location"])


def errors(answer: Any) -> dict[str, list[str]]:
    """What a form says beside its fields, on a page that was answered as a form."""
    assert answer.status_code == 200
    return {name: list(said) for name, said in answer.context["form"].errors.items()}


def said(answer: Any) -> str:
    assert answer.status_code == 200
    return words(answer.content.decode())


def set_up(visitor: Visitor, clock: Clock) -> Phone:
    """Press the button, type the secret into an app."""
    assert leads_to(visitor.post(STATE)) == ENROL
    return read_secret(visitor, clock)


def read_secret(visitor: Visitor, clock: Clock) -> Phone:
    """An app with the secret that is shown."""
    page = visitor.get(ENROL).content.decode()
    found = re.search('<code class="secret">([A-Z2-7 ]+)</code>', page)
    assert found
    return Phone(found[1], clock)
