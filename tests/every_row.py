"""Every row of every table of the app as the database has it: to see that nothing has changed."""

from typing import Any

from django.apps import apps
from django.db import connection


def every_row() -> dict[str, list[tuple[Any, ...]]]:
    """By table, history included; past the models, which would take most of a test's time."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("alliances").get_models():
            table, key = model._meta.db_table, model._meta.pk.column
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY "{key}"')  # noqa: S608
            found[table] = cursor.fetchall()
    return found
