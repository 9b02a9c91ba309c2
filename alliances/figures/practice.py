"""Room 3: what was asked against what was done, as a table of counts; events on a line of years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from alliances.vocabulary import Request, Response

MOST_YEARS_NAMED = 8
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)


@dataclass(frozen=True)
class Count:
    """How often one answer followed one request, and the address that lists those events."""

    response: Response
    number: int
    address: str


@dataclass(frozen=True)
class AskedRow:
    """One kind of request with every kind of answer, and how often it was made."""

    request: Request
    counts: list[Count]
    total: int
    address: str


def asked_against_done(
    counts: Mapping[tuple[str, str], int], address: Callable[..., str]
) -> list[AskedRow]:
    """Requests as rows, answers as columns, in the vocabulary's order; no request is left out."""
    return [
        AskedRow(
            request,
            [
                Count(
                    response,
                    counts.get((request, response), 0),
                    address(request=request, response=response),
                )
                for response in Response
            ],
            sum(counts.get((request, response), 0) for response in Response),
            address(request=request, response=[]),
        )
        for request in Request
    ]


def answers_in_all(
    counts: Mapping[tuple[str, str], int], address: Callable[..., str]
) -> list[Count]:
    """The last row of the table: each answer, whatever was asked."""
    return [
        Count(
            response,
            sum(counts.get((request, response), 0) for request in Request),
            address(request=[], response=response),
        )
        for response in Response
    ]


@dataclass(frozen=True)
class Dot:
    """An event on the line, in per cent of its length; `subject` is what the page says of it."""

    at: float
    subject: object


@dataclass(frozen=True)
class Line:
    """Some years with what happened in them, earliest first; `years`: where named ones begin."""

    years: list[tuple[float, int]]
    dots: list[Dot]
    day: float | None


def line_of_years(days: Iterable[tuple[date, object]], on: date) -> Line | None:
    """Events between the year of the first and that of the last or of `on`; None without events."""
    found = sorted(days, key=lambda pair: pair[0])
    if not found:
        return None
    first, last = found[0][0].year, max(found[-1][0].year, on.year)
    start, length = date(first, 1, 1), (date(last, 12, 31) - date(first, 1, 1)).days

    def at(day: date) -> float:
        return round(100 * (day - start).days / length, 1)

    step = next(step for step in STEPS if (last - first) / step <= MOST_YEARS_NAMED)
    years = [(at(date(year, 1, 1)), year) for year in range(first, last + 1, step)]
    dots = [Dot(at(day), subject) for day, subject in found]
    return Line(years, dots, at(on) if on.year >= first else None)
