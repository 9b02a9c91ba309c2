"""Room 2: promises over all days, as the courses that a timeline draws."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from alliances.models import Agreement, CommitmentSpan, Participation
from alliances.models.commitment import SpanRow
from alliances.partial_dates import PartialDate
from alliances.queries.records import Tested
from alliances.queries.relations import as_pledge
from alliances.rules.commitments import participation_spans
from alliances.rules.over_time import Choice, Stretch, over_time
from alliances.rules.strength import best_standing


@dataclass(frozen=True)
class Occasion:
    """An event that tested a promise, as far as a mark on a timeline needs it."""

    ref: str
    title: str
    day: PartialDate
    ended: PartialDate | None

    @property
    def last(self) -> date:
        """Its last possible day."""
        return (self.ended or self.day).last


@dataclass
class History:
    """What stood over all days, whichever the day shown; `subject` is whom or what it is about.

    `recorded`: turning days known only to the month or the year, as they are recorded.
    """

    subject: object
    stretches: list[Stretch]
    recorded: dict[date, PartialDate]
    tests: list[Occasion] = field(default_factory=list)


def history(subject: object, spans: Iterable[CommitmentSpan], choose: Choice) -> History:
    """One lane of these promises (all their spans, with what `as_pledges` brings)."""
    found = list(spans)
    stretches = (
        Stretch(span.first, span.until, span.standing, as_pledge(span), span) for span in found
    )
    return History(subject, over_time(stretches, choose), recorded_days(found))


def agreement_histories(
    spans: Iterable[CommitmentSpan], tests: Iterable[Tested], promisors: Collection[int]
) -> list[History]:
    """A lane per agreement of these promises, the first signed first, with the tests of promises
    that these states (by primary key) had made.
    """
    by_agreement: dict[Agreement, list[CommitmentSpan]] = {}
    for span in spans:
        by_agreement.setdefault(span.commitment.agreement, []).append(span)
    tested = _tests_by_agreement(tests, promisors)
    found = []
    for agreement in sorted(by_agreement, key=_first_signed):
        lane = history(agreement, by_agreement[agreement], best_standing)
        lane.tests = list(tested.get(agreement.pk, {}).values())
        found.append(lane)
    return [lane for lane in found if lane.stretches]


def _first_signed(agreement: Agreement) -> tuple[date, str]:
    return (agreement.signed_first or date.max, agreement.ref)


def _tests_by_agreement(
    tests: Iterable[Tested], promisors: Collection[int]
) -> dict[int, dict[str, Occasion]]:
    found: dict[int, dict[str, Occasion]] = {}
    for test in tests:
        for span in test.promises:
            if span.commitment.promisor_id in promisors:
                own = found.setdefault(span.commitment.agreement_id, {})
                own[test.event.ref] = _as_test(test)
    return found


def _as_test(test: Tested) -> Occasion:
    event = test.event
    ended = PartialDate(event.ended) if event.ended else None
    return Occasion(event.ref, event.title, PartialDate(event.date), ended)


def party_histories(
    agreement: Agreement, tests: Iterable[Tested], researched: Mapping[frozenset[str], PartialDate]
) -> list[History]:
    """A lane per party of an agreement, by name: its comings and goings, its freezes, and when it
    needed help under it.
    """
    facts = agreement.facts(researched)
    found = []
    for state in agreement.states:
        spans = participation_spans(facts, state.ref)
        stretches = [Stretch(span.first, span.until, span.standing) for span in spans]
        stays = [stay for stay in agreement.participations.all() if stay.state == state]
        own = [_as_test(test) for test in tests if test.promises and test.event.state == state]
        standing = [each for each in stretches if each.stands]
        found.append(History(state, standing, _imprecise(_dates_of(agreement, stays)), own))
    return found


def _dates_of(agreement: Agreement, stays: Iterable[Participation]) -> list[str | None]:
    own = [agreement.signed, agreement.in_force, agreement.ended]
    return own + [
        value
        for stay in stays
        for value in (stay.joined, stay.left, stay.suspended_from, stay.suspended_until)
    ]


def tests_of(promises: Collection[int]) -> dict[int, list[Occasion]]:
    """The events that tested these promises (by primary key), in one query."""
    event = "commitment__agreement__event_links__event"
    rows = (
        CommitmentSpan.objects.filter(commitment__in=promises)
        .that_events_tested()
        .order_by(f"{event}__date_first", f"{event}__ref")
        .values_list(
            "commitment", *(f"{event}__{name}" for name in ("ref", "title", "date", "ended"))
        )
    )
    found: dict[int, dict[str, Occasion]] = {}
    for promise, ref, title, day, ended in rows:
        found.setdefault(promise, {})[ref] = Occasion(ref, title, day, ended)
    return {promise: list(own.values()) for promise, own in found.items()}


def recorded_days(spans: Iterable[SpanRow]) -> dict[date, PartialDate]:
    """The turning days of these standings that are known only to the month or the year."""
    dates: list[str | None] = []
    for span in spans:
        dates += [span.since, span.suspended_since]
        if isinstance(span, CommitmentSpan):
            agreement, clause = span.commitment.agreement, span.commitment.obligation
            dates += [agreement.signed, agreement.in_force, agreement.ended]
            dates += [clause.applies_from, clause.applies_until] if clause else []
    return _imprecise(dates)


def _imprecise(dates: Iterable[str | None]) -> dict[date, PartialDate]:
    known = [PartialDate(text) for text in {*dates} if text]
    vague = [value for value in known if not value.is_exact]
    return {day: value for value in vague for day in (value.first, value.last)}
