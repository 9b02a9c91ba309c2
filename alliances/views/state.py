"""Room 4: a state's page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from alliances import queries
from alliances.columns import COMMITMENTS
from alliances.filtersets import PartnersParameters
from alliances.models import State
from alliances.models.commitment import SpanQuerySet
from alliances.views.data import Offer, with_data
from alliances.views.footnotes import Footnotes
from alliances.views.pages import coverage, refused, shared_page
from alliances.views.timeline import over_time


def _offer(request: HttpRequest, name: str) -> Offer:
    subject = get_object_or_404(State.objects.select_related("continued_by").by_any_name(name))
    form = PartnersParameters(request.GET)

    def rows() -> SpanQuerySet:
        return queries.pledges_on(form.day, queries.to_and_by(subject, form.seen_from(subject)))

    def pinned() -> dict[str, Any]:
        return {"on": form.day, "promisor": form.seen_from(subject).ref}

    return Offer(COMMITMENTS, form, rows, pinned, str(subject))


@with_data(_offer)
def state(request: HttpRequest, name: str) -> HttpResponse:
    """A state: what it is promised and what it promises, clause by clause."""
    subject = get_object_or_404(State.objects.select_related("continued_by").by_any_name(name))
    if name != subject.slug:
        query = request.GET.urlencode()
        return redirect(subject.get_absolute_url() + (f"?{query}" if query else ""), permanent=True)
    parameters = PartnersParameters(request.GET)
    if not parameters.is_valid():
        return refused(request, "states/detail.html", parameters, state=subject)
    promisor, day = parameters.seen_from(subject), parameters.day
    page = queries.state_page(subject, promisor, day)
    evidence = coverage(request)["evidence"]
    pairs = [row for _reach, rows in evidence for row in rows]
    context = {
        "form": parameters.shown(),
        "ignored": parameters.unknown(),
        "evidence": evidence,
        "state": subject,
        "promisor": promisor,
        "day": day,
        "page": page,
        "timeline": over_time(page.histories, day),
        "coverage": next(
            (p for p in pairs if {p.promisor, p.partner} == {promisor, subject}), None
        ),
        "notes": Footnotes(page.citations, at_most=4),
    }
    return shared_page(request, "states/detail.html", context)
