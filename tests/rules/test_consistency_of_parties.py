"""Parties exist, take part and leave as their states, statuses and agreement allow."""

from dataclasses import replace

import pytest

from alliances.partial_dates import PartialDate as P
from alliances.rules.consistency import (
    agreement_findings,
    circle,
    spell_beside_its_stay,
    stay_status,
    unprintable,
)
from alliances.rules.facts import Agreement, Participation
from tests.rules.test_consistency import CLEAN, ENDED, A, B, dated, found, with_stays

TWO = "x: participations: An agreement needs at least two parties."
GONE = "x/aaa-1: state: The state did not exist any more."
JOINS_GONE = "x/aaa-1: joined: The state did not exist any more."
NOT_YET = "x/aaa-1: state: The state did not exist yet."
JOINS_NOT_YET = "x/aaa-1: joined: The state did not exist yet."
LEAVES_LATE = "x/aaa-1: left: A state leaves at the latest when it ceases to exist."
STILL_IN = "x/aaa-1: left: A state that ceased to exist has left: say when."
WITHDREW = "x/aaa-1: left: A state that withdrew has left: say when."
TAKES_PART = "x/aaa-1: status: A state that has left takes part no more."
RATIFIES_EARLY = "x/aaa-1: ratified: No state ratifies before the signature."
RESUMES_AFTER_LEAVING = (
    "x/aaa-1: suspended_until: Participation is suspended while the state takes part."
)
SUSPENDED_AFTER_END = "x/aaa-1: suspended_from: A suspension lies within the agreement's life."
RESUMES_AFTER_END = "x/aaa-1: suspended_until: A suspension lies within the agreement's life."


@pytest.mark.parametrize(
    ("stays", "findings"),
    [
        ((), [TWO]),
        ((B,), [TWO]),
        ((replace(B, left=P("2002")), replace(B, ref="x/bbb-2", joined=P("2003"))), [TWO]),
        ((A, B), []),
    ],
)
def test_an_agreement_is_between_two_states(
    stays: tuple[Participation, ...], findings: list[str]
) -> None:
    assert found(replace(CLEAN, participations=stays, obligations=())) == findings


@pytest.mark.parametrize(
    ("maker", "findings"),
    [
        ("AAA", []),
        ("BBB", ["x: made_by: Name a former state, or leave it blank."]),
        ("CCC", ["x: made_by: CCC takes no part in this agreement."]),
    ],
)
def test_a_maker_is_a_former_state_and_a_party(maker: str, findings: list[str]) -> None:
    former = replace(A, exists_until=P("2005"), left=P("2005"))
    assert found(with_stays(replace(CLEAN, made_by=maker), former)) == findings


# Signed 2000-05-06; ENDED ends in 2010-03.
EXISTENCE_CASES = [
    (CLEAN, {"exists_until": "2000-05-06"}, [GONE]),
    (CLEAN, {"exists_until": "2000-05", "left": "2000-05-31"}, []),
    (CLEAN, {"exists_until": "2003", "joined": "2004"}, [JOINS_GONE]),
    (CLEAN, {"exists_until": "2003-12-31", "joined": "2003-12-31"}, [JOINS_GONE]),
    (CLEAN, {"exists_until": "2004", "joined": "2003", "left": "2004"}, []),
    (CLEAN, {"exists_until": "2003", "left": "2004"}, [LEAVES_LATE]),
    (CLEAN, {"exists_until": "2003", "left": "2003-12-31"}, []),
    (CLEAN, {"exists_until": "2003", "left": "2001"}, []),
    (CLEAN, {"exists_until": "2003"}, [STILL_IN]),
    (replace(CLEAN, signed=None), {"exists_until": "1990", "joined": "1991"}, [JOINS_GONE]),
    (ENDED, {"exists_until": "2010-04"}, []),
    (ENDED, {"exists_until": "2010-02"}, [STILL_IN]),
    (ENDED, {"exists_until": "2010-03-15"}, []),
    (Agreement("x", "draft"), {"exists_until": "1991"}, []),
    (CLEAN, {"exists_from": "2001"}, [NOT_YET]),
    (CLEAN, {"exists_from": "2000"}, []),
    (CLEAN, {"exists_from": "2001", "joined": "2000-12"}, [JOINS_NOT_YET]),
    (CLEAN, {"exists_from": "2001", "joined": "2001"}, []),
]


@pytest.mark.parametrize(("agreement", "dates", "findings"), EXISTENCE_CASES)
def test_a_state_takes_part_only_while_it_exists(
    agreement: Agreement, dates: dict[str, str], findings: list[str]
) -> None:
    whole = replace(with_stays(agreement, dated(A, dates)), obligations=())
    assert found(whole) == findings


