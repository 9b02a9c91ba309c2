"""The axis of years: every day within 0 and 100, in order; few round ticks; labels that fit."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from alliances.figures.axis import LAST_YEAR, Axis, Tick, percent

YEARS = st.integers(1000, LAST_YEAR)
AXES = st.tuples(YEARS, YEARS).map(sorted).map(lambda both: Axis(*both))


@given(axis=AXES, one=st.dates(), other=st.dates())
def test_every_day_has_its_place_and_a_later_day_is_never_to_the_left(
    axis: Axis, one: date, other: date
) -> None:
    first, last = sorted((one, other))
    assert 0 <= axis.place(first) <= axis.place(last) <= 100


def test_a_day_is_where_its_share_of_the_years_is() -> None:
    axis = Axis(1990, 2009)
    assert axis.place(date(1990, 1, 1)) == 0
    assert axis.place(date(2000, 1, 1)) == 49.99
    assert axis.place(date(2010, 1, 1)) == 100
    assert axis.place(date(1800, 1, 1)) == 0
    assert axis.place(date(2200, 1, 1)) == 100


@given(axis=AXES)
def test_ticks_are_few_round_evenly_spaced_years_within_the_axis(axis: Axis) -> None:
    years = [tick.label for tick in axis.ticks]
    assert len(years) <= 9
    assert all(axis.first_year <= year <= axis.last_year for year in years)
    steps = {after - before for before, after in pairwise(years)}
    assert len(steps) <= 1
    assert all(year % step == 0 for step in steps for year in years)


def test_the_ticks_of_the_record_s_years() -> None:
    assert [t.label for t in Axis(1990, 2026).ticks] == [
        1990, 1995, 2000, 2005, 2010, 2015, 2020, 2025,
    ]  # fmt: skip
    assert [tick.label for tick in Axis(2011, 2013).ticks] == [2011, 2012, 2013]


def test_a_label_near_an_edge_stands_at_it() -> None:
    ends = [Tick(2000, at, 5) for at in (4.9, 5, 95, 95.1)]
    assert [(tick.side, tick.label_x) for tick in ends] == [
        ("from-here", "0%"),
        ("", "5%"),
        ("", "95%"),
        ("up-to-here", "100%"),
    ]


def test_places_are_written_alike_in_every_language() -> None:
    assert [percent(value) for value in (0, 12.5, 33.333, 100.0)] == [
        "0%",
        "12.5%",
        "33.33%",
        "100%",
    ]
