"""Room 3: what is uncited, contradictory, missing, or not equal to the rules, over all records.

An error is a contradiction; a note is something that an editor may look into.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from alliances import commitments, search
from alliances.dossier.contradictions import agreement_contradictions, circles
from alliances.models import Agreement, Event
from alliances.rules.publishing import DATED_FIELDS
from alliances.vocabulary import Confidence, Disclosure, Seen, StoredStatus


@dataclass(frozen=True)
class Entry:
    """One line of the report."""

    group: str
    record: str
    field: str
    words: str
    is_error: bool = False

    def __str__(self) -> str:
        return ": ".join(part for part in (self.group, self.record, self.field, self.words) if part)


@dataclass(frozen=True)
class Records:
    """All that the checks look at, fetched once, in a constant number of queries."""

    agreements: list[Agreement]
    events: list[Event]


def report() -> list[Entry]:
    """Every entry, check by check, records in the order of their ids."""
    records = _records()
    return [entry for check in CHECKS for entry in check(records)]


def work() -> list[Entry]:
    """What an editor can mend, most pressing first: the first page of the desk."""
    records = _records()
    return [entry for check in WORK for entry in check(records)]


def _records() -> Records:
    agreements = Agreement.objects.with_facts().prefetch_related(
        "citations__source", "obligations__source"
    )
    events = Event.objects.select_related("state").prefetch_related(
        "citations__source", "agreement_links__agreement__participations__state"
    )
    return Records(list(agreements.order_by("ref")), list(events.order_by("ref")))


def contradictions(records: Records) -> Iterator[Entry]:
    """What the rules refuse."""
    for _noun, finding in (*agreement_contradictions(records.agreements), *circles()):
        yield Entry("contradictory", finding.ref, finding.field, str(finding.message), True)


def not_equal_to_the_rules(_records: Records) -> Iterator[Entry]:
    """Agreements whose derived commitments differ from the rules."""
    for ref in commitments.unequal():
        yield Entry("not equal to the rules", ref, "", "its commitments must be rebuilt", True)


def not_found_by_search(_records: Records) -> Iterator[Entry]:
    """Records whose stored search text is not what their fields give."""
    for record in search.unequal():
        yield Entry("not equal to its text", record, "", "its search text must be rewritten", True)


def uncited(records: Records) -> Iterator[Entry]:
    """Records without a citation, dates that no citation names, clauses without a source."""
    both: list[Agreement | Event] = [*records.agreements, *records.events]
    for record in both:
        if not record.citations.all():
            yield Entry("uncited", record.ref, "", "has no citation")
    for agreement in records.agreements:
        named = {fact for citation in agreement.citations.all() for fact in citation.supports}
        for name in DATED_FIELDS:
            if getattr(agreement, name) and name not in named:
                yield Entry("uncited", agreement.ref, name, "no citation names this date")
        for clause in agreement.obligations.all():
            if clause.source is None:
                yield Entry("uncited", clause.ref, "source", "has no source")


def clause_sources_elsewhere(records: Records) -> Iterator[Entry]:
    """Clauses whose source is not among the citations of their agreement."""
    for agreement in records.agreements:
        cited = {citation.source_id for citation in agreement.citations.all()}
        for clause in agreement.obligations.all():
            if clause.source and clause.source_id not in cited:
                words = f"{clause.source.ref} is not cited for the agreement"
                yield Entry("cited for a clause only", clause.ref, "source", words)


def recalled(records: Records) -> Iterator[Entry]:
    """Uses of a source that was not re-read, and article numbers that were not seen."""
    both: list[Agreement | Event] = [*records.agreements, *records.events]
    for record in both:
        for citation in record.citations.all():
            if citation.source.seen == Seen.RECALL:
                words = f"{citation.source.ref} was not re-read"
                yield Entry("recalled", citation.ref, "source", words)
    for agreement in records.agreements:
        for clause in agreement.obligations.all():
            if not clause.article_seen:
                yield Entry("recalled", clause.ref, "article", "its number was not seen")


def missing(records: Records) -> Iterator[Entry]:
    """Blanks that research might fill."""
    for agreement in records.agreements:
        for name, is_blank, words in (
            ("signed", not agreement.signed, "not known"),
            ("in_force", not agreement.in_force, "not established"),
            ("status", agreement.status == StoredStatus.UNKNOWN, "not established"),
            ("provisions", not agreement.obligations.all(), "no clause is recorded"),
            (
                "text_disclosure",
                agreement.text_disclosure == Disclosure.UNDISCLOSED,
                "the text is not public",
            ),
            ("participations", not agreement.participations_known, "not established"),
        ):
            if is_blank:
                yield Entry("missing", agreement.ref, name, words)


def loose_links(records: Records) -> Iterator[Entry]:
    """Events linked to agreements that could not have been a promise to the state in need."""
    for event in records.events:
        for link in event.agreement_links.all():
            agreement = link.agreement
            parties = {stay.state for stay in agreement.participations.all()}
            if event.state not in parties:
                words = f"{event.state.ref} takes no part in {agreement.ref}"
                yield Entry("related only", event.ref, "agreements", words)
            elif agreement.signed and event.date.surely_before(agreement.signed):
                words = f"{agreement.ref} was signed only later"
                yield Entry("related only", event.ref, "agreements", words)


def low_confidence(records: Records) -> Iterator[Entry]:
    """What we are least sure of."""
    both: list[Agreement | Event] = [*records.agreements, *records.events]
    for record in both:
        if record.confidence == Confidence.LOW:
            yield Entry("low confidence", record.ref, "confidence", "rests on little")
    for agreement in records.agreements:
        for clause in agreement.obligations.all():
            if clause.confidence == Confidence.LOW:
                yield Entry("low confidence", clause.ref, "confidence", "rests on little")


CHECKS: tuple[Callable[[Records], Iterator[Entry]], ...] = (
    contradictions,
    not_equal_to_the_rules,
    not_found_by_search,
    uncited,
    clause_sources_elsewhere,
    recalled,
    missing,
    loose_links,
)
WORK: tuple[Callable[[Records], Iterator[Entry]], ...] = (
    contradictions,
    uncited,
    recalled,
    missing,
    low_confidence,
)
