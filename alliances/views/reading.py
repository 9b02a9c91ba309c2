"""Room 4: what the reading pages share: a filtered, paged list, and the answer past its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from alliances.filtersets import RecordParameters, select
from alliances.views.lists import no_such_page
from alliances.views.pages import refused, shared_page


def listed(
    request: HttpRequest,
    template: str,
    parameters: RecordParameters,
    rows: Iterable[Mapping[str, Any]],
    shown: Callable[[list[int]], dict[str, Any]],
    size: int,
) -> HttpResponse:
    """The rows that the parameters choose, one page of them; `shown` gives their context by
    primary keys. Past the last page: 404 with a link to the last.
    """
    if not parameters.is_valid():
        return refused(request, template, parameters, groups=parameters.groups())
    selection = select(rows, parameters.asked)
    paginator = Paginator(selection.rows, size)
    if parameters.number > paginator.num_pages:
        return no_such_page(request, parameters, paginator.num_pages)
    page = paginator.page(parameters.number)
    context = {
        "form": parameters,
        "groups": parameters.groups(selection),
        "chosen": any(parameters.asked.values()),
        "ignored": parameters.unknown(),
        "drops": parameters.dropped(selection),
        "page": page,
    }
    return shared_page(request, template, context | shown(list(page.object_list)))
