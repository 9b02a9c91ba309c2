"""docs/decisions/0004-soviet-union.md, read against the files for every state that has ended."""

from datetime import date, timedelta

import pytest

from alliances.rules.commitments import Commitment, commitments_of
from alliances.rules.facts import Agreement
from alliances.vocabulary import StoredStatus
from tests.rules.records import dossier, records

FORMER = {record["id"]: record for record in records("states") if "continued_by" in record}
MADE_BY_ONE = {r["id"]: r["made_by"] for r in records("agreements") if "made_by" in r}
DAY = timedelta(days=1)


def promises(promisor: str) -> list[tuple[Agreement, Commitment]]:
    return [
        (agreement, commitment)
        for agreement in dossier().values()
        for commitment in commitments_of(agreement)
        if commitment.promisor == promisor
    ]


def stays(ref: str, state: str) -> list[tuple[str | None, str | None]]:
    own = [stay for stay in dossier()[ref].participations if stay.state == state]
    return [(stay.joined, stay.left) for stay in own]


def test_the_soviet_union_is_the_only_state_that_another_continues() -> None:
    assert {ref: (row["exists_until"], row["continued_by"]) for ref, row in FORMER.items()} == {
        "SUN": ("1991-12-26", "RUS")
    }
    assert len(MADE_BY_ONE) == 11


@pytest.mark.parametrize("ref", MADE_BY_ONE)
def test_its_agreements_pass_on_only_where_they_surely_outlasted_it_or_may_have(ref: str) -> None:
    former = MADE_BY_ONE[ref]
    last_day, heir = FORMER[former]["exists_until"], FORMER[former]["continued_by"]
    agreement = dossier()[ref]
    if agreement.status == StoredStatus.DRAFT:
        assert stays(ref, former) == [(None, None)]
        assert stays(ref, heir) == []
        return
    assert stays(ref, former) == [(None, last_day)]
    ended_first = agreement.ended and agreement.ended.first <= date.fromisoformat(last_day)
    assert stays(ref, heir) == ([] if ended_first else [(last_day, None)])


def test_it_takes_part_in_nothing_that_it_did_not_make() -> None:
    with_it = {
        ref for ref, a in dossier().items() if any(s.state == "SUN" for s in a.participations)
    }
    assert with_it == set(MADE_BY_ONE)


def test_its_promises_have_ended_on_the_first_day_without_it() -> None:
    found = promises("SUN")
    assert len(found) == 17
    for agreement, commitment in found:
        drafted = agreement.status == StoredStatus.DRAFT
        status = str(commitment.on(date(1991, 12, 26)).status)
        assert status == ("draft" if drafted else "ended")
        assert str(commitment.on(date(1991, 12, 25)).status) not in ("ended", "not_yet")


def test_russia_promised_nothing_before_that_day_that_has_a_date() -> None:
    found = promises("RUS")
    for agreement, commitment in found:
        status = str(commitment.on(date(1991, 12, 25)).status)
        undated = "draft" if agreement.status == StoredStatus.DRAFT else "unknown"
        assert status == ("not_yet" if agreement.signed or "sun-" in agreement.ref else undated)
    begun = {
        agreement.ref
        for agreement, commitment in found
        if commitment.on(date(1991, 12, 26)).status == "in_force"
    }
    assert begun == {
        "sun-ind-peace-friendship-cooperation-1971",
        "sun-prk-friendship-mutual-assistance-1961",
        "sun-vnm-friendship-cooperation-1978",
    }


def test_the_two_owe_each_other_nothing() -> None:
    assert [c for _a, c in promises("SUN") if c.partner == "RUS"] == []
    assert [c for _a, c in promises("RUS") if c.partner == "SUN"] == []
