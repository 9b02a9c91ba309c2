"""Events on a line of years: where they stand, which years are named, when there is no line."""

from datetime import date

import pytest

from alliances.figures.practice import line_of_years


def test_events_stand_in_per_cent_between_the_first_year_and_the_day_s() -> None:
    line = line_of_years(
        [(date(2012, 7, 1), "late"), (date(2011, 1, 1), "early")], date(2013, 12, 31)
    )
    assert line is not None
    assert [(dot.at, dot.subject) for dot in line.dots] == [(0.0, "early"), (50.0, "late")]
    assert line.years == [(0.0, 2011), (33.3, 2012), (66.8, 2013)]
    assert line.day == 100.0


def test_a_day_before_the_first_event_is_not_on_the_line() -> None:
    line = line_of_years([(date(2012, 7, 1), None)], date(1990, 1, 1))
    assert line is not None
    assert (line.day, line.years) == (None, [(0.0, 2012)])


@pytest.mark.parametrize(
    ("last", "years"),
    [
        (2008, list(range(2000, 2009))),
        (2010, [2000, 2002, 2004, 2006, 2008, 2010]),
        (2035, [2000, 2005, 2010, 2015, 2020, 2025, 2030, 2035]),
        (9999, [2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000]),
    ],
)
def test_at_most_nine_years_are_named(last: int, years: list[int]) -> None:
    line = line_of_years([(date(2000, 1, 1), None)], date(last, 1, 1))
    assert line is not None
    assert [year for _at, year in line.years] == years


def test_without_events_there_is_no_line() -> None:
    assert line_of_years([], date(2020, 1, 1)) is None
