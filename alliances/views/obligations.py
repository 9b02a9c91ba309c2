"""Room 4: the scale: what each rung means, how many clauses hold it, why it is disputed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from alliances import queries
from alliances.columns import SCALE
from alliances.filtersets import Parameters
from alliances.models import DataSet
from alliances.views.data import Offer, with_data
from alliances.views.pages import shared_page


def _offer(request: HttpRequest) -> Offer:
    return Offer(SCALE, Parameters(request.GET), queries.scale)


@with_data(_offer)
def obligations(request: HttpRequest) -> HttpResponse:
    """The nine rungs and the states without a rank; disputes; how others rank."""
    context = {"scale": queries.scale(), "datasets": DataSet.objects.all()}
    return shared_page(request, "obligations/list.html", context)
