"""Room 4: promises tested: what was asked and what was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from alliances import queries
from alliances.columns import EVENTS
from alliances.figures.practice import answers_in_all, asked_against_done
from alliances.filtersets import EventParameters, Parameters, by_name, select
from alliances.models import Event
from alliances.views.data import Offer, with_data
from alliances.views.pages import shared_page
from alliances.views.reading import listed
from alliances.vocabulary import Response

EVENTS_ON_A_PAGE = 15


def _parameters(request: HttpRequest, rows: Iterable[Mapping[str, Any]]) -> EventParameters:
    states = by_name((row["state__ref"], row["state__name"]) for row in rows)
    return EventParameters(request.GET, state=states)


def _offer(request: HttpRequest) -> Offer:
    form = _parameters(request, queries.event_codes())
    return Offer(EVENTS, form, lambda: form.choose(Event.objects.latest_first()))


@with_data(_offer)
def events(request: HttpRequest) -> HttpResponse:
    """Events, latest first, with the promises that they tested; those on other pages by name."""
    rows = queries.event_codes()
    parameters = _parameters(request, rows)

    def shown(keys: list[int]) -> dict[str, Any]:
        elsewhere = [row for row in rows if row["pk"] not in keys]
        tests = queries.events_with_tests(keys)
        return {
            "events": tests,
            "elsewhere": elsewhere,
            "expected": queries.expectations({test.event.state_id for test in tests}),
            **_practice(rows, parameters),
        }

    return listed(request, "events/list.html", parameters, rows, shown, EVENTS_ON_A_PAGE)


def _practice(rows: Iterable[Mapping[str, Any]], parameters: EventParameters) -> dict[str, Any]:
    """The figure: counts of what was asked against what was done, for the states asked for."""
    others = {"state": parameters.asked["state"], "request": [], "response": []}
    kept = {row["pk"] for row in rows} & set(select(rows, others).rows)
    counts = queries.asked_and_done(row for row in rows if row["pk"] in kept)

    def address(**choices: Any) -> str:
        return parameters.address(tested="yes", **choices)

    return {
        "practice": asked_against_done(counts, address),
        "answers": answers_in_all(counts, address),
        "responses": list(Response),
        "all_events": len(kept),
        "tested_events": counts.total(),
        "tally": queries.promises_put_to_the_test(settings.FOCUS_STATE, date.today()),
    }


def _one(request: HttpRequest, ref: str) -> Offer:
    row = get_object_or_404(Event, ref=ref)
    only = Event.objects.filter(pk=row.pk)
    return Offer(EVENTS, Parameters(request.GET), lambda: only, subject=row.title)


@with_data(_one)
def event(request: HttpRequest, ref: str) -> HttpResponse:
    """One event under its permanent address."""
    key = get_object_or_404(Event.objects.only("pk"), ref=ref).pk
    (test,) = queries.events_with_tests([key])
    expected = queries.expectations([test.event.state_id])
    return shared_page(request, "events/detail.html", {"test": test, "expected": expected})
