"""Records as a proposal would have them, inside a transaction that is rolled back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from django.db.models import Model

from alliances.commitments import undone
from alliances.dossier.records import Change, Form
from alliances.dossier.schema import Noun
from alliances.dossier.writing import apply_record, give_back_its_key
from alliances.proposals.nouns import find

# Far above what a sequence reaches. A form's new rows get the same keys each time it is looked at,
# so that a page made from it and the answer to that page speak of the same rows.
FIRST_KEY = 2**40


@contextmanager
def standing_as(noun: Noun, form: Form | None, ref: str) -> Iterator[Any]:
    """The record as the form has it (None for none), until the block ends; then all is undone."""
    with undone():
        record = find(noun, ref)
        yield form and apply_record(noun, form, record, Change("looked at"), _same_keys())


def _same_keys() -> Callable[[Model], None]:
    keys = count(FIRST_KEY)

    def give_key(row: Model) -> None:
        give_back_its_key(row)
        if row.pk is None:
            row.pk = next(keys)

    return give_key
