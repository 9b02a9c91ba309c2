"""What one lane of a timeline shows: on each day what the rule for that day would name."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliances.rules.commitments import participation_spans
from alliances.rules.facts import Agreement, Participation
from alliances.rules.over_time import Choice, Stretch, over_time
from alliances.rules.status import BEGINNING_OF_TIME, END_OF_TIME, Standing
from alliances.rules.strength import Pledge, best_standing, strongest
from alliances.vocabulary import SHOWN_BY_DEFAULT, DayStatus, Level
from tests.rules.worlds import partial_dates

DAYS = st.dates(date(1990, 1, 1), date(1992, 12, 31))
CHOICES = pytest.mark.parametrize("choose", [strongest, best_standing])


@st.composite
def promises(draw: st.DrawFn) -> list[Stretch]:
    """Up to five promises, each with a standing on every day."""
    found = []
    for number in range(draw(st.integers(0, 5))):
        level = draw(st.sampled_from(Level))
        turns = sorted(draw(st.sets(DAYS, max_size=4)))
        for first, until in pairwise([BEGINNING_OF_TIME, *turns, END_OF_TIME]):
            status, suspended = draw(st.sampled_from(DayStatus)), draw(st.booleans())
            pledge = Pledge(f"p{number}", level, status, suspended)
            found.append(Stretch(first, until, Standing(status, suspended=suspended), pledge))
    return found


def on(stretches: list[Stretch], day: date) -> Stretch | None:
    found = [each for each in stretches if each.first <= day < each.until]
    assert len(found) <= 1
    return found[0] if found else None


@CHOICES
@given(found=promises(), days=st.lists(DAYS, min_size=1))
def test_a_lane_shows_on_each_day_what_is_chosen_among_what_stands(
    choose: Choice, found: list[Stretch], days: list[date]
) -> None:
    lane = over_time(found, choose)
    for day in [*days, *(each.first for each in found), date(1800, 1, 1)]:
        stands = [
            each.pledge
            for each in found
            if each.first <= day < each.until and each.standing.status in SHOWN_BY_DEFAULT
        ]
        shown = on(lane, day)
        assert (shown.pledge if shown else None) == choose(stands)


@CHOICES
@given(found=promises())
def test_a_lane_is_in_order_without_overlap_or_needless_cut(
    choose: Choice, found: list[Stretch]
) -> None:
    lane = over_time(found, choose)
    assert all(each.first < each.until for each in lane)
    for before, after in pairwise(lane):
        assert before.until <= after.first
        assert before.until < after.first or before.pledge != after.pledge


@given(found=promises())
def test_a_lane_does_not_depend_on_the_order_of_the_promises(found: list[Stretch]) -> None:
    days = [(each.first, each.until, each.pledge) for each in over_time(found, strongest)]
    turned = over_time(reversed(found), strongest)
    assert [(each.first, each.until, each.pledge) for each in turned] == days


def test_a_state_shows_the_promise_in_force_and_an_agreement_the_clause_that_stands_best() -> None:
    whole = (BEGINNING_OF_TIME, END_OF_TIME)
    signed, held, free = (
        Stretch(*whole, Standing(status), Pledge(ref, Level.of(level), status, suspended))
        for ref, level, status, suspended in (
            ("a", "mutual_defence_automatic", DayStatus.SIGNED, False),
            ("b", "consultation", DayStatus.PROVISIONAL, True),
            ("c", "arms_and_technology", DayStatus.IN_FORCE, False),
        )
    )
    assert [each.pledge.ref for each in over_time([signed, held, free], strongest)] == ["b"]
    assert [each.pledge.ref for each in over_time([signed, held, free], best_standing)] == ["c"]


def test_nothing_is_shown_of_what_ended_is_to_come_or_is_a_draft() -> None:
    gone = (DayStatus.ENDED, DayStatus.NOT_YET, DayStatus.DRAFT)
    whole = [
        Stretch(BEGINNING_OF_TIME, END_OF_TIME, Standing(s), Pledge("a", Level.CONSULTATION, s))
        for s in gone
    ]
    assert over_time(whole, best_standing) == []


@given(joined=partial_dates, left=st.none() | partial_dates)
def test_a_party_takes_part_as_a_promise_between_such_stays_would_stand(
    joined: object, left: object
) -> None:
    agreement = Agreement(
        "a",
        "in_force",
        participations=(Participation("AAA", "a/1", joined, left),),  # type: ignore[arg-type]
    )
    spans = participation_spans(agreement, "AAA")
    assert (spans[0].first, spans[-1].until) == (BEGINNING_OF_TIME, END_OF_TIME)
    assert all(one.until == other.first for one, other in pairwise(spans))
    if left:
        assert spans[-1].standing.status == DayStatus.ENDED
        assert spans[-1].first <= left.last + timedelta(days=1)  # type: ignore[attr-defined]
