"""Which records can be proposed, and which record a row belongs to."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from alliances.dossier.records import Form, export_record
from alliances.dossier.schema import NOUNS, OBLIGATION, Noun
from alliances.models import Obligation

BY_NAME = {noun.name: noun for noun in NOUNS}


def noun_of(model: type[Model]) -> Noun:
    """The kind of record that a model's rows are, or are part of."""
    name = OBLIGATION.owner if model is Obligation else str(model._meta.model_name)
    return BY_NAME[name]


def record_of(row: Any) -> Any:
    """The record that a row is, or is part of."""
    return row.agreement if isinstance(row, Obligation) else row


def find(noun: Noun, ref: str) -> Any:
    """The published record with this id, with all that its form needs; None where there is none."""
    return noun.all().filter(ref=ref).first()


def published_form(noun: Noun, ref: str) -> Form | None:
    """The form of the published record; None where there is none."""
    record = find(noun, ref)
    return export_record(noun, record) if record else None
