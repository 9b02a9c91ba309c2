"""Room 2: rows of the commitments' table in plain values: objects of the six models behind each row
cost ten times as much as the query (docs/benchmarks.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from alliances.models import CommitmentSpan
from alliances.models.commitment import is_reported
from alliances.partial_dates import PartialDate
from alliances.queries.raw import by_key
from alliances.rules.status import Standing
from alliances.vocabulary import DayReason, DayStatus

AGREEMENT = "commitment__agreement__"
CLAUSE = "commitment__obligation__"
LEVEL = "commitment__level__"


class Stands(NamedTuple):
    """How a promise stands, and the dates of its agreement that are said with it. `whole`: when the
    agreement began, where the standing rests on an amended clause's own start.
    """

    status: str
    reason: str
    since: str | None
    suspended: bool
    suspended_since: str | None
    signed: str | None
    whole: str | None

    @property
    def standing(self) -> Standing:
        """The rules' value."""
        return Standing(
            DayStatus(self.status),
            date_of(self.since),
            DayReason(self.reason) if self.reason else None,
            self.suspended,
            date_of(self.suspended_since),
        )


class Line(NamedTuple):
    """One clause in one direction, as it stands on the day. No clause: its values are None."""

    key: int
    promisor: str
    promisor_name: str
    promisor_slug: str
    partner_name: str
    partner_slug: str
    level: str
    level_label: str
    rank: int | None
    agreement: str
    agreement_title: str
    text_disclosure: str
    signed: str | None
    in_force: str | None
    clause: str | None
    article: str | None
    article_seen: bool | None
    trigger: str | None
    confidence: str | None
    applies_from: str | None
    status: str
    reason: str
    since: str | None
    suspended: bool
    suspended_since: str | None

    @property
    def stands(self) -> Stands:
        """What its words are made of; the same for many lines."""
        return Stands(
            self.status,
            self.reason,
            self.since,
            bool(self.suspended),
            self.suspended_since,
            self.signed,
            self.in_force if self.clause and self.applies_from == self.since else None,
        )

    @property
    def is_reported(self) -> bool:
        """Whether the level is taken from a report of an undisclosed text."""
        return is_reported(self.text_disclosure, self.rank)

    @property
    def anchor(self) -> str:
        """The clause's place on the agreement's page."""
        return (self.clause or "").rpartition("/")[2]


# Where each value stands, from a commitment's span.
PATHS = (
    "commitment__promisor__ref",
    "commitment__promisor__name",
    "commitment__promisor__slug",
    "commitment__partner__name",
    "commitment__partner__slug",
    f"{LEVEL}ref",
    f"{LEVEL}label",
    f"{LEVEL}rank",
    f"{AGREEMENT}ref",
    f"{AGREEMENT}short_title",
    f"{AGREEMENT}text_disclosure",
    f"{AGREEMENT}signed",
    f"{AGREEMENT}in_force",
    f"{CLAUSE}ref",
    f"{CLAUSE}article",
    f"{CLAUSE}article_seen",
    f"{CLAUSE}trigger_code",
    f"{CLAUSE}confidence",
    f"{CLAUSE}applies_from",
    "status",
    "reason",
    "since",
    "suspended",
    "suspended_since",
)


_by_key = by_key(CommitmentSpan.objects.all, PATHS)


def lines(keys: Sequence[int]) -> list[Line]:
    """The rows of the spans with these primary keys, in their order, in one query."""
    return [Line._make(row) for row in _by_key(keys)]


def date_of(text: str | None) -> PartialDate | None:
    """A date as the database has it."""
    return PartialDate(text) if text else None
