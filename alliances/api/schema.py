"""Room 4: the API described (OpenAPI 3.1), address by address. What values look like: shapes.py."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from alliances.api.parameters import ListParameters, RowParameters
from alliances.api.shapes import (
    ENVELOPE,
    KEY,
    LIST,
    PROBLEM,
    Plain,
    array,
    in_words,
    of_field,
    of_row,
)
from alliances.exports import NO_SUCH_RECORD, NOT_UNDERSTOOD, PROBLEM_TYPE
from alliances.filtersets import DayParameters, Parameters


def of_form(form: Parameters) -> list[OpenApiParameter]:
    """The parameters of a form, but for page numbers, which the API has not."""
    return [
        OpenApiParameter(name, of_field(field), description=in_words(name, field))
        for name, field in form.fields.items()
        if name != "page"
    ]


class ReadingSchema(AutoSchema):
    """One address of the API. A view of a table names its `endpoint`."""

    @cached_property
    def endpoint(self) -> Any:
        """The table's, None for the index."""
        return getattr(self.view, "endpoint", None)

    @cached_property
    def is_row(self) -> bool:
        """Whether it gives one row."""
        return "{key}" in self.path

    @cached_property
    def question(self) -> Any:
        """The list without parameters."""
        return self.endpoint.many(QueryDict())

    @cached_property
    def first(self) -> Plain:
        """The first row of the list, as an example; nothing where there is none."""
        assert self.question.form.is_valid()
        table = self.endpoint.table
        rows = table.rows(self.question.rows()[:1])
        return next((dict(zip(table.names, row, strict=True)) for row in rows), {})

    def get_operation(self, *address: Any) -> Plain:
        found: Plain = super().get_operation(*address) or {}
        for parameter in found.get("parameters", []):
            if parameter["in"] == "query":
                # As in a form that is sent with a field left blank: it asks nothing.
                parameter["allowEmptyValue"] = True
        return found

    def get_operation_id(self) -> str:
        """Stable: clients name their functions by it."""
        if not self.endpoint:
            return "index"
        return f"{self.endpoint.name}_{'row' if self.is_row else 'list'}"

    def get_tags(self) -> list[str]:
        return [self.endpoint.name if self.endpoint else "index"]

    def get_summary(self) -> str:
        if not self.endpoint:
            return "Where everything is"
        title = self.endpoint.table.title
        return f"{title}: one row by its id" if self.is_row else f"{title}: all that match"

    def get_description(self) -> str:
        if not self.endpoint:
            return "Every table with its address, the version of the data, the licence."
        return f"One row: {self.endpoint.table.meaning}"

    def get_auth(self) -> list[Plain]:
        return []

    def get_override_parameters(self) -> list[Any]:
        if not self.endpoint:
            return []
        return self.parameters

    @cached_property
    def parameters(self) -> list[OpenApiParameter]:
        """Of the address, and the headers of its answer."""
        table = self.endpoint.table
        tag = OpenApiParameter(
            "ETag",
            str,
            OpenApiParameter.HEADER,
            response=[200],
            description=_("The same as long as the answer is: send it as If-None-Match."),
        )
        if not self.is_row:
            return [*of_form(self.question.form), *of_form(ListParameters(None, table)), tag]
        dated = of_form(DayParameters(None)) if self.endpoint.dated else []
        return [self.key, *dated, *of_form(RowParameters(None, table)), tag]

    @property
    def key(self) -> OpenApiParameter:
        """The id in the address, with one that exists as an example."""
        table = self.endpoint.table
        return OpenApiParameter(
            "key",
            {"type": "string", "pattern": f"^{KEY}$"},
            OpenApiParameter.PATH,
            description=str(table.column(table.key).meaning),
            examples=self.example(self.first.get(table.key)),
        )

    def example(self, value: Any) -> list[OpenApiExample]:
        """One, from the data; none where there are no data."""
        return [OpenApiExample("From the data", value=value)] if value else []

    def get_response_serializers(self) -> Plain:
        answer = self.answer if self.endpoint else {"type": "object"}
        refused = {400: NOT_UNDERSTOOD, 406: _("Only JSON can be had.")}
        if self.endpoint and self.is_row:
            refused[404] = NO_SUCH_RECORD
        found: dict[Any, OpenApiResponse] = {
            200: OpenApiResponse(answer, _("The answer."), self.answer_example),
            304: OpenApiResponse(None, _("What If-None-Match names has not changed.")),
        }
        return found | {
            (status, PROBLEM_TYPE): OpenApiResponse(self.component("Problem", PROBLEM), words)
            for status, words in sorted(refused.items())
        }

    @property
    def answer_example(self) -> list[OpenApiExample]:
        """The answer with the first row of the list."""
        if not self.endpoint or not self.first:
            return []
        day = date.today().isoformat() if self.endpoint.dated else None
        shared = {"day": day, "data_version": "2026-11-25.1204"}
        if self.is_row:
            return self.example(shared | {"result": self.first})
        listed = {"count": 1, "parameters": {}, "next": None, "results": [self.first]}
        return self.example(shared | listed)

    @property
    def answer(self) -> Plain:
        """What is sent with status 200."""
        row = self.component(self.endpoint.name.capitalize(), of_row(self.endpoint.table))
        own: Plain = {"result": row} if self.is_row else LIST | {"results": array(row)}
        properties = ENVELOPE | own
        return {"type": "object", "required": [*properties], "properties": properties}

    def component(self, name: str, schema: Plain) -> Plain:
        """A reference to a schema that is written down once."""
        found = ResolvedComponent(name, ResolvedComponent.SCHEMA, schema, object=name)
        self.registry.register_on_missing(found)
        reference: Plain = found.ref
        return reference
