"""What is wrong with a dossier, in one line that names file, record, field and reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class DossierError(Exception):
    """A refusal. Nothing of the dossier is loaded when one is raised."""

    file: str
    record: str
    field: str
    reason: str

    def __str__(self) -> str:
        parts = (self.file, self.record, self.field, self.reason)
        return " ".join(": ".join(part for part in parts if part).split())
