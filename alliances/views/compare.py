"""Room 4: two to six partners of one state, rung by rung, wording beside wording."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from alliances import queries
from alliances.columns import COMMITMENTS
from alliances.filtersets import CompareParameters
from alliances.views.data import Offer, with_data
from alliances.views.footnotes import Footnotes
from alliances.views.pages import refused, shared_page

TEMPLATE = "compare/page.html"


def _offer(request: HttpRequest) -> Offer:
    form = CompareParameters(request.GET)
    return Offer(
        COMMITMENTS,
        form,
        lambda: queries.pledges_on(form.day, queries.made_to(form.whose, form.partners)),
        lambda: {"on": form.day, "promisor": form.whose.ref},
    )


@with_data(_offer)
def compare(request: HttpRequest) -> HttpResponse:
    """The comparison; without partners the form alone, which offers them."""
    parameters = CompareParameters(request.GET)
    if not parameters.is_valid():
        return refused(request, TEMPLATE, parameters)
    promisor, day = parameters.whose, parameters.day
    context = {
        "form": parameters,
        "ignored": parameters.unknown(),
        "promisor": promisor,
        "day": day,
        "notes": Footnotes([]),
    }
    if parameters.partners:
        found = queries.compared(promisor, parameters.partners, day)
        context |= {
            "comparison": found,
            "columns": [(row, parameters.address_without(row.other)) for row in found.columns],
        }
    return shared_page(request, TEMPLATE, context)
