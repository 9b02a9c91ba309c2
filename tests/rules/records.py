"""The dossier's agreements as the rules' plain values, read from the files without any model, and
the worked rows of docs/decisions/0003-status-on-a-day.md.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from alliances.partial_dates import PartialDate
from alliances.rules.facts import Agreement, Obligation, Participation
from alliances.vocabulary import Disclosure, StoredStatus

HOME = Path(__file__).resolve().parents[2]
DECISION = HOME / "docs" / "decisions" / "0003-status-on-a-day.md"
COLUMNS = [
    "agreement",
    "clause",
    "promisor",
    "partner",
    "day",
    "status",
    "reason",
    "since",
    "suspended",
]


class Row(NamedTuple):
    """One worked row of the decision, as it is written there."""

    agreement: str
    clause: str
    promisor: str
    partner: str
    day: str
    status: str
    reason: str
    since: str
    suspended: str


def worked_rows() -> list[Row]:
    """The rows of the decision's table."""
    lines = DECISION.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if "|" in line]
    assert cells[0] == COLUMNS
    assert set("".join(cells[1])) == {"-"}
    return [Row(*row) for row in cells[2:]]


@cache
def records(name: str) -> list[dict[str, Any]]:
    """The records of one file, every scalar a text."""
    text = (HOME / "fixtures" / "dossier" / f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, yaml.CBaseLoader)  # noqa: S506 - texts only


def last_day(text: str) -> date:
    """The last possible day of a partial date, written a second time."""
    year, month, day = [int(part) for part in text.split("-")] + [0] * (2 - text.count("-"))
    return date(year, month or 12, day or monthrange(year, month or 12)[1])


def coverage_date(parties: set[str]) -> date:
    """The coverage date of an agreement between `parties`, written a second time."""
    reaches = {
        (r["promisor"], r["partner"]): last_day(r["researched_to"]) for r in records("coverage")
    }
    own = [reach for pair, reach in reaches.items() if parties.issuperset(pair)]
    return min(own or reaches.values())


@cache
def dossier() -> Mapping[str, Agreement]:
    """Every agreement of the dossier by its id."""
    return {record["id"]: agreement_of(record) for record in records("agreements")}


def agreement_of(record: dict[str, Any]) -> Agreement:
    """One agreement of the files as the rules' value."""
    return Agreement(
        ref=record["id"],
        status=StoredStatus(record["status"]),
        disclosure=Disclosure(record["text_disclosure"]),
        participations_known=record.get("participations_known") != "false",
        speaks_from=coverage_date({stay["state"] for stay in record["participations"]}),
        participations=tuple(
            Participation(
                state=stay["state"],
                ref=stay["id"],
                **dates(stay, "joined", "left", "suspended_from", "suspended_until"),
            )
            for stay in record["participations"]
        ),
        obligations=tuple(
            Obligation(
                ref=clause["id"],
                level=clause["level"],
                mutual=clause.get("mutual") != "false",
                owes=frozenset(clause.get("owes", ())),
                owed=frozenset(clause.get("owed", ())),
                **dates(clause, "applies_from", "applies_until"),
            )
            for clause in record.get("provisions", ())
        ),
        **dates(record, "signed", "in_force", "ended"),
    )


def dates(record: dict[str, Any], *names: str) -> dict[str, PartialDate]:
    """The partial dates that a record has."""
    return {name: PartialDate(record[name]) for name in names if name in record}
