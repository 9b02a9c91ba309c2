"""Room 4: the map: the strongest promise that matches, state by state."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from alliances.figures.map import read_world, world_map
from alliances.filtersets import PartnersFilters
from alliances.models import Coverage
from alliances.views.data import Offer, with_data
from alliances.views.lists import list_context, no_such_page, partners_offer, refused_list
from alliances.views.pages import shared_page
from alliances.vocabulary import Direction

TEMPLATE = "map/page.html"
SHAPES = settings.BASE_DIR / "fixtures" / "world_shapes.json"


def _offer(request: HttpRequest) -> Offer:
    filters = PartnersFilters(request.GET)
    return partners_offer(filters, lambda: filters.rows)


@with_data(_offer)
def page(request: HttpRequest) -> HttpResponse:
    """The partners' table as a map, and the same rows as a table below."""
    filters = PartnersFilters(request.GET)
    if not filters.is_valid():
        return refused_list(request, TEMPLATE, filters)
    if filters.number > 1:
        return no_such_page(request, filters, last=1)
    rows = {row.other.ref: row for row in filters.rows}
    researched = Coverage.objects.filter(promisor=filters.whose).values_list(
        "partner__ref", flat=True
    )
    shared = list_context(request, filters)
    context = shared | {
        "promisor": filters.whose,
        "received": filters.towards == Direction.RECEIVED,
        "rows": filters.rows,
        "all": filters.of_how_many,
        "legend": [(level, filters.address(level=level.ref)) for level in shared["panel"].ranked],
        "map": world_map(read_world(SHAPES), rows, {*researched, filters.whose.ref}),
    }
    return shared_page(request, TEMPLATE, context)
