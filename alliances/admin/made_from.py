"""Room 4: what a record's page was made from: it travels in the page, signed, and comes back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied

from alliances.dossier.records import Form
from alliances.dossier.schema import Noun
from alliances.models import Proposal
from alliances.proposals.nouns import published_form

SALT = "what a record's page was made from"


@dataclass(frozen=True)
class MadeFrom:
    """What a page was made from: the published form, what the page shows, and which draft that is.

    It travels in the page, signed, so that the answer is laid on what its author saw.
    """

    ref: str = ""
    base: Form | None = None
    shown: Form | None = None
    proposal: int | None = None
    number: int = 0

    def signed(self) -> str:
        """For a hidden field."""
        return signing.dumps(asdict(self), salt=SALT, compress=True)

    @classmethod
    def read(cls, text: str) -> MadeFrom:
        """From the hidden field. Raises PermissionDenied where it is missing or forged."""
        try:
            return cls(**signing.loads(text, salt=SALT))
        except signing.BadSignature as error:
            raise PermissionDenied from error

    @classmethod
    def record(cls, noun: Noun, record: Any) -> MadeFrom:
        """Of a page of the published record."""
        form = published_form(noun, record.ref)
        return cls(record.ref, form, form)

    @classmethod
    def draft(cls, proposal: Proposal) -> MadeFrom:
        """Of a page of a draft."""
        return cls(proposal.ref, proposal.base, proposal.form, proposal.pk, proposal.number)
