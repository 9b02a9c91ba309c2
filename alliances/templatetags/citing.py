"""Room 4: what a page says of itself to those who cite it."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from django import template
from django.forms import Field
from django.http import HttpRequest
from django.utils import timezone

from alliances.exports import Work, reference_html
from alliances.filtersets import address_of
from alliances.vocabulary import CitationFormat, Format

register = template.Library()
register.filter("apa", reference_html)


@register.simple_tag(takes_context=True)
def cited(context: Any, title: str) -> Work | None:
    """The page as a work, also left on the request for who answers it; None where it is refused,
    or gives no data.
    """
    request = context["request"]
    if context.get("refused") or not getattr(request, "gives_data", False):
        return None
    known = parameters_of(context)
    pinned = _pinned(context, known)
    request.canonical = absolute(request, known)
    request.work = Work(
        title=title,
        url=absolute(request, known, page=None, **pinned),
        day=pinned.get("on"),
        version=context["evidence"].version,
        accessed=timezone.now().date(),
        is_record=bool(request.resolver_match.kwargs),
    )
    return request.work


@register.simple_tag
def citations(work: Work) -> list[tuple[CitationFormat, str]]:
    """Each format with the address of the work's citation in it."""
    return [(form, work.in_format(form)) for form in CitationFormat]


@register.simple_tag
def files(work: Work) -> list[tuple[Format, str]]:
    """Each format with the address of the page's rows in it, of the day that the page shows."""
    return [(form, work.in_format(form)) for form in Format]


def parameters_of(context: Any) -> Mapping[str, Field]:
    """The parameters that the page knows, in its order."""
    form = context["panel"].filters.form if "panel" in context else context.get("form")
    return form.fields if form else {}


def absolute(request: HttpRequest, known: Mapping[str, Field], **changes: Any) -> str:
    """The address of the same page with what these parameters ask, some of them changed."""
    query = address_of(request.GET, known, **changes)
    return request.build_absolute_uri(request.path + (query if query != "?" else ""))


def _pinned(context: Any, known: Container[str]) -> dict[str, Any]:
    """The day and the promisor that the page took by itself, where it knows such parameters."""
    promisor = context.get("promisor")
    taken = {"on": context.get("day"), "promisor": promisor and promisor.ref}
    return {name: value for name, value in taken.items() if name in known and value}
