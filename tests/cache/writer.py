"""Another process that writes: one edit per line of its input, answered when it is committed.

Run as a program with the database in DATABASE_URL; each line is JSON: model, ref, field, value,
and whether the write is to be undone before it is committed.
"""

import json
import os
import sys
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ["DJANGO_SETTINGS_MODULE"] = "alliances.config.settings"
django.setup()


def main() -> None:
    from django.apps import apps
    from django.db import transaction

    for line in sys.stdin:
        edit = json.loads(line)
        with transaction.atomic():
            record = apps.get_model("alliances", edit["model"]).objects.get(ref=edit["ref"])
            setattr(record, edit["field"], edit["value"])
            record.save()
            transaction.set_rollback(edit["undone"])
        print("done", flush=True)


if __name__ == "__main__":
    main()
