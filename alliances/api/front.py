"""Room 4: what stands around the tables: the index, the schema, the documentation, nothing."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from drf_spectacular.generators import SchemaGenerator
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from alliances.api.endpoints import ENDPOINTS
from alliances.api.parameters import refuse_unless_valid
from alliances.api.reading import Reading, unless_known
from alliances.exports import LICENCE, SITE
from alliances.filtersets import Parameters
from alliances.models import DataVersion


class Index(Reading):
    """Where everything is."""

    def get(self, request: Request) -> Response:
        """Every table with its address, the version of the data, the licence."""
        refuse_unless_valid(request.GET, Parameters(request.GET))
        version = DataVersion.objects.current().label

        def answer() -> dict[str, Any]:
            return {
                "title": SITE,
                "data_version": version,
                "documentation": reverse("api:documentation", request=request),
                "schema": reverse("api:schema", request=request),
                "licence": LICENCE,
                "tables": [
                    {
                        "name": endpoint.name,
                        "title": str(endpoint.table.title),
                        "one_row_is": str(endpoint.table.meaning),
                        "url": reverse(f"api:{endpoint.name}", request=request),
                    }
                    for endpoint in ENDPOINTS
                ],
            }

        return unless_known(request, version, None, answer)


class Schema(Reading):
    """The API described for programs (OpenAPI 3.1)."""

    schema = None

    def get(self, request: Request) -> Response:
        """The description; its lists of codes are those of the data."""
        refuse_unless_valid(request.GET, Parameters(request.GET))
        version = DataVersion.objects.current().label
        return unless_known(request, version, None, lambda: described(version))


@lru_cache(maxsize=1)
def described(_version: str) -> dict[str, Any]:
    """The schema for one version of the data."""
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return schema


class Nothing(Reading):
    """Every other address."""

    schema = None

    def initial(self, *_args: Any, **_named: Any) -> None:
        """Whatever the method."""
        raise NotFound(_("There is nothing at this address."))


def documentation(request: HttpRequest) -> HttpResponse:
    """The API for people: what holds of it, and each address to try."""
    return render(request, "api/docs.html", {"endpoints": ENDPOINTS})
