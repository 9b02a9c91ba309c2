"""Room 4: the data to take away: releases, and what each column means."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from alliances.columns import TABLES, Column
from alliances.filtersets import Parameters
from alliances.releases import RELEASES, code_lists, file_of, released
from alliances.views.data import Offer, with_data
from alliances.views.pages import shared_page


def _offer(request: HttpRequest) -> Offer:
    return Offer(RELEASES, Parameters(request.GET), released)


@with_data(_offer)
def releases(request: HttpRequest) -> HttpResponse:
    """Every release with its size and checksum; how else the data can be taken."""
    return render(request, "data/releases.html", {"releases": released()})


def release(request: HttpRequest, version: str) -> FileResponse:
    """A release's zip, as a file to keep."""
    if version not in {each.version for each in released()}:
        raise Http404
    path = file_of(version)
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


def dictionary(request: HttpRequest) -> HttpResponse:
    """Every published column of every table, and every list of codes."""
    published = (*TABLES, RELEASES)
    tables = [(table, [_described(column) for column in table.columns]) for table in published]
    lists = code_lists(published)
    return shared_page(request, "data/dictionary.html", {"tables": tables, "lists": lists.items()})


def _described(column: Column) -> dict[str, Any]:
    return {"column": column, "codes": column.codes.__name__ if column.codes else ""}
