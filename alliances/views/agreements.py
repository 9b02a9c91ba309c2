"""Room 4: the agreements."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from alliances import queries
from alliances.columns import AGREEMENTS
from alliances.filtersets import AgreementFilters
from alliances.views.data import Offer, with_data
from alliances.views.lists import last_page, list_context, no_such_page, page_of, refused_list
from alliances.views.pages import shared_page


def _offer(request: HttpRequest) -> Offer:
    filters = AgreementFilters(request.GET)
    return Offer(
        AGREEMENTS, filters.form, lambda: filters.ordered, pinned=lambda: {"on": filters.day}
    )


@with_data(_offer)
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
    context |= {"page": page, "rows": rows}
    return shared_page(request, "agreements/list.html", context)
