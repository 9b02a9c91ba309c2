"""Whoever guesses passwords is stopped after five, from that address alone, and in plain words."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.views.reading import words

pytestmark = pytest.mark.django_db

PASSWORD = "a long and quiet river"


@pytest.fixture(autouse=True)
def editor(settings: Any) -> User:
    settings.TRUSTED_PROXIES = 1
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return User.objects.create_superuser("ed", password=PASSWORD)


def sign_in(password: str, name: str = "ed", seen_from: str = "198.51.100.1") -> HttpResponse:
    client = Client(headers={"x-forwarded-for": seen_from})
    answer: HttpResponse = client.post("/admin/login/", {"username": name, "password": password})
    return answer


def guess(times: int, **named: str) -> list[int]:
    return [sign_in(f"guess {number}", **named).status_code for number in range(times)]


def test_the_fifth_wrong_password_is_the_last() -> None:
    assert guess(6) == [200, 200, 200, 200, 429, 429]
    answer = sign_in(PASSWORD)
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    assert answer["Content-Security-Policy"]
    assert (
        "Nobody can sign in from your network address for the next 15 minutes. Your account is not"
        " changed, and from elsewhere you can sign in. Reading needs no account."
    ) in words(answer.content.decode())


def test_guessing_many_names_is_guessing() -> None:
    answers = [sign_in("guess", name=f"editor{number}").status_code for number in range(5)]
    assert answers == [200, 200, 200, 200, 429]


def test_nobody_can_lock_an_editor_out_from_elsewhere() -> None:
    guess(6)
    assert sign_in(PASSWORD, seen_from="198.51.100.2").status_code == 302


def test_a_visitor_does_not_choose_the_address() -> None:
    answers = [
        sign_in("guess", seen_from=f"10.0.0.{number}, 198.51.100.1").status_code
        for number in range(5)
    ]
    assert answers[-1] == 429


def test_who_remembers_the_password_begins_anew() -> None:
    guess(4)
    assert sign_in(PASSWORD).status_code == 302
    assert guess(4) == [200] * 4


def test_after_a_quarter_of_an_hour_it_is_open_again() -> None:
    guess(5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(PASSWORD).status_code == 302


def test_no_password_is_written_down() -> None:
    sign_in("guess 0")
    attempt = AccessAttempt.objects.get()
    assert (attempt.username, attempt.ip_address) == ("ed", "198.51.100.1")
    assert "guess 0" not in f"{vars(attempt)}"


def test_reading_goes_on_while_signing_in_is_closed() -> None:
    guess(5)
    page = Client(headers={"x-forwarded-for": "198.51.100.1"}).get("/about/")
    assert page.status_code == 200
    assert "About this reference" in words(page.content.decode())
