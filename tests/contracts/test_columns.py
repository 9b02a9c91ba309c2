"""Every published column is described, and its name never changes."""

import re
from itertools import chain

import pytest

from alliances.columns import SEPARATOR, Table
from alliances.columns import TABLES as OF_RECORDS
from alliances.releases import RELEASES
from alliances.vocabulary import ValueKind

TABLES = (*OF_RECORDS, RELEASES)
COLUMNS = [(table, column) for table in TABLES for column in table.columns]

# Published names: one may be added at the end of its table, none may go or change.
PUBLISHED = {
    "states": "id name official_name native_name name_ru other_names alpha2 m49 cow region"
    " subregion exists_from exists_until continued_by page",
    "agreements": "id title short_title native_title parties kind force made_by succeeded_by signed"
    " signed_at in_force ended end_reason status status_reason status_since suspended"
    " recorded_status levels term registration text_disclosure participations_known summary"
    " confidence notes page",
    "participations": "id agreement agreement_title state state_name joined left suspended_from"
    " suspended_until ratified status stated note",
    "obligations": "id agreement agreement_title level level_label rank family atop_types owes owed"
    " article article_seen mutual trigger_code trigger wording note clause_source confidence"
    " cautions status applies_from applies_until page",
    "commitments": "id promisor promisor_name partner partner_name region level level_label rank"
    " family agreement agreement_title kind force text_disclosure clause article article_seen"
    " mutual trigger_code trigger wording note clause_source confidence cautions status"
    " status_reason status_since suspended suspended_since tested signed in_force ended page",
    "partners": "partner partner_name region level rank family as_reported agreement"
    " agreement_title article page status status_since rung_1 rung_2 rung_3 rung_4 rung_5 rung_6"
    " rung_7 rung_8 rung_9 unranked suspended article_category article_asserts researched_to",
    "matrix": "partner partner_name region rung_1 rung_1_count rung_2 rung_2_count rung_3"
    " rung_3_count rung_4 rung_4_count rung_5 rung_5_count rung_6 rung_6_count rung_7 rung_7_count"
    " rung_8 rung_8_count rung_9 rung_9_count unranked",
    "timeline": "partner partner_name region level rank family as_reported agreement"
    " agreement_title article page from until status suspended",
    "events": "id date ended state state_name title threat request response summary agreements"
    " tested sources confidence notes page",
    "claims": "id number state state_name claim quote quote_cut category stated_support level"
    " level_label rank family prospect verdict reasons verdict_confidence evidence_agreements"
    " evidence_events evidence_sources notes page",
    "omissions": "id state state_name what reasons evidence_agreements evidence_events"
    " evidence_sources",
    "articles": "id source section author not_before not_after notes",
    "sources": "id title publisher url archived_url published kind language seen note page",
    "citations": "id source agreement event supports locator",
    "scale": "id rank label definition requirement atop_mapping other_codings contested clauses"
    " agreements without_clause",
    "coverage": "id promisor promisor_name partner partner_name researched_to scope"
    " named_in_article",
    "datasets": "id title citation citation_note unit coverage note url",
    "codings": "id agreement agreement_title dataset external_id phase begin end types facts"
    " codes_label_not_verified match note",
    "member_spells": "id agreement agreement_title dataset external_id state state_name entry exit"
    " participation",
    "differences": "id agreement agreement_title dataset field ours theirs theirs_codes kind"
    " comment",
    "changes": "when kind record record_name change row row_id field old new why who",
    "releases": "version day data_version quotations rows size sha256 file",
}


def test_the_published_names() -> None:
    assert {table.name: " ".join(table.names) for table in TABLES} == PUBLISHED


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_a_table_names_each_column_once_and_says_what_a_row_is(table: Table) -> None:
    assert len({*table.names}) == len(table.names)
    assert table.key in ("", *table.names)
    assert str(table.title)
    assert re.fullmatch(r"[A-Z].*\.", str(table.meaning))


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_its_columns_are_described(table: Table) -> None:
    undescribed = [
        column.name
        for column in table.columns
        if not re.fullmatch(r"[a-z][a-z0-9_]*", column.name)
        or not str(column.label)
        or not re.fullmatch(r".*\.", str(column.meaning), re.DOTALL)
        or not isinstance(column.kind, ValueKind)
    ]
    assert undescribed == []


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_a_code_names_its_list_and_nothing_else_does(table: Table) -> None:
    coded = {c.name for c in table.columns if c.kind == ValueKind.CODE}
    listed = {c.name for c in table.columns if c.code_list and c.kind != ValueKind.LIST}
    assert coded == listed


def test_no_code_contains_what_separates_the_parts_of_a_list() -> None:
    assert not [c for c in chain(*(column.code_list for _t, column in COLUMNS)) if SEPARATOR in c]
