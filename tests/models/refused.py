"""Whether the database itself refuses a write."""

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction


def is_refused(write: Callable[[], Any]) -> str:
    """The name of the constraint that refuses the write, else nothing; the write is undone."""
    try:
        with transaction.atomic():
            write()
            transaction.set_rollback(True)
    except IntegrityError as error:
        return str(error)
    return ""
