"""Room 4: the front page: whose promises, the ladder, every partner in a small matrix."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from alliances import queries
from alliances.columns import PARTNERS
from alliances.filtersets import PartnersParameters
from alliances.views.data import Offer, with_data
from alliances.views.matrix import matrix_row
from alliances.views.pages import refused, shared_page


def _offer(request: HttpRequest) -> Offer:
    form = PartnersParameters(request.GET)
    return Offer(
        PARTNERS,
        form,
        lambda: queries.partners_of(form.whose, form.day),
        lambda: {"on": form.day, "promisor": form.whose.ref},
    )


@with_data(_offer)
def home(request: HttpRequest) -> HttpResponse:
    """The answer in a sentence, then the ladder with who stands where."""
    parameters = PartnersParameters(request.GET)
    if not parameters.is_valid():
        return refused(request, "home.html", parameters)
    promisor, day = parameters.whose, parameters.day
    rows = queries.partners_of(promisor, day)
    ladder = queries.ladder(rows)
    return shared_page(
        request,
        "home.html",
        {
            "form": parameters.shown(),
            "ignored": parameters.unknown(),
            "promisor": promisor,
            "day": day,
            "rows": rows,
            "ladder": ladder,
            "levels": [rung.level for rung in ladder],
            "groups": [
                ("", [matrix_row(row, row.drawn) for row in own])
                for _level, own in queries.grouped_by_level(rows)
            ],
            "must_help": sum(1 for row in rows if row.must_help),
            "nothing_in_force": sum(1 for row in rows if not row.holds),
        },
    )
