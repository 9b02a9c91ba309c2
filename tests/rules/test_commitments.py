"""Which commitments an agreement gives, and how each stands where a state left and returned."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, permutations

import pytest
from hypothesis import given

from alliances.partial_dates import PartialDate as P
from alliances.rules.commitments import Commitment, commitments_of
from alliances.rules.facts import Agreement, Obligation, Participation
from alliances.rules.status import agreement_spans, promise_on
from alliances.vocabulary import DayReason, DayStatus, Disclosure, StoredStatus
from tests.rules.records import dossier
from tests.rules.worlds import agreements, days, without_suspensions

D = date.fromisoformat
DAY = timedelta(days=1)
A, B, C = Participation("AAA"), Participation("BBB"), Participation("CCC")
TREATY = Agreement(
    ref="x",
    status=StoredStatus.IN_FORCE,
    signed=P("2000-02-03"),
    in_force=P("2001-04-05"),
    speaks_from=D("2020-01-31"),
    participations=(A, B),
    obligations=(Obligation("x/o1", "consultation"),),
)


def directions(agreement: Agreement) -> list[tuple[str | None, str, str]]:
    found = commitments_of(agreement)
    return [(each.obligation, each.promisor, each.partner) for each in found]


def between(agreement: Agreement, promisor: str, partner: str) -> Commitment:
    (found,) = [
        each
        for each in commitments_of(agreement)
        if (each.promisor, each.partner) == (promisor, partner)
    ]
    return found


def told(commitment: Commitment, day: str) -> tuple[str, str | None]:
    standing = commitment.on(D(day))
    return str(standing.status), standing.since


def test_a_mutual_clause_is_owed_by_each_party_to_every_other() -> None:
    three = replace(TREATY, participations=(C, A, B))
    assert directions(three) == [
        ("x/o1", "AAA", "BBB"),
        ("x/o1", "AAA", "CCC"),
        ("x/o1", "BBB", "AAA"),
        ("x/o1", "BBB", "CCC"),
        ("x/o1", "CCC", "AAA"),
        ("x/o1", "CCC", "BBB"),
    ]


def test_a_one_sided_clause_is_owed_by_those_who_owe_to_those_who_are_owed() -> None:
    sides = {"owes": frozenset({"AAA", "BBB"}), "owed": frozenset({"BBB", "CCC"})}
    clause = Obligation("x/o1", "consultation", mutual=False, **sides)
    one_sided = replace(TREATY, participations=(A, B, C), obligations=(clause,))
    assert directions(one_sided) == [
        ("x/o1", "AAA", "BBB"),
        ("x/o1", "AAA", "CCC"),
        ("x/o1", "BBB", "CCC"),
    ]


def test_clauses_come_in_their_order_each_with_its_own_level() -> None:
    two = (Obligation("x/o1", "non_aggression"), Obligation("x/o2", "basing_or_access"))
    found = commitments_of(replace(TREATY, obligations=two))
    assert [(each.obligation, each.promisor, each.level) for each in found] == [
        ("x/o1", "AAA", "non_aggression"),
        ("x/o1", "BBB", "non_aggression"),
        ("x/o2", "AAA", "basing_or_access"),
        ("x/o2", "BBB", "basing_or_access"),
    ]


@pytest.mark.parametrize(
    ("disclosure", "level"),
    [
        (Disclosure.UNDISCLOSED, "undisclosed"),
        (Disclosure.PARTIAL, "not_established"),
        (Disclosure.FULL, "not_established"),
        (Disclosure.UNKNOWN, "not_established"),
    ],
)
def test_without_clauses_there_is_one_unranked_commitment_each_way(
    disclosure: Disclosure, level: str
) -> None:
    bare = replace(TREATY, obligations=(), disclosure=disclosure)
    assert directions(bare) == [(None, "AAA", "BBB"), (None, "BBB", "AAA")]
    assert {each.level for each in commitments_of(bare)} == {level}


def test_an_agreement_without_two_parties_gives_no_commitment() -> None:
    assert commitments_of(replace(TREATY, participations=(A,))) == []
    assert commitments_of(replace(TREATY, participations=())) == []


def test_stays_that_never_meet_give_no_commitment() -> None:
    before = replace(A, left=P("2005-06-01"))
    after = replace(C, joined=P("2005-06-01"))
    continued = replace(TREATY, participations=(before, B, after))
    assert directions(continued) == [
        ("x/o1", "AAA", "BBB"),
        ("x/o1", "BBB", "AAA"),
        ("x/o1", "BBB", "CCC"),
        ("x/o1", "CCC", "BBB"),
    ]
    earlier, later = replace(C, joined=P("2005-05")), replace(A, left=P("2005"))
    for may_meet in ((before, B, earlier), (later, B, after)):
        assert ("x/o1", "AAA", "CCC") in directions(replace(TREATY, participations=may_meet))


def test_a_clause_that_begins_when_a_state_leaves_is_not_owed_to_it() -> None:
    gone = replace(A, left=P("2005-06-01"))
    new_text = Obligation("x/o1", "consultation", applies_from=P("2005-06-01"))
    old_text = Obligation("x/o2", "consultation", applies_until=P("2005-06-01"))
    amended = replace(TREATY, participations=(gone, B, C), obligations=(new_text, old_text))
    assert [way for way in directions(amended) if "AAA" in way] == [
        ("x/o2", "AAA", "BBB"),
        ("x/o2", "AAA", "CCC"),
        ("x/o2", "BBB", "AAA"),
        ("x/o2", "CCC", "AAA"),
    ]


@pytest.mark.parametrize("turned", [False, True])
def test_between_two_stays_it_has_ended(turned: bool) -> None:
    first = replace(A, joined=P("2000-02-03"), left=P("2005-06-01"))
    second = replace(A, joined=P("2010-07-01"), left=P("2015-08-01"))
    stays = (second, B, first) if turned else (first, B, second)
    for ways in (("AAA", "BBB"), ("BBB", "AAA")):
        found = between(replace(TREATY, participations=stays), *ways)
        assert [(str(span.first), *told(found, str(span.first))) for span in found.spans] == [
            ("0001-01-01", "not_yet", "2000-02-03"),
            ("2000-02-03", "signed", "2000-02-03"),
            ("2001-04-05", "in_force", "2001-04-05"),
            ("2005-06-01", "ended", "2005-06-01"),
            ("2010-07-01", "in_force", "2010-07-01"),
            ("2015-08-01", "ended", "2015-08-01"),
        ]


def test_a_return_that_is_sure_speaks_before_a_leaving_that_is_not() -> None:
    first = replace(A, left=P("2005"))
    second = replace(A, joined=P("2005-06-01"))
    returned = between(replace(TREATY, participations=(first, second, B)), "AAA", "BBB")
    assert told(returned, "2005-05-31") == ("unknown", "2000-02-03")
    assert told(returned, "2005-06-01") == ("in_force", "2005-06-01")
    assert told(returned, "2005-12-31") == ("in_force", "2005-06-01")


def test_a_suspension_of_either_possible_stay_is_flagged() -> None:
    free, frozen = replace(A, left=P("2005")), replace(A, joined=P("2005"))
    frozen = replace(frozen, suspended_from=P("2005"))
    either = between(replace(TREATY, participations=(free, frozen, B)), "AAA", "BBB")
    assert either.on(D("2005-03-01")).status == DayStatus.UNKNOWN
    assert either.on(D("2005-03-01")).suspended
    assert either.on(D("2005-12-31")).suspended


def test_unestablished_parties_are_named_as_the_reason_for_both_directions() -> None:
    loose = replace(TREATY, participations_known=False)
    for commitment in commitments_of(loose):
        assert commitment.on(D("2010-01-01")).reason == DayReason.PARTIES_NOT_ESTABLISHED


# Laws


@given(agreements, days)
def test_spans_cover_every_day_once_and_no_two_neighbours_are_equal(
    agreement: Agreement, day: date
) -> None:
    for commitment in commitments_of(agreement):
        spans = commitment.spans
        assert (spans[0].first, spans[-1].until) == (date.min, date.max)
        for before, after in pairwise(spans):
            assert before.first < before.until == after.first
            assert before.standing != after.standing
        assert sum(span.first <= day < span.until for span in spans) == 1


@given(agreements, days)
def test_a_single_meeting_stands_as_the_rule_says_on_any_day(
    agreement: Agreement, day: date
) -> None:
    own, other, _again = agreement.participations
    single = replace(agreement, participations=(own, other))
    clause = next(iter(agreement.obligations), None)
    for commitment in commitments_of(single):
        turns = [span.first for span in commitment.spans[1:]]
        for asked in (day, *turns, *(turn - DAY for turn in turns)):
            assert commitment.on(asked) == promise_on(single, clause, (own, other), asked)


@given(agreements)
def test_the_order_of_the_stays_changes_nothing(agreement: Agreement) -> None:
    dated = [stay for stay in agreement.participations if stay.joined]
    if len({stay.joined.first for stay in dated if stay.joined}) < 3:
        return
    judged = commitments_of(agreement)
    for turned in permutations(agreement.participations):
        assert commitments_of(replace(agreement, participations=turned)) == judged


@given(agreements, days)
def test_each_direction_of_a_mutual_clause_stands_like_the_other(
    agreement: Agreement, day: date
) -> None:
    standings = {
        (each.obligation, each.promisor, each.partner): each.on(day)
        for each in commitments_of(agreement)
    }
    for (clause, promisor, partner), standing in standings.items():
        back = standings[(clause, partner, promisor)]
        assert (back.status, back.since, back.reason) == (
            standing.status,
            standing.since,
            standing.reason,
        )


@given(agreements, days)
def test_a_suspension_changes_no_commitment_and_no_status(agreement: Agreement, day: date) -> None:
    suspended, free = commitments_of(agreement), commitments_of(without_suspensions(agreement))
    assert len(suspended) == len(free)
    for one, other in zip(suspended, free, strict=True):
        assert one.on(day).status == other.on(day).status


# The dossier


def test_the_dossier_gives_these_numbers() -> None:
    found = [each for agreement in dossier().values() for each in commitments_of(agreement)]
    assert len(dossier()) == 115
    assert len(found) == 922
    assert sum(len(each.spans) for each in found) == 3061
    assert sum(len(agreement_spans(agreement)) for agreement in dossier().values()) == 300
    assert Counter(each.level for each in found) == {
        "mutual_defence_automatic": 160,
        "mutual_defence_discretionary": 17,
        "assistance_possible": 12,
        "consultation": 214,
        "non_assistance_to_aggressor": 86,
        "non_aggression": 108,
        "military_cooperation": 174,
        "basing_or_access": 34,
        "arms_and_technology": 67,
        "unspecified": 30,
        "not_established": 20,
    }
