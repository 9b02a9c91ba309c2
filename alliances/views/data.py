"""Room 4: the same rows as data: what `format=` in a page's address asks for; its citation too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    QueryDict,
    StreamingHttpResponse,
)
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from alliances.columns import Table
from alliances.exports import (
    MEDIA_TYPES,
    NO_SUCH_RECORD,
    NOT_UNDERSTOOD,
    PROBLEM_TYPE,
    WRITERS,
    About,
    problem,
)
from alliances.filtersets import Parameters, faults
from alliances.models import DataVersion
from alliances.views.citing import citation, links
from alliances.vocabulary import CitationFormat, Format, code_list

View = Callable[..., HttpResponse]
FORMATS = [*code_list(Format), *code_list(CitationFormat)]


@dataclass(frozen=True)
class Offer:
    """What a page gives as data: its table, its parameters, and, once those are judged, its rows.
    `pinned`: the parameters that the page took by itself and that its address for good names.
    `subject`: the record whose page it is.
    """

    table: Table
    form: Parameters
    rows: Callable[[], Any]
    pinned: Callable[[], dict[str, Any]] = dict
    subject: str = ""


def with_data(offer: Callable[..., Offer]) -> Callable[[View], View]:
    """Let a page also answer with its rows as CSV, XLSX and JSON and with its citation, and name
    these addresses in its headers; `offer` takes what the view takes.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
            request.gives_data = True  # type: ignore[attr-defined]
            if "format" not in request.GET:
                return links(request, view(request, *args, **named))
            try:
                offered = offer(request, *args, **named)
                if errors := _errors(request, offered.form):
                    return _refused(400, NOT_UNDERSTOOD, errors)
                if request.GET["format"] in code_list(CitationFormat):
                    return citation(request, view(request, *args, **named))
                return _rows(request, offered)
            except Http404:
                return _refused(404, NO_SUCH_RECORD)

        return answer  # type: ignore[return-value]

    return decorate


def _rows(request: HttpRequest, offer: Offer) -> HttpResponseBase:
    form, table = Format(request.GET["format"]), offer.table
    about = _about(request, offer)
    pieces = WRITERS[form](table, table.rows(offer.rows()), about)
    response = StreamingHttpResponse(pieces, content_type=MEDIA_TYPES[form])
    # A browser shows JSON; what it cannot show it keeps as a file.
    file = content_disposition_header(form != Format.JSON, _file_name(table, about, form))
    response["Content-Disposition"] = file or ""
    return response


def _errors(request: HttpRequest, form: Parameters) -> dict[str, list[Any]]:
    """What is wrong with the parameters, by name."""
    found = faults(form)
    found.pop("format", None)
    formats = request.GET.getlist("format")
    if len(formats) > 1:
        found["format"] = [_("Give this once.")]
    elif formats[0] not in FORMATS:
        found["format"] = [_("Ask for one of: %s.") % ", ".join(FORMATS)]
    if "page" in request.GET:
        found["page"] = [_("A file holds all rows: leave the page out.")]
    return found


def _about(request: HttpRequest, offer: Offer) -> About:
    pinned = offer.pinned()
    query = offer.form.address(page=None, **pinned)
    address = request.path + (query if query != "?" else "")
    titles = (offer.subject, str(offer.table.title))
    return About(
        table=offer.table,
        title=": ".join(title for title in titles if title),
        url=request.build_absolute_uri(address),
        day=pinned.get("on"),
        parameters=dict(QueryDict(query[1:]).lists()),
        data_version=DataVersion.objects.current(),
        retrieved=timezone.now().date(),
    )


def _file_name(table: Table, about: About, form: Format) -> str:
    return f"{table.name}-{about.day or about.retrieved}.{form}"


def _refused(status: int, detail: Any, errors: dict[str, list[Any]] | None = None) -> HttpResponse:
    return JsonResponse(problem(status, detail, errors), status=status, content_type=PROBLEM_TYPE)
