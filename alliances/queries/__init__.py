"""Room 2: questions that cross models. They take the day; they know no request and no HTML."""

from alliances.queries.agreements import agreement_page, agreements_on, listed, rungs_on
from alliances.queries.articles import (
    Article,
    articles_by_state,
    omissions_with_evidence,
    verdict_counts,
)
from alliances.queries.pairs import Between, between
from alliances.queries.relations import (
    Relation,
    Rung,
    as_pledge,
    ever_partners_of,
    grouped_by_level,
    in_order,
    ladder,
    military_help_owed_to,
    partners_of,
    pledge_ref,
    pledges_between,
    promisors_to,
    strongest_first,
)
from alliances.queries.tests_of_promises import TestedEvent, events_with_tests, tests_by_event

__all__ = [
    "Article",
    "Between",
    "Relation",
    "Rung",
    "TestedEvent",
    "agreement_page",
    "agreements_on",
    "articles_by_state",
    "as_pledge",
    "between",
    "events_with_tests",
    "ever_partners_of",
    "grouped_by_level",
    "in_order",
    "ladder",
    "listed",
    "military_help_owed_to",
    "omissions_with_evidence",
    "partners_of",
    "pledge_ref",
    "pledges_between",
    "promisors_to",
    "rungs_on",
    "strongest_first",
    "tests_by_event",
    "verdict_counts",
]
