"""Partial dates: what is read, what is refused, and which days they may mean."""

import pickle
from calendar import isleap
from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliances.partial_dates import PartialDate

DAYS = st.dates(date(1000, 1, 1))
PARTIAL = st.builds(
    lambda day, length: PartialDate(day.isoformat()[:length]), DAYS, st.sampled_from((4, 7, 10))
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1998", "1998-01-01", "1998-12-31"),
        ("1000", "1000-01-01", "1000-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
        ("1998-01", "1998-01-01", "1998-01-31"),
        ("1998-04", "1998-04-01", "1998-04-30"),
        ("1998-12", "1998-12-01", "1998-12-31"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("2024-02-29", "2024-02-29", "2024-02-29"),
        ("1991-12-26", "1991-12-26", "1991-12-26"),
    ],
)
def test_a_date_is_the_days_that_it_may_mean(text: str, first: str, last: str) -> None:
    value = PartialDate(text)
    assert (value.first, value.last) == (date.fromisoformat(first), date.fromisoformat(last))
    assert value == text
    assert value.is_exact == (len(text) == 10)


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29", "1900-02-29", "2024-02-30", "2024-04-31", "2024-01-32",
        "2024-00", "2024-13", "2024-01-00", "2024-00-01",
    ],
)  # fmt: skip
def test_a_day_that_never_was_is_no_possible_date(text: str) -> None:
    with pytest.raises(ValueError, match=f"^“{text}” is not a possible date$"):
        PartialDate(text)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "0000", "0001", "0999", "999", "19980", "-1998", "+1998", "1998-", "1998-1",
        "1998-1-1", "1998-01-1", "1998-01-011", "98-01-01", "1998/01/01", "01.02.1998", "19980101",
        "1998-01-01T00:00", "1998 ", " 1998", "1998\n", "1998-01-01\n", "\n1998", "1998-01-01\r",
        "１９９８", "1998-0１", "١٩٩٨", "1998–01", "1998‐01", "c. 1998", "1998?", "unknown", "None",
        "1998-01-01\x00", "1e03", "0x7ce",
    ],
)  # fmt: skip
def test_any_other_writing_is_refused_by_its_form(text: str) -> None:
    with pytest.raises(
        ValueError, match="is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD"
    ) as e:
        PartialDate(text)
    assert str(e.value).startswith(f"“{text}” ")


@given(st.text(max_size=12))
def test_whatever_is_written_is_read_as_it_stands_or_refused(text: str) -> None:
    try:
        value = PartialDate(text)
    except ValueError:
        return
    assert value == text
    assert value.first.isoformat().startswith(text)


@given(DAYS)
def test_every_day_lies_in_its_month_and_its_year(day: date) -> None:
    text = day.isoformat()
    exact, month, year = (PartialDate(text[:length]) for length in (10, 7, 4))
    assert year.first <= month.first <= exact.first == day == exact.last <= month.last <= year.last
    assert (year.last - year.first).days == 364 + isleap(day.year)
    assert (month.first.day, (month.last.toordinal() + 1)) == (
        1,
        PartialDate(f"{day.year}-{day.month:02}-{month.last.day:02}").last.toordinal() + 1,
    )


@given(PARTIAL, PARTIAL)
def test_one_surely_precedes_another_where_no_day_is_shared_or_after(
    one: PartialDate, other: PartialDate
) -> None:
    assert one.surely_before(other) == (one.last < other.first)
    assert one.surely_before(other.first) == (one.last < other.first)
    assert not (one.surely_before(other) and other.surely_before(one))
    assert not one.surely_before(one)


def test_precedence_is_strict_and_never_guesses() -> None:
    year = PartialDate("1998")
    assert year.surely_before(date(1999, 1, 1))
    assert not year.surely_before(date(1998, 12, 31))
    assert PartialDate("1997-12-31").surely_before(year)
    assert not PartialDate("1998-01-01").surely_before(year)
    assert not PartialDate("1998-01").surely_before(year)


def test_it_is_a_text_that_sorts_and_counts_as_one() -> None:
    texts = ["1998-05-04", "1998", "1997-12", "1998-05"]
    assert sorted(map(PartialDate, texts)) == ["1997-12", "1998", "1998-05", "1998-05-04"]
    assert {PartialDate("1998"): 1}["1998"] == 1
    assert f"{PartialDate('1998')}" == "1998"


@given(PARTIAL)
def test_a_copy_keeps_its_days(value: PartialDate) -> None:
    for copy in (deepcopy(value), pickle.loads(pickle.dumps(value))):  # noqa: S301
        assert (copy, copy.first, copy.last) == (value, value.first, value.last)
        assert type(copy) is PartialDate
