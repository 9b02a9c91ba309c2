"""Room 2: events and the promises that they tested."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from alliances.models import Agreement, CommitmentSpan, Event
from alliances.queries.relations import as_pledge, pledge_ref
from alliances.rules.strength import order

# Of an event: whether it put any promise to the test.
TESTED_ANY = Exists(CommitmentSpan.objects.that_events_tested().filter(event=OuterRef("pk")))


@dataclass
class TestedEvent:
    """An event and the promises that it tested, strongest first; none: it tested none."""

    event: Event
    promises: list[CommitmentSpan]

    @property
    def clauses(self) -> list[list[CommitmentSpan]]:
        """The promises by clause, or by agreement where it has none: one per promisor each."""
        found: dict[str, list[CommitmentSpan]] = {}
        for span in self.promises:
            found.setdefault(pledge_ref(span), []).append(span)
        return list(found.values())

    @property
    def agreements_tested(self) -> int:
        """Under how many agreements the promises stood."""
        return len({span.commitment.agreement_id for span in self.promises})

    @property
    def related(self) -> list[Agreement]:
        """Linked agreements under which no promise was tested: shown, not counted."""
        tested = {span.commitment.agreement_id for span in self.promises}
        linked = [link.agreement for link in self.event.agreement_links.all()]
        return [agreement for agreement in linked if agreement.pk not in tested]


def events_with_tests(only: Collection[int] | None = None) -> list[TestedEvent]:
    """Every event, or those with these primary keys, latest first, with what they tested."""
    events = Event.objects.select_related("state").prefetch_related(
        "agreement_links__agreement", "citations__source"
    )
    tested = promises_tested(only)
    chosen = events if only is None else events.filter(pk__in=only)
    return [TestedEvent(event, tested.get(event.pk, [])) for event in chosen.latest_first()]


def event_codes() -> list[dict[str, Any]]:
    """Of every event, latest first, what filters ask: key, state, request, response, tested."""
    rows = Event.objects.latest_first().values(
        "pk", "ref", "title", "date", "request", "response", "state__ref", "state__name"
    )
    tested = set(CommitmentSpan.objects.that_events_tested().values_list("event", flat=True))
    return [
        {**row, "state": row["state__ref"], "tested": "yes" if row["pk"] in tested else "no"}
        for row in rows
    ]


def promises_tested(
    only: Collection[int] | QuerySet[Event, Any] | None = None,
) -> dict[int, list[CommitmentSpan]]:
    """For each event (by primary key, as values or as a query; None: every event) the promises
    that it tested, strongest first.
    """
    spans = CommitmentSpan.objects.as_pledges().that_events_tested()
    if only is not None:
        spans = spans.filter(event__in=only)
    found: dict[int, dict[str, CommitmentSpan]] = {}
    for span in sorted(spans, key=lambda span: order(as_pledge(span))):
        key = f"{pledge_ref(span)} {span.commitment.promisor.ref}"
        found.setdefault(span.event, {}).setdefault(key, span)
    return {event: list(rows.values()) for event, rows in found.items()}
