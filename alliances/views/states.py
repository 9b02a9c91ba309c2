"""Room 4: the partners' table and a state's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from alliances import queries
from alliances.filtersets import PartnersFilters, PartnersParameters
from alliances.models import Coverage, Participation, State
from alliances.views.lists import list_context, no_such_page, refused_list
from alliances.views.pages import refused


def partners(request: HttpRequest) -> HttpResponse:
    """On one page, a row per partner of the promisor: its strongest promise that matches."""
    filters = PartnersFilters(request.GET)
    if not filters.is_valid():
        return refused_list(request, "states/list.html", filters)
    if filters.number > 1:
        return no_such_page(request, filters, last=1)
    promisor, day = filters.whose, filters.day
    context = list_context(request, filters)
    by_strength = context["by_strength"]
    context |= {
        "promisor": promisor,
        "rows": filters.rows,
        "all": filters.of_how_many,
        "narrowed": filters.narrowed,
        "groups": queries.grouped_by_level(filters.rows) if by_strength else [(None, filters.rows)],
        "predecessors": promisor.continues.filter(exists_until_first__gt=day),
    }
    return render(request, "states/list.html", context)


def state(request: HttpRequest, name: str) -> HttpResponse:
    """A state: what it is promised and what it promises, clause by clause."""
    subject = get_object_or_404(State.objects.by_any_name(name))
    if name != subject.slug:
        query = request.GET.urlencode()
        return redirect(subject.get_absolute_url() + (f"?{query}" if query else ""), permanent=True)
    parameters = PartnersParameters(request.GET)
    if not parameters.is_valid():
        return refused(request, "states/detail.html", parameters, state=subject)
    promisor, day = parameters.whose, parameters.day
    promised = queries.pledges_between(promisor, subject, day)
    return render(
        request,
        "states/detail.html",
        {
            "form": parameters.shown(),
            "ignored": parameters.unknown(),
            "state": subject,
            "promisor": promisor,
            "day": day,
            "promised": queries.Relation(promisor, promised),
            "owed": queries.Relation(subject, queries.pledges_between(subject, promisor, day)),
            "coverage": Coverage.objects.filter(promisor=promisor, partner=subject).first(),
            "others": queries.promisors_to(subject, day),
            "stays": Participation.objects.of(subject),
        },
    )
