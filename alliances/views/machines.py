"""Room 4: what crawlers and finders of faults ask a site for: sitemap, robots.txt, security.txt."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.models import Agreement, Claim, Commitment, Event, Source, State

PLAIN = "text/plain; charset=utf-8"
# A file that nobody renews must be distrusted; ours renews itself as long as the site runs.
VALID_FOR = timedelta(days=180)

# Every record has an address without a query, and the sitemap has them all; the filters, orders and
# days in queries are without end. Who shows what a link leads to may look at any address.
ROBOTS = """\
User-agent: Twitterbot
User-agent: facebookexternalhit
User-agent: LinkedInBot
User-agent: Slackbot
User-agent: TelegramBot
Disallow:

User-agent: *
Allow: /*?page=
Disallow: /*?

Sitemap: {sitemap}
"""


class Pages(Sitemap):
    """The pages that are no record's."""

    def items(self) -> list[str]:
        """The names of their addresses."""
        lists = ["home", "partners", "commitments", "agreements", "events", "claims", "sources"]
        figures = ["matrix", "timeline", "map", "compare"]
        return [*lists, *figures, "obligations", "changes", "data", "dictionary", "about"]

    def location(self, item: str) -> str:
        """Its address."""
        return reverse(item)


class Pairs(Sitemap):
    """Two states between whom at least one promise is recorded."""

    def items(self) -> list[tuple[str, str]]:
        """Their slugs, in the order of the address."""
        rows = Commitment.objects.order_by().values_list("promisor__slug", "partner__slug")
        return sorted({(min(pair), max(pair)) for pair in rows.distinct()})

    def location(self, item: tuple[str, str]) -> str:
        """Its address."""
        return reverse("pair", args=item)


def _records(model: Any, address: str) -> Sitemap:
    return GenericSitemap({"queryset": model.objects.order_by(address).only(address)})


# Without a day of change: what a record's page says changes with many records beside its own.
SITEMAPS: dict[str, Sitemap] = {
    "pages": Pages(),
    "states": _records(State, "slug"),
    "pairs": Pairs(),
    "agreements": _records(Agreement, "ref"),
    "events": _records(Event, "ref"),
    "claims": _records(Claim, "ref"),
    "sources": _records(Source, "ref"),
}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers are asked to leave out, and where the sitemap is."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse(ROBOTS.format(sitemap=sitemap), content_type=PLAIN)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weakness of the site (RFC 9116); 404 where the setting names nobody."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = datetime.combine(timezone.now().date() + VALID_FOR, time.min, UTC)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type=PLAIN)
