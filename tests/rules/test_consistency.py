"""Each contradiction is found with its record, field and words; its nearest clean neighbour is not."""

from dataclasses import replace

import pytest

from alliances.partial_dates import PartialDate as P
from alliances.rules.consistency import agreement_findings, clause_dates, stay_dates
from alliances.rules.facts import Agreement, Obligation, Participation
from alliances.vocabulary import StoredStatus
from tests.rules.records import dossier
from tests.rules.worlds import OVER

A, B = Participation("AAA", "x/aaa-1"), Participation("BBB", "x/bbb-1")
CLAUSE = Obligation("x/o1", "consultation")
CLEAN = Agreement(
    ref="x",
    status=StoredStatus.IN_FORCE,
    signed=P("2000-05-06"),
    in_force=P("2001"),
    participations=(A, B),
    obligations=(CLAUSE,),
)
ENDED = replace(CLEAN, status=StoredStatus.EXPIRED, ended=P("2010-03"))


def found(agreement: Agreement) -> list[str]:
    return [str(finding) for finding in agreement_findings(agreement)]


def with_stays(agreement: Agreement, *stays: Participation) -> Agreement:
    return replace(agreement, participations=(*stays, B))


def with_clause(agreement: Agreement, **changes: object) -> Agreement:
    return replace(agreement, obligations=(replace(CLAUSE, **changes),))


def one_sided(owes: set[str], owed: set[str]) -> Agreement:
    return with_clause(CLEAN, mutual=False, owes=frozenset(owes), owed=frozenset(owed))


BEFORE_SIGNATURE = "x: in_force: It cannot be in force before its signature."
ENDS_FIRST = "x: ended: It cannot end before it begins."
END_NEEDS_STATUS = "x: status: With an end date the status is expired, terminated or superseded."
DRAFT_DATED = "x: status: A draft has no date of signature or force."
MORE_THAN_SIGNED = "x: status: With a date of entry into force it is more than signed."
JOINS_EARLY = "x/aaa-1: joined: No state takes part before the signature."
JOINS_LATE = "x/aaa-1: joined: No state joins an agreement that has ended."
LEAVES_OUTSIDE = "x/aaa-1: left: A state leaves while the agreement lasts."
LEAVES_FIRST = "x/aaa-1: left: A state cannot leave before it joins."
NO_FIRST_DAY = "x/aaa-1: suspended_until: A suspension that ends needs its first day."
RESUMES_FIRST = "x/aaa-1: suspended_until: A suspension cannot end before it begins."
SUSPENDED_OUTSIDE = (
    "x/aaa-1: suspended_from: Participation is suspended while the state takes part."
)
TWICE = "x/aaa-2: joined: A state takes part once at a time; the earlier stay has not ended."
CLAUSE_ENDS_FIRST = "x/o1: applies_until: It cannot end before it begins."
FROM_OUTSIDE = "x/o1: applies_from: A clause applies while the agreement lasts."
UNTIL_OUTSIDE = "x/o1: applies_until: A clause applies while the agreement lasts."
NAMES_SIDES = "x/o1: owes: A mutual obligation names no sides."
SAY_WHO = "x/o1: owes: Say who owes and who is owed, or that it is mutual."

AGREEMENT_CASES = [
    (replace(CLEAN, in_force=P("2000-05-05")), [BEFORE_SIGNATURE]),
    (replace(CLEAN, in_force=P("2000-04")), [BEFORE_SIGNATURE]),
    (replace(CLEAN, in_force=P("2000-05-06")), []),
    (replace(CLEAN, in_force=P("2000")), []),
    (replace(CLEAN, signed=None), []),
    (replace(ENDED, ended=P("2000-05-05")), [ENDS_FIRST]),
    (replace(ENDED, ended=P("2000-12-31")), [ENDS_FIRST]),
    (replace(ENDED, ended=P("2000-12-31"), in_force=None), []),
    (replace(ENDED, ended=P("2000"), in_force=None), []),
    (replace(ENDED, ended=P("2001")), []),
    *((replace(ENDED, status=status), []) for status in OVER),
    *(
        (replace(ENDED, status=status), [END_NEEDS_STATUS])
        for status in ("in_force", "provisional", "suspended", "unknown")
    ),
    *((replace(CLEAN, status=status), []) for status in (*OVER, "suspended", "provisional")),
    (replace(CLEAN, status=StoredStatus.SIGNED), [MORE_THAN_SIGNED]),
    (replace(CLEAN, status=StoredStatus.SIGNED, in_force=None), []),
    (replace(CLEAN, status=StoredStatus.DRAFT), [DRAFT_DATED]),
    (replace(CLEAN, status=StoredStatus.DRAFT, signed=None), [DRAFT_DATED]),
    (replace(CLEAN, status=StoredStatus.DRAFT, in_force=None), [DRAFT_DATED]),
    (replace(CLEAN, status=StoredStatus.DRAFT, signed=None, in_force=None), []),
]

