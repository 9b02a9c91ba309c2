"""Room 2: questions that cross models. They take the day; they know no request and no HTML."""

from alliances.queries.agreement import (
    AgreementPage,
    agreement_page,
    agreements_with_page,
    clauses_on,
)
from alliances.queries.agreements import listed, rungs_on
from alliances.queries.articles import (
    Article,
    Passage,
    articles_by_state,
    claim_codes,
    omissions_with_evidence,
    passages,
    verdict_counts,
)
from alliances.queries.changes import KINDS, changes, changes_among, changes_of
from alliances.queries.compare import ComparedCell, ComparedRung, Comparison, compared
from alliances.queries.entries import Entry
from alliances.queries.lines import Line, lines
from alliances.queries.ordering import as_listed
from alliances.queries.over_time import (
    History,
    Occasion,
    agreement_histories,
    history,
    party_histories,
    tests_of,
)
from alliances.queries.pairs import Between, PairClause, between
from alliances.queries.pledges import (
    between_two,
    clauses_standing_on,
    made_to,
    pledges_on,
    to_and_by,
)
from alliances.queries.practice import (
    Tally,
    asked_and_done,
    expectations,
    promises_put_to_the_test,
)
from alliances.queries.records import Codings, Tested
from alliances.queries.relations import (
    SIDES,
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
    strongest_first,
)
from alliances.queries.scale import LevelUse, scale
from alliances.queries.state import Checked, StatePage, state_page
from alliances.queries.tests_of_promises import (
    TESTED_ANY,
    TestedEvent,
    event_codes,
    events_with_tests,
    promises_tested,
)
from alliances.queries.versions import Named, called, entry_keys

__all__ = [
    "KINDS",
    "SIDES",
    "TESTED_ANY",
    "AgreementPage",
    "Article",
    "Between",
    "Checked",
    "Codings",
    "ComparedCell",
    "ComparedRung",
    "Comparison",
    "Entry",
    "History",
    "LevelUse",
    "Line",
    "Named",
    "Occasion",
    "PairClause",
    "Passage",
    "Relation",
    "Rung",
    "StatePage",
    "Tally",
    "Tested",
    "TestedEvent",
    "agreement_histories",
    "agreement_page",
    "agreements_with_page",
    "articles_by_state",
    "as_listed",
    "as_pledge",
    "asked_and_done",
    "between",
    "between_two",
    "called",
    "changes",
    "changes_among",
    "changes_of",
    "claim_codes",
    "clauses_on",
    "clauses_standing_on",
    "compared",
    "entry_keys",
    "event_codes",
    "events_with_tests",
    "ever_partners_of",
    "expectations",
    "grouped_by_level",
    "history",
    "in_order",
    "ladder",
    "lines",
    "listed",
    "made_to",
    "military_help_owed_to",
    "omissions_with_evidence",
    "partners_of",
    "party_histories",
    "passages",
    "pledge_ref",
    "pledges_on",
    "promises_put_to_the_test",
    "promises_tested",
    "rungs_on",
    "scale",
    "state_page",
    "strongest_first",
    "tests_of",
    "to_and_by",
    "verdict_counts",
]
