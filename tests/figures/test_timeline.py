"""The timeline: bars cover exactly the stretches, in order, within the lane; and, over the dossier,
a lane shows on every day what the derived table has for that day.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliances.figures.axis import Axis
from alliances.figures.timeline import Bar, Course, Trial, axis_of, timeline
from alliances.filtersets import PartnersFilters, TimelineFilters
from alliances.models import Agreement, CommitmentSpan
from alliances.partial_dates import PartialDate
from alliances.queries import agreement_histories, as_pledge
from alliances.rules.over_time import Stretch
from alliances.rules.status import BEGINNING_OF_TIME, END_OF_TIME, Standing
from alliances.rules.strength import Pledge, best_standing, strongest
from alliances.views.timeline import partner_courses
from alliances.vocabulary import SHOWN_BY_DEFAULT, DayReason, DayStatus, Level

TODAY = date(2026, 1, 1)


def stretch(first: date, until: date, status: str = "in_force", **details: Any) -> Stretch:
    standing = Standing(DayStatus(status), **details)
    return Stretch(first, until, standing, Pledge("a", Level.CONSULTATION, standing.status))


def stretches_between(days: Iterable[date]) -> list[Stretch]:
    return [stretch(first, until) for first, until in pairwise(sorted(days))]


def bars(*found: Stretch, axis: Axis, **details: Any) -> list[Bar]:
    return timeline([Course(None, found, **details)], TODAY, axis).lanes[0].bars


DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
SETS = st.sets(DAYS | st.sampled_from([BEGINNING_OF_TIME, END_OF_TIME]), min_size=2, max_size=8)
YEARS = st.tuples(st.integers(1850, 2150), st.integers(1850, 2150)).map(sorted)


@given(days=SETS, years=YEARS)
def test_bars_cover_exactly_the_stretches_in_order_within_the_lane(
    days: set[date], years: list[int]
) -> None:
    found, axis = stretches_between(days), Axis(*years)
    drawn = bars(*found, axis=axis)
    assert [bar.stretch for bar in drawn] == found
    for bar in drawn:
        assert bar.left == axis.place(bar.stretch.first)
        assert bar.right == axis.place(bar.stretch.until)
        assert 0 <= bar.left <= bar.right <= 100
        assert bar.is_drawn == (bar.stretch.first < axis.until and bar.stretch.until > axis.first)
    assert all(one.right == other.left for one, other in pairwise(drawn))


@given(days=SETS)
def test_without_a_choice_of_years_every_known_day_is_on_the_axis(days: set[date]) -> None:
    course = Course(None, stretches_between(days))
    axis = axis_of([course], TODAY)
    known = days - {BEGINNING_OF_TIME, END_OF_TIME}
    assert all(axis.first <= day < axis.until for day in known)
    assert axis.first_year % 5 == 0
    assert axis.last_year == max([2026, *(day.year for day in known)])


def test_the_years_asked_for_are_shown_and_one_of_them_bounds_the_other() -> None:
    course = Course(None, [stretch(date(1994, 4, 20), END_OF_TIME)])
    assert axis_of([course], TODAY) == Axis(1990, 2026)
    assert axis_of([course], TODAY, 2000, 2010) == Axis(2000, 2010)
    assert axis_of([course], TODAY, 2000) == Axis(2000, 2026)
    assert axis_of([course], TODAY, 2040) == Axis(2040, 2040)
    assert axis_of([course], TODAY, None, 1980) == Axis(1980, 1980)
    assert axis_of([], TODAY) == Axis(2025, 2026)


def test_an_end_is_drawn_where_nothing_follows_and_an_open_one_stays_open() -> None:
    axis = Axis(1990, 2009)
    left, back = date(1999, 4, 20), date(2006, 8, 16)
    first, second, last = bars(
        stretch(date(1992, 5, 15), date(1994, 4, 20), "signed"),
        stretch(date(1994, 4, 20), left),
        stretch(back, END_OF_TIME),
        axis=axis,
    )
    assert [bar.is_closed for bar in (first, second, last)] == [False, True, False]
    assert [(bar.begins, bar.ends) for bar in (second, last)] == [
        (date(1994, 4, 20), left),
        (back, None),
    ]
    assert (last.x2, last.width) == ("100%", "16.89%")


def test_an_end_beyond_the_years_shown_is_not_drawn_at_the_edge() -> None:
    until = date(1999, 4, 20)
    assert not bars(stretch(date(1994, 1, 1), until), axis=Axis(1995, 1997))[0].is_closed
    assert not bars(stretch(date(1994, 1, 1), until), axis=Axis(2001, 2002))[0].is_closed
    assert bars(stretch(date(1994, 1, 1), until), axis=Axis(1995, 1999))[0].is_closed


def test_days_known_to_the_year_are_soft_and_named_as_recorded() -> None:
    year = PartialDate("1998")
    recorded = {year.first: year, year.last: year}
    soft = stretch(year.first, year.last, "unknown", reason=DayReason.DATE_IMPRECISE)
    before, firm = bars(
        soft, stretch(year.last, END_OF_TIME), axis=Axis(1990, 2009), recorded=recorded
    )
    assert (before.is_soft, before.is_thick, before.begins, before.ends) == (
        True,
        False,
        "1998",
        "1998",
    )
    assert (firm.is_soft, firm.is_thick, firm.begins, firm.ends) == (False, True, "1998", None)


def test_a_bar_without_a_known_beginning_says_so_and_reaches_the_edge() -> None:
    (bar,) = bars(stretch(BEGINNING_OF_TIME, END_OF_TIME, "unknown"), axis=Axis(1990, 2009))
    assert (bar.x, bar.width, bar.begins, bar.ends) == ("0%", "100%", None, None)


def test_a_digit_and_a_link_of_its_own_only_where_they_fit() -> None:
    day = date(2000, 1, 1)
    years = (date(2001, 1, 1), date(2006, 1, 1), date(2009, 1, 1))
    wide = [bars(stretch(day, until), axis=Axis(2000, 2099))[0] for until in years]
    assert [(bar.has_digit, bar.has_room) for bar in wide] == [
        (False, False),
        (True, False),
        (True, True),
    ]
    assert not bars(stretch(day, years[2], "signed"), axis=Axis(2000, 2099))[0].has_digit


def test_a_test_is_marked_where_it_was_and_left_out_beyond_the_years_shown() -> None:
    trials = [Trial(date(y, 1, 1), date(y, 12, 31), y) for y in (1989, 1990, 1999, 2000)]
    (lane,) = timeline([Course(None, (), trials)], TODAY, Axis(1990, 1999)).lanes
    assert [(mark.trial.subject, mark.x, mark.x2) for mark in lane.marks] == [
        (1990, "0%", "9.97%"),
        (1999, "90.01%", "99.97%"),
    ]


def test_the_chosen_day_is_on_the_axis_or_nowhere() -> None:
    shown = [timeline([], day, Axis(1990, 1999)).chosen for day in (date(1990, 1, 1), TODAY)]
    assert [tick and (tick.label, tick.x) for tick in shown] == [(date(1990, 1, 1), "0%"), None]


def test_lanes_stand_under_their_headings_in_order() -> None:
    courses = [Course(name, (), group=group) for name, group in ("aX", "bX", "cY")]
    groups = timeline(courses, TODAY, Axis(1990, 1999)).groups
    assert [(group, [lane.subject for lane in lanes]) for group, lanes in groups] == [
        ("X", ["a", "b"]),
        ("Y", ["c"]),
    ]


ASKED = st.fixed_dictionaries(
    {
        "on": st.dates(date(1950, 1, 1), date(2027, 1, 1)).map(str),
        "promisor": st.sampled_from(["RUS", "ARM", "SUN", "PRK"]),
        "direction": st.sampled_from(["made", "received"]),
    },
    optional={
        "family": st.sampled_from(["defence", "restraint", "cooperation", "unranked"]),
        "status": st.sampled_from(["in_force", "unknown", "ended", "signed"]),
        "suspended": st.sampled_from(["yes", "no"]),
        "region": st.sampled_from(["Europe", "Asia", "Africa"]),
        "tested": st.sampled_from(["yes", "no"]),
        "q": st.just("treaty"),
        "sort": st.sampled_from(["partner", "-strength", "region"]),
    },
)


def query(asked: dict[str, str]) -> QueryDict:
    found = QueryDict(mutable=True)
    found.update(asked)
    return found


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=ASKED)
def test_on_the_chosen_day_every_lane_shows_what_the_partners_table_shows(
    asked: dict[str, str],
) -> None:
    table, filters = PartnersFilters(query(asked)), TimelineFilters(query(asked))
    assert table.is_valid()
    assert filters.is_valid()
    courses = partner_courses(filters)
    assert [course.subject.other for course in courses] == [row.other for row in table.rows]
    for course, row in zip(courses, table.rows, strict=True):
        shown, there = course.on(filters.day), row.shown
        if there and there.status in SHOWN_BY_DEFAULT:
            assert shown is not None
            assert shown.pledge == as_pledge(there)
        else:
            assert shown is None


@pytest.mark.django_db
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=ASKED, days=st.lists(st.dates(date(1945, 1, 1), date(2027, 1, 1)), max_size=4))
def test_on_any_other_day_a_lane_shows_the_strongest_of_the_same_promises(
    asked: dict[str, str], days: list[date]
) -> None:
    filters = TimelineFilters(query(asked))
    assert filters.is_valid()
    promises = {span.commitment_id for span in filters.histories}
    courses = partner_courses(filters)
    for day in days:
        stood: dict[Any, list[Pledge]] = {}
        for span in CommitmentSpan.objects.on(day).as_pledges().filter(commitment__in=promises):
            stood.setdefault(getattr(span.commitment, filters.other), []).append(as_pledge(span))
        for course in courses:
            shown = course.on(day)
            best = strongest(stood.get(course.subject.other, []))
            assert (shown.pledge if shown else None) == best


@pytest.mark.django_db
def test_an_agreement_s_lane_shows_on_every_turning_day_its_clause_that_stands_best() -> None:
    for agreement in Agreement.objects.filter(participations__state__ref="UZB").distinct():
        spans = list(CommitmentSpan.objects.as_pledges().filter(commitment__agreement=agreement))
        lanes = agreement_histories(spans, [], [])
        course = Course(agreement, lanes[0].stretches if lanes else [])
        for day in {span.first for span in spans} | {TODAY}:
            stood = [as_pledge(s) for s in spans if s.first <= day < s.until]
            best = best_standing(stood)
            shown = course.on(day)
            assert (shown.pledge if shown else None) == best


def test_the_day_after_the_last_belongs_to_nobody() -> None:
    course = Course(None, [stretch(date(2000, 1, 1), date(2001, 1, 1))])
    assert course.on(date(2000, 12, 31)) is course.stretches[0]
    assert course.on(date(2000, 12, 31) + timedelta(days=1)) is None


def test_a_bar_that_follows_on_another_thick_one_begins_with_a_turn() -> None:
    days = [date(2000 + n, 1, 1) for n in range(7)]
    found = [
        stretch(days[0], days[1], "signed"),
        stretch(days[1], days[2]),
        stretch(days[2], days[3]),
        stretch(days[4], days[5]),
        stretch(days[5], days[6], "provisional"),
    ]
    assert [bar.is_turn for bar in bars(*found, axis=Axis(2000, 2010))] == [
        False, False, True, False, True,
    ]  # fmt: skip
    zoomed = bars(*found, axis=Axis(2002, 2010))
    assert [bar.is_turn for bar in zoomed] == [False, False, False, False, True]
