"""Room 3: the tables of a release, with all their rows as of its day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q

from alliances import columns, queries
from alliances.columns import PlainRow, Table
from alliances.models import (
    AgreementSpan,
    Article,
    Citation,
    Claim,
    Coverage,
    DataSet,
    Difference,
    Event,
    ExternalCoding,
    MemberSpell,
    Omission,
    Participation,
    Source,
    State,
)


def _by_id(model: Any) -> Callable[[date], Any]:
    return lambda _day: model.objects.order_by("ref")


SOURCES_OF_ROWS: dict[Table, Callable[[date], Any]] = {
    columns.STATES: _by_id(State),
    columns.AGREEMENTS: lambda day: AgreementSpan.objects.on(day).order_by("agreement__ref"),
    columns.PARTICIPATIONS: _by_id(Participation),
    columns.OBLIGATIONS: lambda day: queries.clauses_standing_on(day).order_by("ref"),
    columns.COMMITMENTS: lambda day: queries.pledges_on(day, Q()),
    columns.EVENTS: _by_id(Event),
    columns.CLAIMS: _by_id(Claim),
    columns.OMISSIONS: _by_id(Omission),
    columns.ARTICLES: _by_id(Article),
    columns.SOURCES: _by_id(Source),
    columns.CITATIONS: _by_id(Citation),
    columns.SCALE: lambda _day: queries.scale(),
    columns.COVERAGE: _by_id(Coverage),
    columns.DATASETS: _by_id(DataSet),
    columns.CODINGS: _by_id(ExternalCoding),
    columns.SPELLS: _by_id(MemberSpell),
    columns.DIFFERENCES: _by_id(Difference),
}


def released_tables(with_quotations: bool) -> list[Table]:
    """The tables, strictly in their order; without quotations only what is ours of them."""
    if with_quotations:
        return list(SOURCES_OF_ROWS)
    ours = (table for table in SOURCES_OF_ROWS if table.ours)
    return [table.only([c.name for c in table.columns if c.ours]) for table in ours]


def rows_of(table: Table, day: date) -> Iterator[PlainRow]:
    """All rows of a released table."""
    source = next(find for known, find in SOURCES_OF_ROWS.items() if known.name == table.name)
    return table.rows(source(day))
