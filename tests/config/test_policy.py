"""What every answer tells the browser: the strict policy and all other headers, safe cookies; what
it does not tell anybody: the software; and where the icon is.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from alliances.gate.headers import DENIED
from alliances.views import about
from tests.config.running import environment
from tests.views.reading import words

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in DENIED),
    "Server": "site",
}


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("/", 200),
        ("/states/togo/", 200),
        ("/about/", 200),
        ("/commitments/?format=csv", 200),
        ("/api/v1/", 200),
        ("/api/v1/docs/", 200),
        ("/admin/login/", 200),
        ("/admin/login/code/", 302),
        ("/admin/password-reset/", 200),
        ("/admin/", 302),
        ("/compare/?on=soon", 400),
        ("/nowhere/", 404),
        ("/api/v1/nowhere/", 404),
    ],
)
def test_every_answer_carries_the_strict_policy(page: str, code: int) -> None:
    response = Client().get(page)
    assert response.status_code == code
    directives = [part.strip() for part in response["Content-Security-Policy"].split(";")]
    assert (set(directives), len(directives)) == (POLICY, len(POLICY))
    assert "Content-Security-Policy-Report-Only" not in response
    assert {name: response[name] for name in HEADERS} == HEADERS
    assert "X-Powered-By" not in response


def test_files_carry_what_concerns_files() -> None:
    response = Client().get("/static/css/tokens.css")
    concern = HEADERS.keys() - {"X-Frame-Options"}
    assert response.status_code == 200
    assert {name: response[name] for name in concern} == {name: HEADERS[name] for name in concern}
    response.close()


def test_a_picture_for_other_sites_may_be_shown_by_them() -> None:
    response = Client().get("/social/site/reference.png")
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


@pytest.mark.parametrize("page", ["/claims/c15-irn/", "/admin/login/"])
def test_another_host_is_refused_in_plain_words(page: str) -> None:
    response = Client(headers={"host": "evil.example"}).get(page)
    assert response.status_code == 400
    said = words(response.content.decode())
    assert "What was asked makes no sense here. Please start again from the front page." in said
    assert "evil.example" not in said
    assert {name: response[name] for name in HEADERS} == HEADERS


def test_a_thousand_parameters_are_not_read() -> None:
    response = Client().get("/commitments/?" + "&".join(["level=consultation"] * 1_001))
    assert response.status_code == 400
    assert "This request cannot be read" in words(response.content.decode())


def test_what_does_not_come_from_our_form_is_refused_in_plain_words() -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "ed"})
    said = words(response.content.decode())
    assert response.status_code == 403
    assert "Nothing was stored" in said
    assert "CSRF" not in said
    assert {name: response[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("path", ["//evil.example/x", "/states//evil.example", "/%5Cevil.example"])
def test_nobody_is_led_to_another_site(path: str) -> None:
    response = Client().get(path)
    assert response.status_code in (301, 404)
    assert not response.get("Location", "/").startswith(("//", "/\\", "http"))
    User.objects.create_superuser("ed", password="a long and quiet river")
    named = {"username": "ed", "password": "a long and quiet river", "next": f"https:{path}"}
    response = Client().post("/admin/login/", named)
    assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_a_fault_tells_nothing_of_the_software(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any) -> None:
        raise ValueError("planted")

    monkeypatch.setattr(about, "shared_page", fail)
    response = Client(raise_request_exception=False).get("/about/")
    page = response.content.decode()
    assert response.status_code == 500
    assert {name: response[name] for name in HEADERS} == HEADERS
    for told in ("planted", "Traceback", "Django", "Python", "granian"):
        assert told not in page


# Sign-in is where cookies are set; the plain static files of development need no collecting.
PUBLIC = {
    "ALLOWED_HOSTS": "alliances.example",
    "SECRET_KEY": "a key of this test alone",
    "HTTPS": "1",
    "ADMIN_PATH": "desk",
    "DEBUG": "1",
}
ASK_PUBLIC = """
import django, json, sys
django.setup()
from django.conf import settings
from django.test import Client
from django.urls import is_valid_path
settings.DEBUG = False
said = []
for secure in ("https", ""):
    headers = {"x-forwarded-proto": secure, "host": "alliances.example"}
    answer = Client(headers=headers).get("/desk/login/")
    cookie = answer.cookies.get("csrftoken")
    flags = cookie and [cookie["secure"], cookie["httponly"], cookie["samesite"]]
    hsts = answer.get("Strict-Transport-Security")
    said.append([answer.status_code, hsts, answer.get("Location"), flags])
said.append([settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY])
said.append(is_valid_path("/admin/login/"))
json.dump(said, sys.stdout)
"""


def test_a_public_site_speaks_https_alone_and_hides_its_desk(tmp_path: Path) -> None:
    asked = subprocess.run(
        [sys.executable, "-c", ASK_PUBLIC],
        cwd=settings.BASE_DIR,
        env=environment(tmp_path)
        | PUBLIC
        | {"DJANGO_SETTINGS_MODULE": "alliances.config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    year = "max-age=31536000"
    login = "https://alliances.example/desk/login/"
    assert json.loads(asked.stdout) == [
        [200, year, None, [True, True, "Lax"]],
        [301, None, login, None],
        [True, True],
        False,
    ]


def test_the_icon_is_found_where_browsers_ask_for_it() -> None:
    response = Client().get("/favicon.ico")
    assert (response.status_code, response["Location"]) == (302, "/static/img/icon.svg")
