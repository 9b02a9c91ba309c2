"""Room 4: the timeline: a lane per partner; and the lanes on the pages of one record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alliances.columns import STRETCHES
from alliances.figures.timeline import Bar, Course, Timeline, Trial, axis_of
from alliances.figures.timeline import timeline as drawn
from alliances.filtersets import TimelineFilters
from alliances.models import CommitmentSpan, State
from alliances.queries import History, history, tests_of
from alliances.rules.strength import strongest
from alliances.views.data import Offer, with_data
from alliances.views.lists import list_context, no_such_page, partners_offer, refused_list
from alliances.views.matrix import HEADINGS
from alliances.views.pages import shared_page
from alliances.vocabulary import Direction

TEMPLATE = "timeline/page.html"


def _offer(request: HttpRequest) -> Offer:
    filters = TimelineFilters(request.GET)
    return partners_offer(filters, lambda: _bars(filters), STRETCHES)


@with_data(_offer)
def page(request: HttpRequest) -> HttpResponse:
    """The partners' table over the years, and the same as a table below."""
    filters = TimelineFilters(request.GET)
    if not filters.is_valid():
        return refused_list(request, TEMPLATE, filters)
    if filters.year_address:
        return redirect(request.path + filters.year_address)
    if filters.number > 1:
        return no_such_page(request, filters, last=1)
    context = list_context(request, filters) | {
        "promisor": filters.whose,
        "received": filters.towards == Direction.RECEIVED,
        "rows": filters.rows,
        "all": filters.of_how_many,
        "timeline": _drawn(filters),
    }
    return shared_page(request, TEMPLATE, context)


def _drawn(filters: TimelineFilters) -> Timeline:
    courses = partner_courses(filters)
    return drawn(courses, filters.day, axis_of(courses, date.today(), *filters.years))


def _bars(filters: TimelineFilters) -> list[tuple[Any, Bar]]:
    """The rows of the timeline as data: each bar with the partner whose lane it is on."""
    return [(lane.subject, bar) for lane in _drawn(filters).lanes for bar in lane.bars]


def partner_courses(filters: TimelineFilters) -> list[Course]:
    """The rows of the table as lanes: on each day the strongest promise that stands."""
    spans: dict[State, list[CommitmentSpan]] = {}
    for span in filters.histories:
        spans.setdefault(getattr(span.commitment, filters.other), []).append(span)
    shown = {row.other for row in filters.rows}
    promises = {s.commitment_id for state in shown for s in spans.get(state, ())}
    tests = tests_of(promises)
    heading = HEADINGS.get(filters.sort.removeprefix("-"))
    found = []
    for row in filters.rows:
        lane = history(row, spans.get(row.other, []), strongest)
        own = {span.commitment_id for span in spans.get(row.other, ())}
        lane.tests = list({test.ref: test for key in own for test in tests.get(key, ())}.values())
        found.append(_course(lane, heading(row) if heading else ""))
    return found


def over_time(histories: Iterable[History], day: date) -> Timeline | None:
    """The lanes of a record's page; None where there is nothing to draw."""
    courses = [_course(lane) for lane in histories]
    return drawn(courses, day, axis_of(courses, date.today())) if courses else None


def _course(lane: History, group: str = "") -> Course:
    in_order = sorted(lane.tests, key=lambda test: (test.day, test.ref))
    trials = [Trial(test.day.first, test.last, test) for test in in_order]
    return Course(lane.subject, lane.stretches, trials, lane.recorded, group)
