"""The worked rows of docs/decisions/0003-status-on-a-day.md, judged by the pure rules."""

from datetime import date

import pytest

from alliances.rules.commitments import commitments_of
from tests.rules.records import Row, dossier, worked_rows


def judged(row: Row) -> Row:
    """The row as the rules give it."""
    clause = None if row.clause == "-" else f"{row.agreement}/{row.clause}"
    (commitment,) = [
        commitment
        for commitment in commitments_of(dossier()[row.agreement])
        if (commitment.obligation, commitment.promisor, commitment.partner)
        == (clause, row.promisor, row.partner)
    ]
    standing = commitment.on(date.fromisoformat(row.day))
    return row._replace(
        status=str(standing.status),
        reason=str(standing.reason or "-"),
        since=str(standing.since or "-"),
        suspended=str(standing.suspended_since or "undated") if standing.suspended else "-",
    )


@pytest.mark.parametrize("row", worked_rows(), ids=lambda row: "|".join(row[:5]))
def test_the_rules_give_every_worked_row(row: Row) -> None:
    assert judged(row) == row


def test_the_table_works_out_every_status_and_every_reason() -> None:
    rows = worked_rows()
    assert len(rows) >= 24
    assert {row.status for row in rows} == {
        "not_yet", "draft", "signed", "provisional", "in_force", "unknown", "ended",
    }  # fmt: skip
    assert {row.reason for row in rows} == {
        "-",
        "start_not_established",
        "signature_not_established",
        "end_not_established",
        "fate_not_established",
        "date_imprecise",
        "parties_not_established",
    }