STAY_CASES = [
    (CLEAN, {"joined": "2000-05-05"}, [JOINS_EARLY]),
    (CLEAN, {"joined": "2000-05-06"}, []),
    (CLEAN, {"joined": "2000"}, []),
    (ENDED, {"joined": "2010-03-31"}, [JOINS_LATE]),
    (ENDED, {"joined": "2010-03-30"}, []),
    (ENDED, {"joined": "2010-03"}, []),
    (CLEAN, {"left": "2000-05-05"}, [LEAVES_OUTSIDE]),
    (CLEAN, {"left": "2000-05-06"}, []),
    (ENDED, {"left": "2010-04-01"}, [LEAVES_OUTSIDE]),
    (ENDED, {"left": "2010-03-31"}, []),
    (CLEAN, {"joined": "2003-02", "left": "2003-01"}, [LEAVES_FIRST]),
    (CLEAN, {"joined": "2003-02", "left": "2003-02"}, []),
    (CLEAN, {"suspended_until": "2003-02"}, [NO_FIRST_DAY]),
    (CLEAN, {"suspended_from": "2003-02", "suspended_until": "2003-01-31"}, [RESUMES_FIRST]),
    (CLEAN, {"suspended_from": "2003-02", "suspended_until": "2003-02"}, []),
    (CLEAN, {"joined": "2003-02", "suspended_from": "2003-01"}, [SUSPENDED_OUTSIDE]),
    (CLEAN, {"joined": "2003-02", "suspended_from": "2003"}, []),
    (CLEAN, {"suspended_from": "2004-02-01", "left": "2004-01"}, [SUSPENDED_OUTSIDE]),
    (CLEAN, {"suspended_from": "2004-01-31", "left": "2004-01"}, []),
]

TWO_STAY_CASES = [
    ({}, {}, [TWICE]),
    ({"joined": "2001"}, {"joined": "2005"}, [TWICE]),
    ({"joined": "2001", "left": "2005-02"}, {"joined": "2005-01-31"}, [TWICE]),
    ({"joined": "2001", "left": "2005-02"}, {"joined": "2005-02-01"}, []),
    ({"joined": "2001", "left": "2005-02-01"}, {"joined": "2005-02-01"}, []),
    ({"left": "2003"}, {"joined": "2004"}, []),
]

CLAUSE_CASES = [
    (with_clause(CLEAN, applies_from=P("2005"), applies_until=P("2004")), [CLAUSE_ENDS_FIRST]),
    (with_clause(CLEAN, applies_from=P("2005"), applies_until=P("2005")), []),
    (with_clause(CLEAN, applies_from=P("2000-05-05")), [FROM_OUTSIDE]),
    (with_clause(CLEAN, applies_from=P("2000-05-06")), []),
    (with_clause(ENDED, applies_from=P("2010-04")), [FROM_OUTSIDE]),
    (with_clause(ENDED, applies_until=P("2010-04")), [UNTIL_OUTSIDE]),
    (with_clause(ENDED, applies_until=P("2010-03-31")), []),
    (with_clause(CLEAN, applies_until=P("1999")), [UNTIL_OUTSIDE]),
    (with_clause(CLEAN, owes=frozenset({"AAA"})), [NAMES_SIDES]),
    (with_clause(CLEAN, owed=frozenset({"AAA"})), [NAMES_SIDES]),
    (one_sided(set(), set()), [SAY_WHO]),
    (one_sided({"AAA"}, set()), [SAY_WHO]),
    (one_sided({"AAA"}, {"AAA"}), [SAY_WHO]),
    (one_sided({"AAA"}, {"BBB"}), []),
    (one_sided({"AAA", "BBB"}, {"BBB"}), []),
    (one_sided({"CCC"}, {"BBB"}), ["x/o1: owes: CCC takes no part in this agreement."]),
    (
        one_sided({"AAA"}, {"EEE", "DDD"}),
        [
            "x/o1: owed: DDD takes no part in this agreement.",
            "x/o1: owed: EEE takes no part in this agreement.",
        ],
    ),
]


def dated(stay: Participation, dates: dict[str, str]) -> Participation:
    return replace(stay, **{name: P(text) for name, text in dates.items()})


def test_a_clean_agreement_has_no_finding() -> None:
    assert found(CLEAN) == []
    assert found(ENDED) == []


@pytest.mark.parametrize(("agreement", "findings"), AGREEMENT_CASES)
def test_an_agreement_is_dated_in_order_and_as_its_status_says(
    agreement: Agreement, findings: list[str]
) -> None:
    assert found(agreement) == findings


@pytest.mark.parametrize(("agreement", "dates", "findings"), STAY_CASES)
def test_a_stay_is_dated_in_order_and_within_the_agreement(
    agreement: Agreement, dates: dict[str, str], findings: list[str]
) -> None:
    assert found(with_stays(agreement, dated(A, dates))) == findings


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(("earlier", "later", "findings"), TWO_STAY_CASES)
def test_a_state_takes_part_once_at_a_time(
    earlier: dict[str, str], later: dict[str, str], findings: list[str], turned: bool
) -> None:
    stays = [dated(A, earlier), dated(replace(A, ref="x/aaa-2"), later)]
    if earlier or not turned:
        assert found(with_stays(CLEAN, *(stays[::-1] if turned else stays))) == findings


@pytest.mark.parametrize(("agreement", "findings"), CLAUSE_CASES)
def test_a_clause_is_dated_in_order_and_owed_among_the_parties(
    agreement: Agreement, findings: list[str]
) -> None:
    assert found(agreement) == findings


def test_every_contradiction_is_found_at_once() -> None:
    stay = dated(A, {"joined": "2012", "left": "2011"})
    assert found(with_stays(replace(ENDED, in_force=P("1999"), status="draft"), stay)) == [
        BEFORE_SIGNATURE,
        END_NEEDS_STATUS,
        DRAFT_DATED,
        LEAVES_FIRST,
        JOINS_LATE,
        LEAVES_OUTSIDE,
    ]


def test_one_row_is_judged_alone() -> None:
    stay = dated(A, {"joined": "2003", "left": "2002"})
    clause = replace(CLAUSE, applies_from=P("2003"), applies_until=P("2002"))
    assert [str(finding) for finding in stay_dates(stay)] == [LEAVES_FIRST]
    assert [str(finding) for finding in clause_dates(clause)] == [CLAUSE_ENDS_FIRST]


def test_the_dossier_contradicts_itself_nowhere() -> None:
    assert [line for agreement in dossier().values() for line in found(agreement)] == []
