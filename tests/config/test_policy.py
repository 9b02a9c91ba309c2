"""What every page tells the browser: the strict policy, and where the icon is."""

import pytest
from django.test import Client

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


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("/", 200),
        ("/states/togo/", 200),
        ("/about/", 200),
        ("/admin/login/", 200),
        ("/nowhere/", 404),
    ],
)
def test_every_page_carries_the_strict_policy(page: str, code: int) -> None:
    response = Client().get(page)
    assert response.status_code == code
    directives = [part.strip() for part in response["Content-Security-Policy"].split(";")]
    assert (set(directives), len(directives)) == (POLICY, len(POLICY))
    assert "Content-Security-Policy-Report-Only" not in response
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


def test_the_icon_is_found_where_browsers_ask_for_it() -> None:
    response = Client().get("/favicon.ico")
    assert (response.status_code, response["Location"]) == (302, "/static/img/icon.svg")
