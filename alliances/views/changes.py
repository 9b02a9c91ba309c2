"""Room 4: what changed in the records: all of it, as a feed, and one record's own history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import condition

from alliances import queries
from alliances.columns import CHANGES
from alliances.exports import SITE
from alliances.figures.social_words import plain
from alliances.filtersets import ChangeParameters, Parameters
from alliances.models import DataVersion
from alliances.queries import Entry
from alliances.queries.belonging import WITH_PAGE
from alliances.queries.entries import Line
from alliances.views.data import Offer, with_data
from alliances.views.lists import no_such_page
from alliances.views.pages import refused

ENTRIES_ON_A_PAGE = 25
ENTRIES_IN_THE_FEED = 30


def _offer(request: HttpRequest) -> Offer:
    form = ChangeParameters(request.GET)
    return Offer(CHANGES, form, lambda: _lines(queries.entry_keys(form.asked["kind"])))


def _lines(keys: Any) -> Iterator[Line]:
    """All entries field by field, a page's worth of entries in memory at a time."""
    for page in Paginator(keys, ENTRIES_ON_A_PAGE):
        for entry in queries.changes(page.object_list):
            yield from entry.lines


@with_data(_offer)
def changes(request: HttpRequest) -> HttpResponse:
    """Every save and load, the newest first."""
    parameters = ChangeParameters(request.GET)
    if not parameters.is_valid():
        groups = parameters.groups()
        return refused(request, "changes/list.html", parameters, groups=groups)
    keys = queries.entry_keys(parameters.asked["kind"])
    paginator: Paginator[Any] = Paginator(keys, ENTRIES_ON_A_PAGE)
    if parameters.number > paginator.num_pages:
        return no_such_page(request, parameters, paginator.num_pages)
    page = paginator.page(parameters.number)
    context = {
        "form": parameters,
        "groups": parameters.groups(),
        "chosen": any(parameters.asked.values()),
        "ignored": parameters.unknown(),
        "page": page,
        "entries": queries.changes(page.object_list),
    }
    return render(request, "changes/list.html", context)


def _of_one(request: HttpRequest, name: str, kind: str) -> Offer:
    subject = queries.called(kind, name)
    if subject is None:
        raise Http404
    entries = queries.changes_of(WITH_PAGE[kind], subject.record)
    lines = (line for entry in entries for line in entry.lines)
    return Offer(CHANGES, Parameters(request.GET), lambda: lines, subject=subject.name)


@with_data(_of_one)
def of_record(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """One record's changes, also of one that is gone."""
    subject = queries.called(kind, name)
    if subject is None:
        raise Http404
    if subject.slug != name:
        return redirect(subject.changes)
    context = {
        "subject": subject,
        "entries": queries.changes_of(WITH_PAGE[kind], subject.record),
    }
    return render(request, "changes/record.html", context)


agreement, state, event, claim, source = (
    partial(of_record, kind=kind) for kind in ("agreement", "state", "event", "claim", "source")
)


class Changes(Feed):
    """The newest changes in Atom."""

    feed_type = Atom1Feed
    title = _("Military commitments: changes")
    subtitle = _("What changed in the records, field by field, when and why.")
    author_name = SITE
    link = reverse_lazy("changes")

    def items(self) -> list[Entry]:
        """As many of the newest as a reader's program is likely to have missed."""
        return queries.changes(queries.entry_keys()[:ENTRIES_IN_THE_FEED])

    def item_title(self, item: Entry) -> str:
        return plain(render_to_string("changes/_title.html", {"entry": item}))

    def item_description(self, item: Entry) -> str:
        # Feeds read it as HTML once more.
        return escape(plain(render_to_string("changes/_summary.html", {"entry": item})))

    def item_link(self, item: Entry) -> str:
        own = item.record.changes if item.record else ""
        return f"{own or reverse('changes') + '?kind=' + item.key.kind}#{item.anchor}"

    def item_guid(self, item: Entry) -> str:
        return item.urn

    def item_pubdate(self, item: Entry) -> datetime:
        return item.when

    item_updateddate = item_pubdate

    def item_author_name(self, item: Entry) -> str | None:
        return item.who or None


def _version(request: HttpRequest) -> str:
    return f'"{DataVersion.objects.current().label}"'


def _moved_at(request: HttpRequest) -> datetime:
    return DataVersion.objects.current().moved_at


@condition(etag_func=_version, last_modified_func=_moved_at)
def feed(request: HttpRequest) -> HttpResponse:
    """The feed, sent again only when the data moved."""
    response = Changes()(request)
    # The data's own moment stands there instead: a name that is taken back changes entries too.
    del response["Last-Modified"]
    return response
