"""Room 1: the editors' roles: groups of accounts with exact permissions.

To add, change or delete a record means to propose it; who may publish says a permission of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

AUTHORS, REVIEWERS, ADMINISTRATORS = "Authors", "Reviewers", "Administrators"

# What subject experts keep. Parts of records have no page of their own but need permissions too.
SUBJECT = ("agreement", "event", "claim", "omission", "source", "coverage")
PARTS = (
    *("participation", "obligation", "obligationside"),
    *("citation", "evidence", "eventagreement"),
)
# What the subject stands on: changed seldom, by who answers for the whole.
FRAME = (
    *("state", "obligationlevel", "article", "dataset"),
    *("externalcoding", "memberspell", "difference"),
)


def _all_of(verbs: Iterable[str], nouns: Iterable[str]) -> set[str]:
    return {f"alliances.{verb}_{noun}" for noun in nouns for verb in verbs}


_PROPOSING = (
    _all_of(("view", "add", "change", "delete"), (*SUBJECT, *PARTS))
    | _all_of(("view",), FRAME)
    | {"alliances.view_proposal", "alliances.view_correction"}
)
_REVIEWING = _PROPOSING | {"alliances.review_proposal", "alliances.change_correction"}
ROLES: Mapping[str, frozenset[str]] = {
    AUTHORS: frozenset(_PROPOSING),
    REVIEWERS: frozenset(_REVIEWING),
    ADMINISTRATORS: frozenset(
        _REVIEWING
        | _all_of(("add", "change", "delete"), FRAME)
        | {"alliances.publish_own_proposal"}
        | {f"auth.{verb}_user" for verb in ("view", "add", "change")}
        | {"auth.view_group"}
    ),
}


def make_roles(groups: Any, permissions: Any) -> None:
    """Make the groups, each with exactly its permissions; both arguments are managers."""
    known = {
        f"{each.content_type.app_label}.{each.codename}": each
        for each in permissions.select_related("content_type")
    }
    for name, wanted in ROLES.items():
        group, _made = groups.get_or_create(name=name)
        group.permissions.set([known[each] for each in sorted(wanted)])
