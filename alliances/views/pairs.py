"""Room 4: two states, both directions side by side."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from alliances import queries
from alliances.columns import COMMITMENTS
from alliances.filtersets import DayParameters
from alliances.models import State
from alliances.views.data import Offer, with_data
from alliances.views.footnotes import Footnotes
from alliances.views.pages import refused, shared_page
from alliances.views.timeline import over_time


def _offer(request: HttpRequest, one: str, other: str) -> Offer:
    first, second = _two(one, other)
    form = DayParameters(request.GET)
    return Offer(
        COMMITMENTS,
        form,
        lambda: queries.pledges_on(form.day, queries.between_two(first, second)),
        lambda: {"on": form.day},
        f"{first} – {second}",
    )


@with_data(_offer)
def pair(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """What the two promise each other; the other order, or a code, redirects; a state has no pair
    with itself.
    """
    first, second = _two(one, other)
    if (one, other) != (first.slug, second.slug):
        query = request.GET.urlencode()
        address = reverse("pair", args=[first.slug, second.slug])
        return redirect(f"{address}?{query}" if query else address, permanent=True)
    parameters = DayParameters(request.GET)
    context = {"first": first, "second": second, "form": parameters}
    if not parameters.is_valid():
        return refused(request, "pairs/detail.html", parameters, **context)
    between = queries.between(first, second, parameters.day)
    context |= {
        "form": parameters.shown(),
        "ignored": parameters.unknown(),
        "day": parameters.day,
        "between": between,
        "timeline": over_time(between.histories, parameters.day),
        "notes": Footnotes(between.citations, at_most=4),
    }
    return shared_page(request, "pairs/detail.html", context)


def _two(one: str, other: str) -> tuple[State, State]:
    first, second = sorted(
        (get_object_or_404(State.objects.by_any_name(name)) for name in (one, other)),
        key=lambda state: state.slug,
    )
    if first == second:
        raise Http404
    return first, second
