"""Room 2: events and the promises that they tested."""

from __future__ import annotations

from dataclasses import dataclass

from alliances.models import CommitmentSpan, Event
from alliances.queries.relations import as_pledge, pledge_ref
from alliances.rules.strength import order


@dataclass
class TestedEvent:
    """An event and the promises that it tested, strongest first; none: it tested none."""

    event: Event
    promises: list[CommitmentSpan]


def events_with_tests() -> list[TestedEvent]:
    """Every event, latest first, with the promises that it tested."""
    events = Event.objects.select_related("state").prefetch_related(
        "agreement_links__agreement", "citations__source"
    )
    tested = tests_by_event()
    return [
        TestedEvent(event, tested.get(event.pk, []))
        for event in events.order_by("-date_first", "ref")
    ]


def tests_by_event() -> dict[int, list[CommitmentSpan]]:
    """For each event (by primary key) the promises that it tested, strongest first."""
    spans = CommitmentSpan.objects.as_pledges().that_events_tested()
    found: dict[int, dict[str, CommitmentSpan]] = {}
    for span in sorted(spans, key=lambda span: order(as_pledge(span))):
        key = f"{pledge_ref(span)} {span.commitment.promisor.ref}"
        found.setdefault(span.event, {}).setdefault(key, span)
    return {event: list(rows.values()) for event, rows in found.items()}
