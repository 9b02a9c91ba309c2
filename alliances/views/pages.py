"""Room 4: what the pages share: parsed parameters, the answer to bad ones, the coverage line."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject

from alliances.cache import SharedResponse
from alliances.filtersets import REPLACEMENT, Parameters, is_of_a_campaign
from alliances.models import Coverage, DataVersion
from alliances.partial_dates import PartialDate
from alliances.queries.per_version import per_version


class Evidence(list[tuple[str, list[Coverage]]]):
    """Pairs by how far their research reaches, the reach of most pairs first; and the version of
    the data, which the same query gives.
    """

    version: DataVersion


def is_exact(query: QueryDict, ignored: list[str]) -> bool:
    """Whether an address holds nothing but what its page answers to, campaign marks included."""
    return not ignored and not any(is_of_a_campaign(name) for name in query)


def shared_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page of valid parameters, which may be kept for others unless some of its address is
    ignored: what the view says in `ignored`, else all of it.
    """
    ignored = context.get("ignored", Parameters(request.GET).unknown())
    kind = SharedResponse if is_exact(request.GET, ignored) else HttpResponse
    return kind(render_to_string(template, context, request))


def refused(
    request: HttpRequest, template: str, parameters: Parameters, **context: Any
) -> HttpResponse:
    """The page with its form and the messages beside the fields, no rows, status 400.

    A page's text cannot hold the null bytes of a refused value: they show as “�”.
    """
    shared = {"form": parameters, "ignored": parameters.unknown(), "refused": True}
    response = render(request, template, shared | context, status=400)
    response.content = response.content.replace(b"\x00", REPLACEMENT.encode())
    return response


def without_parameters(request: HttpRequest) -> dict[str, Any]:
    """For every page: the names in the address that one without parameters ignores. Of a page with
    parameters its view says what is ignored.
    """
    return {"ignored": Parameters(request.GET).unknown()}


def missing(request: HttpRequest, **context: Any) -> HttpResponse:
    """The page that says that nothing is here, and gives nothing to take or to cite; status 404."""
    return render(request, "404.html", {"refused": True, **context}, status=404)


def coverage(request: HttpRequest) -> dict[str, Any]:
    """For every page: up to when the evidence reaches, and the version of the data; asked only
    where a template shows them.
    """
    return {"evidence": SimpleLazyObject(_evidence)}


def researched(
    evidence: Evidence,
) -> dict[frozenset[str], PartialDate]:
    """How far the research on each pair reaches, by the pair's codes: what the rules ask."""
    return {
        frozenset((row.promisor.ref, row.partner.ref)): PartialDate(reach)
        for reach, rows in evidence
        for row in rows
    }


@per_version
def _evidence() -> Evidence:
    pairs = Coverage.objects.select_related("promisor", "partner")
    rows = list(DataVersion.objects.known_to(pairs))
    reaches: dict[str, list[Coverage]] = {}
    for row in rows:
        reaches.setdefault(row.researched_to, []).append(row)
    found = Evidence(sorted(reaches.items(), key=lambda reach: -len(reach[1])))
    found.version = _version_beside(rows[0]) if rows else DataVersion.objects.current()
    return found


def _version_beside(row: Any) -> DataVersion:
    return DataVersion(number=row.version_number, moved_at=row.version_moved_at)
