"""Room 2: questions that cross models. They take the day; they know no request and no HTML."""

from alliances.queries.agreement import (
    AgreementPage,
    agreement_page,
    agreements_with_page,
)
from alliances.queries.agreements import agreements_on
from alliances.queries.articles import (
    Article,
    articles_by_state,
    omissions_with_evidence,
    verdict_counts,
)
from alliances.queries.pairs import Between, PairClause, between
from alliances.queries.records import Codings, Tested
from alliances.queries.relations import (
    Relation,
    Rung,
    as_pledge,
    grouped_by_headline,
    ladder,
    military_help_owed_to,
    partners_of,
    pledge_ref,
    strongest_first,
)
from alliances.queries.state import Checked, StatePage, state_page
from alliances.queries.tests_of_promises import TestedEvent, events_with_tests, tests_by_event

__all__ = [
    "AgreementPage",
    "Article",
    "Between",
    "Checked",
    "Codings",
    "PairClause",
    "Relation",
    "Rung",
    "StatePage",
    "Tested",
    "TestedEvent",
    "agreement_page",
    "agreements_on",
    "agreements_with_page",
    "articles_by_state",
    "as_pledge",
    "between",
    "events_with_tests",
    "grouped_by_headline",
    "ladder",
    "military_help_owed_to",
    "omissions_with_evidence",
    "partners_of",
    "pledge_ref",
    "state_page",
    "strongest_first",
    "tests_by_event",
    "verdict_counts",
]
