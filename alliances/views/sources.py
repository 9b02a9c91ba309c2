"""Room 4: the sources, and one source with what rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from alliances.columns import CITATIONS, SOURCES
from alliances.filtersets import Parameters, SourceParameters, by_name
from alliances.models import Citation, Source
from alliances.views.data import Offer, with_data
from alliances.views.pages import shared_page
from alliances.views.reading import listed
from alliances.vocabulary import language_name

SOURCES_ON_A_PAGE = 100


def _codes() -> list[Any]:
    return list(Source.objects.by_title().values("pk", "kind", "seen", "language"))


def _parameters(request: HttpRequest, rows: Iterable[Mapping[str, Any]]) -> SourceParameters:
    languages = by_name((row["language"], language_name(row["language"])) for row in rows)
    return SourceParameters(request.GET, language=languages)


def _offer(request: HttpRequest) -> Offer:
    form = _parameters(request, _codes())
    return Offer(SOURCES, form, lambda: form.choose(Source.objects.by_title()))


@with_data(_offer)
def sources(request: HttpRequest) -> HttpResponse:
    """Sources by title, with how many records rest on each."""
    rows = _codes()

    def shown(keys: list[int]) -> dict[str, Any]:
        return {"sources": Source.objects.by_title().filter(pk__in=keys)}

    parameters = _parameters(request, rows)
    return listed(request, "sources/list.html", parameters, rows, shown, SOURCES_ON_A_PAGE)


def _one(request: HttpRequest, ref: str) -> Offer:
    subject = get_object_or_404(Source, ref=ref)
    uses = Citation.objects.filter(source=subject).order_by("ref")
    return Offer(CITATIONS, Parameters(request.GET), lambda: uses, subject=subject.title)


@with_data(_one)
def source(request: HttpRequest, ref: str) -> HttpResponse:
    """One source with every record and fact that rests on it."""
    subject = get_object_or_404(Source.objects.with_use().select_related("article"), ref=ref)
    return shared_page(request, "sources/detail.html", {"source": subject})
