"""One kind of record of the dossier: its file, its model and its keys in their fixed order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from alliances.dossier.keys import Key


@dataclass(frozen=True)
class Noun:
    """One kind of record. `file` is empty for records nested in another's."""

    model: Any
    keys: tuple[Key, ...]
    file: str = ""
    about: str = ""
    owner: str = ""
    fetch: tuple[str, ...] = ()
    fetch_many: tuple[str, ...] = ()
    by_name: dict[str, Key] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {key.name: key for key in self.keys})

    @property
    def name(self) -> str:
        """The noun in words, for messages and `LoadedRecord`."""
        return str(self.model._meta.model_name)

    def all(self) -> QuerySet[Any]:
        """Every record, with all that its form needs, in a constant number of queries."""
        rows = self.model._default_manager.select_related(*self.fetch)
        return rows.prefetch_related(*self.fetch_many)


ID = Key("id", required=True, to="ref")
