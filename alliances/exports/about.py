"""Room 3: what an export says of itself: which question it answers, whose it is, how to cite it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from alliances.columns import Table
from alliances.exports.apa import reference
from alliances.exports.citing import Work
from alliances.exports.ours import LICENCE
from alliances.models import Coverage, DataVersion


@dataclass(frozen=True)
class About:
    """One answer: `url` is its page for good, `day` the day it holds on (None: it has none),
    `parameters` what was asked, each a list of values.
    """

    table: Table
    title: str
    url: str
    day: date | None
    parameters: Mapping[str, list[str]]
    data_version: DataVersion
    retrieved: date

    @property
    def work(self) -> Work:
        """The answer as what is cited: rows, also where they stand on a record's page."""
        title, version = self.title, self.data_version
        return Work(title, self.url, self.day, version, self.retrieved, is_record=False)

    @property
    def plain(self) -> dict[str, Any]:
        """For JSON, in this order."""
        return {
            "title": self.title,
            "one_row_is": str(self.table.meaning),
            "url": self.url,
            "day": self.day.isoformat() if self.day else None,
            "parameters": self.parameters,
            "coverage": reaches(),
            "data_version": self.data_version.label,
            "retrieved": self.retrieved.isoformat(),
            "licence": LICENCE,
            "cite": reference(self.work),
        }


def reaches() -> list[dict[str, Any]]:
    """How far the evidence reaches, the reach of most pairs first, and which pairs are meant."""
    found: dict[str, list[str]] = {}
    rows = Coverage.objects.order_by("ref").values_list(
        "researched_to", "promisor__ref", "partner__ref"
    )
    for researched_to, promisor, partner in rows:
        found.setdefault(str(researched_to), []).append(f"{promisor}-{partner}")
    ordered = sorted(found.items(), key=lambda reach: (-len(reach[1]), reach[0]))
    return [{"researched_to": to, "pairs": pairs} for to, pairs in ordered]
