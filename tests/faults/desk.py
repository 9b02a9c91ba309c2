"""Another process that works at the desk by its own forms, and says what it was answered.

Run as a program with the database in DATABASE_URL: `save MODEL REF FIELD VALUE` publishes a change,
`sheet` keeps a spreadsheet's rows, which give every state another name, as drafts.
"""

import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.faults.faulty")
django.setup()


def signed_in():
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.contrib.auth.signals import user_logged_in
    from django.test import Client
    from django.test.utils import setup_test_environment

    setup_test_environment()
    # The first row that is written is the work's own.
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    user_logged_in.disconnect(dispatch_uid="update_last_login")
    client = Client()
    client.force_login(User.objects.get())
    return client


def save(model: str, ref: str, field: str, value: str) -> int:
    from django.apps import apps

    from tests.admin.desk import Desk

    record = apps.get_model("alliances", model).objects.get(ref=ref)
    return Desk(signed_in(), record).fill(**{field: value}).save("Read it again").status_code


def sheet() -> int:
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.urls import reverse

    from alliances.models import State

    rows = [f"{state.ref},New {state.name}" for state in State.objects.all()]
    file = SimpleUploadedFile("sheet.csv", "\n".join(["id,name", *rows]).encode())
    client, address = signed_in(), reverse("admin:alliances_proposal_sheet")
    shown = client.post(address, {"kind": "state", "reason": "Read it again", "file": file})
    return client.post(address, {"looked_at": shown.context["looked_at"]}).status_code


if __name__ == "__main__":
    work = {"save": save, "sheet": sheet}[sys.argv[1]]
    print("answered", work(*sys.argv[2:]), flush=True)
