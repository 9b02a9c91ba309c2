"""Room 4: cursors: where in a list an answer begins. Opaque, signed, good for one data version.

In one version of the data the order of a list is total, so a place in it is a number of rows.
"""

from __future__ import annotations

from hashlib import sha256

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from alliances.api.problems import BadParameters


def _signer() -> Signer:
    return Signer(sep=".", salt="alliances.api.cursors")


def _digest(address: str) -> str:
    return sha256(address.encode()).hexdigest()[:16]


def written(version: str, address: str, offset: int) -> str:
    """The cursor of a list at `address` (its parameters and its day), `offset` rows from its
    start.
    """
    return _signer().sign_object([version, _digest(address), offset])


def read(cursor: str, version: str, address: str) -> int:
    """How many rows lie before; BadParameters where the rows may no longer be the same."""
    try:
        of_version, of_address, offset = _signer().unsign_object(cursor)
    except (BadSignature, ValueError):
        raise BadParameters({"cursor": [_("No answer gave this: begin without it.")]}) from None
    if of_version != version:
        raise changed()
    if of_address != _digest(address):
        words = _("It belongs to other parameters or another day: begin without it.")
        raise BadParameters({"cursor": [words]})
    return int(offset)


def changed() -> BadParameters:
    """The refusal to go on in a list whose rows have changed."""
    return BadParameters({"cursor": [_("The data have changed since: begin without it.")]})
