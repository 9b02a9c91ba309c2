"""Room 4: the addresses of the API."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path, register_converter

from alliances.api.endpoints import ENDPOINTS, Endpoint
from alliances.api.front import Index, Nothing, Schema, documentation
from alliances.api.shapes import KEY
from alliances.api.tables import ListView, RowView


class RecordConverter:
    """A row's key: it may contain slashes."""

    regex = KEY

    def to_python(self, value: str) -> str:
        """The key as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """The key as it stands."""
        return value


register_converter(RecordConverter, "record")


def _addresses(endpoint: Endpoint) -> list[URLPattern]:
    base = f"v1/{endpoint.name}/"
    row = RowView.as_view(endpoint=endpoint)
    return [
        path(base, ListView.as_view(endpoint=endpoint), name=endpoint.name),
        path(f"{base}<record:key>/", row, name=f"{endpoint.name}-row"),
    ]


app_name = "api"
urlpatterns = [
    path("v1/", Index.as_view(), name="index"),
    path("v1/openapi.json", Schema.as_view(), name="schema"),
    path("v1/docs/", documentation, name="documentation"),
    *(address for endpoint in ENDPOINTS for address in _addresses(endpoint)),
    # A last slash that is missing is added before this is asked.
    re_path(r"^(?:[\s\S]*/)?$", Nothing.as_view()),
]
