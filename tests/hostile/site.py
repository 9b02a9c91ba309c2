"""What the requests go to: addresses, records and words of the site that Django has set up here."""

from __future__ import annotations

import hashlib

from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client

from alliances import filtersets
from tests.addresses import patterns
from tests.hostile.asked import HOST, Site

# Who signs in wrongly, and what a visitor's cookie stands for, is written down; nothing else is.
NOT_THE_DATA = ("axes_", "django_session", "sqlite_")
# Pressing one button begins a second factor, with a new secret; it stands for nothing until its owner
# confirms it by a code.
STANDS_ONLY_IF = {"otp_totp_totpdevice": "confirmed"}
TOKEN = "a" * 32
PARAMETERS = (
    "page_size",
    "cursor",
    "fields",
    "columns",
    "format",
    "on",
    "from",
    "to",
    "sort",
    "page",
    "q",
    "utm_source",
    "colour",
    "",
)


def site() -> Site:
    """The site of this process, with a looker-on and an owner signed in at its desk."""
    names, values = _parameters()
    owner = User.objects.create_superuser("owner")
    looker = User.objects.create_user("looker", is_staff=True)
    looker.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    cookies = _signed_in(owner), _signed_in(looker)
    return Site(_patterns(), _refs(), names, values, *cookies, TOKEN)


def _patterns() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"pages": [], "api": [], "desk": []}
    for _name, pattern in patterns():
        door = "desk" if pattern.startswith(settings.ADMIN_PATH) else "pages"
        found["api" if pattern.startswith("api/") else door].append(pattern)
    return found


def _refs() -> list[str]:
    refs = ["1", "2", "99999999", "armenia", "russia", "togo", "RUS", "state", "site", "reference"]
    for model in apps.get_app_config("alliances").get_models():
        if any(field.name == "ref" for field in model._meta.fields):
            refs += model._default_manager.values_list("ref", flat=True)[:40]
    return refs


def _parameters() -> tuple[list[str], list[str]]:
    """Every name that a form of ours reads, and the codes that it takes."""
    names, values = set(PARAMETERS), {"csv", "xlsx", "json", "RUS", "ARM", "-date", "rank", "yes"}
    for form in vars(filtersets).values():
        fields = getattr(form, "base_fields", {}) or getattr(form, "base_filters", {})
        names |= set(fields)
        for each in fields.values():
            choices = getattr(each, "choices", None) or getattr(each, "extra", {}).get("choices")
            values |= {str(code) for code, *_label in choices or ()}
    return sorted(names), sorted(values)


def _signed_in(user: User) -> str:
    client = Client(headers={"host": HOST})
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return f"sessionid={client.cookies['sessionid'].value}"


def all_data() -> str:
    """A checksum of every row of every table that holds what readers or editors made."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if not table.startswith(NOT_THE_DATA):
                stands = STANDS_ONLY_IF.get(table, "1 = 1")
                cursor.execute(f'SELECT * FROM "{table}" WHERE {stands} ORDER BY 1')  # noqa: S608
                digest.update(repr((table, cursor.fetchall())).encode())
    return digest.hexdigest()
