"""Room 4: the matrix: every partner, every rung."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alliances.columns import MATRIX
from alliances.figures import matrix as figure
from alliances.filtersets import PartnersFilters
from alliances.models import CommitmentSpan
from alliances.queries import Relation, as_pledge
from alliances.views.data import Offer, with_data
from alliances.views.lists import list_context, no_such_page, partners_offer, refused_list
from alliances.views.pages import shared_page
from alliances.vocabulary import Direction, Region

TEMPLATE = "matrix/page.html"


def _offer(request: HttpRequest) -> Offer:
    filters = PartnersFilters(request.GET)
    return partners_offer(filters, lambda: _rows(filters), MATRIX)


@with_data(_offer)
def matrix(request: HttpRequest) -> HttpResponse:
    """The partners' table as a figure: a mark where a clause that matches promises a rung."""
    filters = PartnersFilters(request.GET)
    if not filters.is_valid():
        return refused_list(request, TEMPLATE, filters)
    if filters.number > 1:
        return no_such_page(request, filters, last=1)
    rows = _rows(filters)
    context = list_context(request, filters) | {
        "promisor": filters.whose,
        "received": filters.towards == Direction.RECEIVED,
        "rows": rows,
        "all": filters.of_how_many,
        "groups": figure.grouped(rows),
        "sums": figure.sums(rows),
    }
    return shared_page(request, TEMPLATE, context)


def _rows(filters: PartnersFilters) -> list[figure.Row]:
    heading = HEADINGS.get(filters.sort.removeprefix("-"), _no_heading)
    return [
        matrix_row(row, [s for s in row.spans if s.pk in filters.matching_spans], heading(row))
        for row in filters.rows
    ]


def matrix_row(row: Relation, spans: Iterable[CommitmentSpan], heading: str = "") -> figure.Row:
    """A state's row in the matrix, of these of its promises."""
    return figure.Row(row, heading, [figure.Promise(as_pledge(span), span) for span in spans])


def _by_level(row: Relation) -> str:
    return row.shown.commitment.level.label if row.shown else _("No promise stands on this day")


def _by_region(row: Relation) -> str:
    return str(Region(row.other.region).label)


def _no_heading(_row: Relation) -> str:
    return ""


HEADINGS = {"strength": _by_level, "region": _by_region}
