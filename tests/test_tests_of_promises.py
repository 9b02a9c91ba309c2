"""Promises tested: the question in SQL gives what the rule says, for the dossier and after edits."""

from collections.abc import Callable
from random import Random

import pytest

from alliances import queries
from alliances.models import Agreement, CommitmentSpan, Coverage, Event, EventAgreement, State
from alliances.partial_dates import PartialDate
from alliances.queries import event_codes, events_with_tests
from alliances.queries.relations import pledge_ref
from alliances.rules.commitments import commitments_of
from alliances.rules.tested import is_tested
from alliances.vocabulary import StoredStatus

pytestmark = pytest.mark.django_db

# Event, clause (or agreement without clauses), promisor.
Test = tuple[str, str, str]


def by_the_rule() -> set[Test]:
    """What `is_tested` says of every event and every promise under a linked agreement."""
    reach = Coverage.objects.reach()
    agreements = Agreement.objects.with_facts()
    promises = {a.pk: (a.ref, list(commitments_of(a.facts(reach)))) for a in agreements}
    return {
        (link.event.ref, promise.obligation or promises[link.agreement_id][0], promise.promisor)
        for link in EventAgreement.objects.select_related("event__state")
        for promise in promises[link.agreement_id][1]
        if promise.partner == link.event.state.ref and is_tested(promise.spans, link.event.date)
    }


def by_the_query() -> set[Test]:
    refs = dict(Event.objects.values_list("pk", "ref"))
    return {
        (refs[event], pledge_ref(span), span.commitment.promisor.ref)
        for event, spans in queries.promises_tested(None).items()
        for span in spans
    }


def test_the_dossier_s_tests_are_those_of_the_rule() -> None:
    found = by_the_query()
    assert found == by_the_rule()
    assert len(found) == 451
    assert len({event for event, _clause, _promisor in found}) == 47


def test_each_promise_is_listed_once_and_the_strongest_comes_first() -> None:
    for spans in queries.promises_tested(None).values():
        keys = [(pledge_ref(span), span.commitment.promisor_id) for span in spans]
        assert len(keys) == len(set(keys))
        ranks = [span.commitment.level.rank or 10 for span in spans]
        assert ranks == sorted(ranks)


def test_only_the_events_asked_for_are_answered() -> None:
    keys = list(Event.objects.order_by("ref").values_list("pk", flat=True)[:5])
    whole = queries.promises_tested(None)
    assert queries.promises_tested(keys) == {key: whole[key] for key in keys if key in whole}
    assert [test.event.pk for test in events_with_tests(keys)] == sorted(
        keys, key=lambda key: (-Event.objects.get(pk=key).date_first.toordinal(), key)
    )
    assert queries.promises_tested([]) == {}


def test_an_event_counts_as_tested_exactly_where_the_rule_finds_a_promise() -> None:
    tested = {event for event, _clause, _promisor in by_the_rule()}
    assert {row["ref"] for row in event_codes() if row["tested"] == "yes"} == tested
    assert len(event_codes()) == 74


def test_linked_agreements_without_a_tested_promise_are_related_and_not_counted() -> None:
    for test in events_with_tests():
        counted = {span.commitment.agreement_id for span in test.promises}
        linked = {link.agreement_id for link in test.event.agreement_links.all()}
        assert test.agreements_tested == len(counted)
        assert {agreement.pk for agreement in test.related} == linked - counted
        assert counted <= linked


# Generated edits


def some_date(draw: Random) -> PartialDate:
    """A day on which some promise turns, whole or known to its month or year only."""
    days = CommitmentSpan.objects.filter(first__year__gt=1990).values_list("first", flat=True)
    return PartialDate(draw.choice(sorted(set(days))).isoformat()[: draw.choice([4, 7, 10])])


def move_in_time(draw: Random) -> None:
    event = draw.choice(Event.objects.order_by("ref"))
    event.date, event.ended = some_date(draw), None
    event.save()


def happen_to_another(draw: Random) -> None:
    link = draw.choice(EventAgreement.objects.order_by("pk"))
    parties = State.objects.filter(participations__agreement=link.agreement)
    link.event.state = draw.choice(parties.order_by("ref"))
    link.event.save()


def be_linked(draw: Random) -> None:
    event = draw.choice(Event.objects.order_by("ref"))
    agreement = draw.choice(Agreement.objects.filter(participations__state=event.state).distinct())
    EventAgreement.objects.get_or_create(event=event, agreement=agreement)


def be_unlinked(draw: Random) -> None:
    draw.choice(EventAgreement.objects.order_by("pk")).delete()


def stand_otherwise(draw: Random) -> None:
    agreement = draw.choice(EventAgreement.objects.order_by("pk")).agreement
    agreement.status = draw.choice(list(StoredStatus))
    agreement.save()


EDITS: list[Callable[[Random], None]] = [
    move_in_time,
    happen_to_another,
    be_linked,
    be_unlinked,
    stand_otherwise,
]


@pytest.mark.parametrize("seed", range(6))
def test_after_any_edit_the_query_still_gives_what_the_rule_says(seed: int) -> None:
    draw = Random(seed)  # noqa: S311 - a fixed seed, no secret
    before = by_the_query()
    for _time in range(2):
        for edit in draw.sample(EDITS, len(EDITS)):
            edit(draw)
        found = by_the_query()
        assert found == by_the_rule()
    assert found != before
