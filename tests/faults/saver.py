"""Another process that saves one record through the desk's own form, and says when it was told so.

Run as a program with the database in DATABASE_URL: MODEL REF FIELD VALUE.
"""

import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.faults.faulty")
django.setup()


def main(model: str, ref: str, field: str, value: str) -> None:
    from django.apps import apps
    from django.contrib.auth.models import User
    from django.contrib.auth.signals import user_logged_in
    from django.test import Client
    from django.test.utils import setup_test_environment

    from tests.admin.desk import Desk

    setup_test_environment()
    # The session is the only row that is written before the save itself.
    user_logged_in.disconnect(dispatch_uid="update_last_login")
    client = Client()
    client.force_login(User.objects.get())
    record = apps.get_model("alliances", model).objects.get(ref=ref)
    answer = Desk(client, record).fill(**{field: value}).save("Read it again")
    print("answered", answer.status_code, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
