"""Room 4: what a page tells machines in JSON-LD, from the records that it shows anyway."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import orjson
from django import template
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from alliances.columns import AGREEMENTS, CLAIMS, COMMITMENTS, EVENTS, SOURCES
from alliances.exports import MEDIA_TYPES, Work, linked_data
from alliances.models import Agreement
from alliances.partial_dates import PartialDate
from alliances.rules.strength import STANDING_ORDER
from alliances.vocabulary import Format

register = template.Library()

Thing = linked_data.Thing
# What could end the element, or begin another; the same value to whoever reads JSON.
ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&"}

# Pages with a list of the whole data set. Two show what stands on the day unless asked for all.
ALL = {"status": [str(status) for status in STANDING_ORDER]}
LISTS: dict[str, tuple[Any, dict[str, list[str]]]] = {
    "commitments": (COMMITMENTS, ALL),
    "agreements": (AGREEMENTS, ALL),
    "events": (EVENTS, {}),
    "claims": (CLAIMS, {}),
    "sources": (SOURCES, {}),
}


@register.simple_tag(takes_context=True)
def linked(context: Any, work: Work | None, description: str) -> SafeString:
    """A block of data, which no policy on scripts concerns; nothing for a page that is no record,
    but for the front page, which speaks for the whole.
    """
    request = context["request"]
    name = request.resolver_match.url_name if work else None
    if work and name == "home":
        return _block(_whole(context, work, description))
    if work and name in ENTITIES:
        url = request.build_absolute_uri(request.path)
        entity = ENTITIES[name](context, url)
        return _block(linked_data.of_page(entity, work, _home(request)))
    return SafeString("")


def _block(thing: Thing) -> SafeString:
    text = orjson.dumps(thing).decode().translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


def _home(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("home"))


def _whole(context: Any, work: Work, description: str) -> Thing:
    # Where the evidence on the first pair ends: later days are covered for some pairs only.
    reaches = (PartialDate(reach) for reach, _pairs in context["evidence"])
    end = min(reaches, key=lambda reach: reach.last, default="..")
    days = f"{Agreement.objects.first_signed() or '..'}/{end}"
    files = _files(context["request"])
    return linked_data.whole(_home(context["request"]), description, work.version, days, files)


def _files(request: HttpRequest) -> Iterator[Thing]:
    for name, (table, asked) in LISTS.items():
        for form in (Format.CSV, Format.JSON):
            query = QueryDict(mutable=True)
            for parameter, values in asked.items():
                query.setlist(parameter, values)
            query["format"] = str(form)
            address = request.build_absolute_uri(f"{reverse(name)}?{query.urlencode()}")
            yield linked_data.file(f"{table.title} ({form.label})", address, MEDIA_TYPES[form])


ENTITIES: dict[str, Callable[[Any, str], Thing]] = {
    "state": lambda context, url: linked_data.state(context["state"], url),
    "agreement": lambda context, url: linked_data.agreement(context["agreement"], url),
    "event": lambda context, url: linked_data.event(context["test"].event, url),
    "claim": lambda context, url: linked_data.claim(
        context["claim"], url, _home(context["request"])
    ),
    "source": lambda context, _url: linked_data.source(context["source"]),
    "pair": lambda context, url: linked_data.pair(context["first"], context["second"], url),
}
