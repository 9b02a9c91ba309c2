"""Room 4: the agreements and one agreement with its clauses, parties and sources."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from alliances import queries
from alliances.filtersets import AgreementFilters, DayParameters
from alliances.models import Agreement, Citation, Source
from alliances.views.lists import (
    last_page,
    list_context,
    no_such_page,
    page_of,
    pages,
    refused_list,
)
from alliances.views.pages import refused


def agreements(request: HttpRequest) -> HttpResponse:
    """Every agreement with its parties and its standing on the day, filtered."""
    filters = AgreementFilters(request.GET)
    if not filters.is_valid():
        return refused_list(request, "agreements/list.html", filters)
    page = page_of(filters, queries.listed(filters.ordered))
    if page is None:
        return no_such_page(request, filters, last_page(filters))
    spans = list(page.object_list)
    rungs = queries.rungs_on([span.agreement_id for span in spans], filters.day)
    context = list_context(request, filters)
    rows = [(span, rungs.get(span.agreement_id, [])) for span in spans]
    context |= {"page": page, "pages": pages(filters, page), "rows": rows}
    return render(request, "agreements/list.html", context)


def agreement(request: HttpRequest, ref: str) -> HttpResponse:
    """One agreement as recorded, with a footnote per fact."""
    parameters = DayParameters(request.GET)
    known = parameters.is_valid()
    rows = queries.agreement_page(parameters.day) if known else Agreement.objects.all()
    subject = get_object_or_404(rows, ref=ref)
    if not known:
        return refused(request, "agreements/detail.html", parameters, agreement=subject)
    return render(
        request,
        "agreements/detail.html",
        {
            "form": parameters.shown(),
            "ignored": parameters.unknown(),
            "day": parameters.day,
            "agreement": subject,
            **numbered_sources(subject),
        },
    )


def numbered_sources(agreement: Agreement) -> dict[str, Any]:
    """Each source once with its citations, and its number on the page by its primary key."""
    sources: dict[Source, list[Citation]] = {}
    for citation in agreement.citations.all():
        sources.setdefault(citation.source, []).append(citation)
    numbered = {source.pk: number for number, source in enumerate(sources, start=1)}
    return {"sources": list(sources.items()), "numbered": numbered}