STAY_CASES = [
    (CLEAN, {"ratified": "2000-05-05"}, [RATIFIES_EARLY]),
    (CLEAN, {"ratified": "2000-05"}, []),
    (CLEAN, {"suspended_from": "2002", "suspended_until": "2005", "left": "2004"},
     [RESUMES_AFTER_LEAVING]),
    (CLEAN, {"suspended_from": "2002", "suspended_until": "2004", "left": "2004"}, []),
    (ENDED, {"suspended_from": "2010-04"}, [SUSPENDED_AFTER_END]),
    (ENDED, {"suspended_from": "2010-03"}, []),
    (ENDED, {"suspended_from": "2009", "suspended_until": "2011"}, [RESUMES_AFTER_END]),
    (ENDED, {"suspended_from": "2009", "suspended_until": "2010"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("agreement", "dates", "findings"), STAY_CASES)
def test_a_stay_lies_within_the_agreement_s_life(
    agreement: Agreement, dates: dict[str, str], findings: list[str]
) -> None:
    assert found(with_stays(agreement, dated(A, dates))) == findings


@pytest.mark.parametrize(
    ("status", "left", "findings"),
    [
        ("withdrawn", None, [WITHDREW]),
        ("withdrawn", "2004", []),
        ("lapsed", None, []),
        *((status, "2004-12-31", [TAKES_PART]) for status in ("member", "signatory", "frozen")),
        ("member", "2004", [TAKES_PART]),
        ("member", "2005", []),
        ("member", None, []),
        ("", "2004", []),
        ("withdrawn", "2004-12-31", []),
    ],
)
def test_a_status_speaks_at_the_coverage_date(
    status: str, left: str | None, findings: list[str]
) -> None:
    agreement = replace(CLEAN, speaks_from=P("2004-12-31").last)
    stay = replace(A, status=status, left=P(left) if left else None)
    assert found(with_stays(agreement, stay)) == findings
    unresearched = found(with_stays(CLEAN, stay))
    assert unresearched == [finding for finding in findings if finding == WITHDREW]
    assert [str(each) for each in stay_status(stay)] == unresearched


@pytest.mark.parametrize(
    ("agreement", "is_refused"),
    [
        *((replace(CLEAN, status=status), True) for status in ("in_force", "provisional")),
        *((replace(CLEAN, status=status), True) for status in ("suspended",)),
        (replace(CLEAN, status="signed", in_force=None), True),
        (replace(CLEAN, status="unknown"), False),
        (replace(CLEAN, status="expired"), False),
        (replace(CLEAN, status="draft", signed=None, in_force=None), False),
        (ENDED, False),
    ],
)
def test_only_what_may_have_ended_has_a_reason(agreement: Agreement, is_refused: bool) -> None:
    line = "x: end_reason: What has not ended has no reason to end."
    findings = found(replace(agreement, end_reason="lapsed"))
    assert findings == ([line] if is_refused else [])
    assert [str(each) for each in agreement_findings(agreement)] == []


@pytest.mark.parametrize(
    ("following", "chain"),
    [
        ({"a": "a"}, "a"),
        ({"a": "b", "b": "a"}, "a → b"),
        ({"a": "b", "b": "c", "c": "a"}, "a → b → c"),
        ({"a": "b", "b": "c"}, None),
        ({"a": "b", "b": "c", "c": "b"}, None),  # b's circle and c's, not a's
        ({}, None),
    ],
)
def test_nothing_follows_itself(following: dict[str, str], chain: str | None) -> None:
    findings = [str(each) for each in circle("a", "succeeded_by", following)]
    expected = f"a: succeeded_by: It leads back to itself: {chain}."
    assert findings == ([expected] if chain else [])


@pytest.mark.parametrize(
    ("ours", "is_refused"),
    [(None, False), (("x", "AAA"), False), (("x", "BBB"), True), (("y", "AAA"), True)],
)
def test_a_spell_stands_beside_its_own_stay(ours: tuple[str, str] | None, is_refused: bool) -> None:
    line = "s: participation: It is of another agreement or state than this spell."
    findings = [str(each) for each in spell_beside_its_stay("s", ("x", "AAA"), ours)]
    assert findings == ([line] if is_refused else [])


@pytest.mark.parametrize(
    ("value", "character"),
    [
        ("a\nb\tc é Россия  – “ ”", ""),
        ("a\0", "U+0000"),
        ("\x1b[0m", "U+001B"),
        ("a\rb", "U+000D"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\ud800", "U+D800"),
        (["a", "b\0"], "U+0000"),
        ({"a": ["b", {"c": "\x01"}]}, "U+0001"),
        ({"a\x02": "b"}, "U+0002"),
        (None, ""),
        (7, ""),
    ],
)
def test_a_text_holds_characters_that_print(value: object, character: str) -> None:
    assert unprintable(value) == character
