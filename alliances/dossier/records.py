"""From a record to its form, and what the history is told of a change. `writing` goes back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.db.models.deletion import Collector
from django.utils import timezone

from alliances.dossier.schema import Noun
from alliances.models.base import LOADER

Form = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """What the history says of a write: why, who (None: the loader) and when."""

    reason: str
    user: Any = None

    @cached_property
    def at(self) -> datetime:
        """The moment of the first row that it marks: by then its transaction has its turn."""
        return timezone.now()

    def mark(self, record: Model) -> Model:
        """Tell the record's history why its next save or deletion happens."""
        record._change_reason = self.reason  # type: ignore[attr-defined]
        record._history_user = self.user  # type: ignore[attr-defined]
        record._history_by = self.user.get_username() if self.user else LOADER  # type: ignore[attr-defined]
        record._history_date = self.at  # type: ignore[attr-defined]
        return record

    def delete(self, record: Model) -> None:
        """Delete a record and the rows that go with it, each with the reason. As Model.delete()."""
        collector = Collector(using=record._state.db or DEFAULT_DB_ALIAS, origin=record)
        collector.collect([record])
        for rows in collector.data.values():
            for row in rows:
                self.mark(row)
        collector.delete()


def natural(ref: str) -> list[tuple[int, int | str]]:
    """Sorts o2 before o10."""
    return [(0, int(part)) if part.isdigit() else (1, part) for part in re.findall(r"\d+|\D+", ref)]


def export_record(noun: Noun, record: Model) -> Form:
    """The record's form: keys in their fixed order, absent where nothing is recorded."""
    form = {key.name: key.plain(record) for key in noun.keys}
    return {name: plain for name, plain in form.items() if plain not in ("", None, [], {})}


def export_records(noun: Noun, records: Iterable[Model]) -> list[Form]:
    """Forms in the natural order of their ids."""
    return sorted(
        (export_record(noun, record) for record in records), key=lambda form: natural(form["id"])
    )
