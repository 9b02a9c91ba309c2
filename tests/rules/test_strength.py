"""Which of several pledges is named, and which stands best on each rung."""

from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliances.partial_dates import PartialDate as P
from alliances.rules.strength import (
    Pledge,
    best_standing_by_rank,
    order,
    strongest,
    strongest_cooperation,
)
from alliances.vocabulary import DayStatus, Level
from tests.rules.worlds import partial_dates

pledges = st.lists(
    st.builds(
        Pledge,
        ref=st.text("abc", min_size=1, max_size=4),
        level=st.sampled_from(Level),
        status=st.sampled_from(DayStatus),
        suspended=st.booleans(),
        quoted=st.booleans(),
        since=st.none() | partial_dates,
    ),
    max_size=6,
    unique_by=lambda pledge: pledge.ref,
)


def pledge(ref: str, level: str, status: str = "in_force", **details: object) -> Pledge:
    return Pledge(ref, Level.of(level), DayStatus(status), **details)


def named(*found: Pledge) -> str | None:
    """The headline's ref, the same in whatever order the pledges come."""
    (ref,) = {getattr(strongest(turned), "ref", None) for turned in permutations(found)}
    return ref


@given(pledges)
def test_nothing_in_force_is_passed_over_for_what_is_only_signed_or_unknown(
    found: list[Pledge],
) -> None:
    standing = {str(pledge.status) for pledge in found}
    headline = strongest(found)
    if standing & {"in_force", "provisional"}:
        assert headline is not None
        assert headline.status in ("in_force", "provisional")
    elif standing & {"signed", "unknown"}:
        assert headline is not None
        assert headline.status in ("signed", "unknown")
    else:
        assert headline is None


@given(pledges)
def test_no_pledge_of_the_same_standing_lies_on_a_stronger_rung(found: list[Pledge]) -> None:
    headline = strongest(found)
    if headline is None:
        return
    holding = ("in_force", "provisional")
    rivals = [p for p in found if (p.status in holding) == (headline.status in holding)]
    rivals = [p for p in rivals if p.status not in ("ended", "not_yet", "draft")]
    assert (headline.level.rank or 10) == min(p.level.rank or 10 for p in rivals)


@pytest.mark.parametrize("status", ["ended", "not_yet", "draft"])
def test_what_does_not_stand_is_no_headline(status: str) -> None:
    assert named(pledge("a", "mutual_defence_automatic", status)) is None
    assert strongest([]) is None


def test_a_weak_promise_in_force_precedes_a_strong_one_that_is_not() -> None:
    strong = pledge("strong", "mutual_defence_automatic", "unknown")
    weak = pledge("weak", "arms_and_technology", "provisional")
    assert named(strong, weak) == "weak"
    assert named(strong, pledge("signed", "consultation", "signed")) == "strong"


@pytest.mark.parametrize("unranked", ["unspecified", "undisclosed", "not_established"])
def test_a_text_without_a_rank_comes_after_every_rung(unranked: str) -> None:
    lowest = pledge("lowest", "arms_and_technology", suspended=True)
    without = pledge("without", unranked, quoted=True, since=P("1900"))
    assert named(lowest, without) == "lowest"
    assert named(without) == "without"


def test_of_equals_the_one_without_a_suspension_is_named() -> None:
    suspended = pledge("a", "consultation", suspended=True, quoted=True, since=P("1990"))
    assert named(suspended, pledge("b", "consultation")) == "b"


def test_of_equals_without_a_suspension_the_quoted_one_is_named() -> None:
    older = pledge("a", "consultation", since=P("1990"))
    assert named(older, pledge("b", "consultation", quoted=True, since=P("2020"))) == "b"


def test_of_equals_that_are_quoted_the_one_longest_in_force_is_named() -> None:
    undated = pledge("a", "consultation", quoted=True)
    newer = pledge("b", "consultation", quoted=True, since=P("1998-12-31"))
    older = pledge("c", "consultation", quoted=True, since=P("1998-06"))
    assert named(undated, newer, older) == "c"
    assert named(undated, newer) == "b"


def test_of_pledges_alike_in_all_the_first_by_its_id_is_named() -> None:
    assert named(pledge("x/o2", "consultation"), pledge("x/o1", "consultation")) == "x/o1"


def test_the_order_is_rank_suspension_quotation_age_and_id() -> None:
    full = pledge("x/o1", "non_aggression", suspended=True, quoted=True, since=P("1998"))
    assert order(full) == (6, True, False, date(1998, 12, 31), "x/o1")
    assert order(pledge("x", "unspecified")) == (10, False, True, date.max, "x")


def test_the_strongest_cooperation_lies_on_rungs_seven_to_nine() -> None:
    restraint = pledge("a", "non_aggression")
    base = pledge("b", "basing_or_access")
    arms = pledge("c", "arms_and_technology")
    exercises = pledge("d", "military_cooperation", "ended")
    beside = strongest_cooperation([restraint, arms, base, exercises])
    assert beside == base
    assert strongest_cooperation([restraint, exercises]) is None


def test_on_each_rung_the_pledge_that_stands_best_is_shown() -> None:
    in_order = ["in_force", "provisional", "signed", "unknown", "ended", "not_yet", "draft"]
    for place, status in enumerate(in_order):
        rest = [pledge(other, "consultation", other) for other in in_order[place:]]
        for turned in (rest, rest[::-1]):
            best = best_standing_by_rank(turned)
            assert {rank: found.ref for rank, found in best.items()} == {4: status}


def test_the_strip_has_each_rung_once_and_no_text_without_a_rank() -> None:
    best = best_standing_by_rank(
        [
            pledge("a", "consultation"),
            pledge("b", "consultation", quoted=True),
            pledge("c", "arms_and_technology", "ended"),
            pledge("d", "undisclosed"),
        ]
    )
    assert {rank: found.ref for rank, found in best.items()} == {4: "b", 9: "c"}


@given(pledges)
def test_the_headline_stands_on_the_strip(found: list[Pledge]) -> None:
    headline = strongest(found)
    if headline and headline.level.rank:
        best = best_standing_by_rank(found)[headline.level.rank]
        both_hold = {best.status, headline.status} <= {"in_force", "provisional"}
        assert best == headline or both_hold or best.status == "signed"
