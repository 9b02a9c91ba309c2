"""Contradictions between records that name one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from alliances.rules.consistency.findings import Finding


def circle(ref: str, field: str, following: Mapping[str, str]) -> Iterator[Finding]:
    """What follows a record never leads back to it. `following`: each record's follower."""
    chain = [ref]
    while (follower := following.get(chain[-1])) and follower not in chain:
        chain.append(follower)
    if follower == ref:
        yield Finding(
            ref, field, _("It leads back to itself: %(chain)s.") % {"chain": " → ".join(chain)}
        )


def spell_beside_its_stay(
    ref: str, coded: tuple[str, str], ours: tuple[str, str] | None
) -> Iterator[Finding]:
    """A member spell and our participation are of the same (agreement, state)."""
    if ours and ours != coded:
        yield Finding(
            ref, "participation", _("It is of another agreement or state than this spell.")
        )
