"""Room 4: one agreement with its clauses, parties, tests and sources."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from alliances import queries
from alliances.columns import OBLIGATIONS
from alliances.filtersets import DayParameters
from alliances.models import Agreement, Obligation
from alliances.views.data import Offer, with_data
from alliances.views.footnotes import Footnotes
from alliances.views.pages import coverage, refused, researched, shared_page
from alliances.views.timeline import over_time


def _offer(request: HttpRequest, ref: str) -> Offer:
    subject = get_object_or_404(Agreement, ref=ref)
    form = DayParameters(request.GET)

    def rows() -> QuerySet[Obligation]:
        in_order = [row.clause.pk for row in queries.clauses_on(subject, form.day)]
        return queries.as_listed(queries.clauses_standing_on(form.day), in_order)

    return Offer(OBLIGATIONS, form, rows, lambda: {"on": form.day}, str(subject))


@with_data(_offer)
def agreement(request: HttpRequest, ref: str) -> HttpResponse:
    """One agreement as recorded, with a footnote per fact."""
    parameters = DayParameters(request.GET)
    if not parameters.is_valid():
        subject = get_object_or_404(Agreement, ref=ref)
        return refused(request, "agreements/detail.html", parameters, agreement=subject)
    subject = get_object_or_404(queries.agreements_with_page(parameters.day), ref=ref)
    page = queries.agreement_page(subject, parameters.day)
    evidence = coverage(request)["evidence"]
    histories = queries.party_histories(subject, page.tests, researched(evidence))
    context = {
        "form": parameters.shown(),
        "ignored": parameters.unknown(),
        "evidence": evidence,
        "day": parameters.day,
        "agreement": subject,
        "page": page,
        "timeline": over_time(histories, parameters.day),
        "notes": Footnotes(page.citations),
    }
    return shared_page(request, "agreements/detail.html", context)
