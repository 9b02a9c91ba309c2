"""Room 4: what a link to a page says of it elsewhere: its title, its first sentence, its picture.

All is taken from the page itself, so that the two never differ.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from alliances.figures.social_words import answer, plain
from alliances.templatetags.citing import absolute, parameters_of

register = template.Library()

# Pages with a picture of their own, with the parameters that change what it shows.
PICTURED = {
    "state": ("promisor", "on"),
    "pair": ("on",),
    "agreement": ("on",),
    "event": (),
    "claim": (),
    "source": (),
}


@register.simple_block_tag
def keep(content: str) -> str:
    """A piece of the page, to be used more than once: {% keep as name %} … {% endkeep %}."""
    return content


register.filter("plain", plain)
register.filter("answer", answer)


@register.simple_tag(takes_context=True)
def canonical(context: dict[str, Any]) -> str:
    """The page's one address: what it knows, in its order; of a refused one the way to start
    again.
    """
    request: HttpRequest = context["request"]
    return absolute(request, {} if context.get("refused") else parameters_of(context))


@register.simple_tag(takes_context=True)
def picture(context: dict[str, Any]) -> str:
    """The absolute address of the page's picture; the site's, where it has none of its own."""
    request: HttpRequest = context["request"]
    match = request.resolver_match
    kind = match.url_name if match and match.url_name in PICTURED else None
    if not match or not kind or context.get("refused"):
        return request.build_absolute_uri(reverse("social", args=["site", "reference"]))
    address = reverse("social", args=[kind, "--".join(match.kwargs.values())])
    query = QueryDict(mutable=True)
    query.update({name: request.GET[name] for name in PICTURED[kind] if request.GET.get(name)})
    asked = query.urlencode()
    return request.build_absolute_uri(address + (f"?{asked}" if asked else ""))
