"""Room 3: the columns of the partners' table: one row per partner of one state, on a day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alliances.columns.column import Computed, ComputedTable, Plain
from alliances.columns.pieces import (
    AS_PRECISE,
    GEOSCHEME,
    ISO,
    RANK,
    RUNGS,
    clause_address,
)
from alliances.vocabulary import (
    LAST_RANK,
    ClaimCategory,
    DayStatus,
    Family,
    Level,
    Region,
    ValueKind,
)

Read = Callable[[Any], Any]

RANKS = range(1, LAST_RANK + 1)


def the_partner(find: Read) -> tuple[Computed, ...]:
    """The partner of a row in three columns; `find` takes the row to its state."""
    return (
        Computed(
            name="partner",
            label=_("Partner"),
            meaning=_("The partner's code."),
            unit=ISO,
            get=lambda row: find(row).ref,
        ),
        Computed(
            name="partner_name",
            label=_("Partner, by name"),
            meaning=_("Its usual English name."),
            get=lambda row: find(row).name,
        ),
        Computed(
            name="region",
            label=_("Region"),
            meaning=GEOSCHEME,
            kind=ValueKind.CODE,
            codes=Region,
            get=lambda row: str(find(row).region),
        ),
    )


def shown_promise(find: Read) -> tuple[Computed, ...]:
    """The promise of a row; `find` takes the row to its span, or to None where none stands."""

    def of(read: Callable[[Any], Plain]) -> Callable[[Any], Plain]:
        return lambda row: read(span) if (span := find(row)) else None

    return (*_its_level(of), *_its_text(of))


def _its_level(of: Callable[[Read], Read]) -> tuple[Computed, ...]:
    return (
        Computed(
            name="level",
            label=_("Strongest promise"),
            meaning=_("The strongest level that matches. Nothing: no promise stands."),
            kind=ValueKind.CODE,
            codes=Level,
            get=of(lambda span: span.commitment.level.ref),
        ),
        Computed(
            name="rank",
            label=_("Rank"),
            meaning=RANK,
            kind=ValueKind.NUMBER,
            unit=RUNGS,
            get=of(lambda span: span.commitment.level.rank),
        ),
        Computed(
            name="family",
            label=_("Kind of promise"),
            meaning=_("The group of rungs that the level belongs to."),
            kind=ValueKind.CODE,
            codes=Family,
            get=of(lambda span: str(span.commitment.level.family)),
        ),
        Computed(
            name="as_reported",
            label=_("As reported"),
            meaning=_("Whether the level rests on a report, because the text is not public."),
            kind=ValueKind.YES_NO,
            get=of(lambda span: span.is_reported),
        ),
    )


def _its_text(of: Callable[[Read], Read]) -> tuple[Computed, ...]:
    return (
        Computed(
            name="agreement",
            label=_("Agreement"),
            meaning=_("The permanent id of the agreement that the promise stands in."),
            get=of(lambda span: span.commitment.agreement.ref),
        ),
        Computed(
            name="agreement_title",
            label=_("Agreement, by title"),
            meaning=_("Its short title, with its year."),
            get=of(lambda span: span.commitment.agreement.short_title),
        ),
        Computed(
            name="article",
            label=_("Article"),
            meaning=_("The clause's number. Nothing: not known, or no clause is recorded."),
            get=of(lambda span: (_clause(span).article or None) if _clause(span) else None),
        ),
        Computed(
            name="page",
            label=_("Page"),
            meaning=_("Where the promise stands on this site."),
            kind=ValueKind.ADDRESS,
            get=of(_page),
        ),
    )


def rung(rank: int, find: Callable[[Any, int], Any]) -> Computed:
    """How the best promise on a rung stands; `find` takes the row and the rank to its `status`."""
    return Computed(
        name=f"rung_{rank}",
        label=format_lazy(_("Rung {rank}"), rank=rank),
        meaning=_("How the best promise on this rung stands. Nothing: there is none."),
        kind=ValueKind.CODE,
        codes=DayStatus,
        get=lambda row: _status(find(row, rank)),
    )


def unranked(count: Callable[[Any], int]) -> Computed:
    """How many promises have no rank."""
    return Computed(
        name="unranked",
        label=_("Without a rank"),
        meaning=_("How many promises stand whose text is undisclosed, unread or unspecific."),
        kind=ValueKind.NUMBER,
        unit=_("promises"),
        get=count,
    )


def _clause(span: Any) -> Any:
    return span.commitment.obligation


def _page(span: Any) -> str:
    clause = _clause(span)
    return clause_address(span.commitment.agreement.ref, clause.ref if clause else None)


def _status(span: Any) -> str | None:
    return str(span.status) if span else None


PARTNERS = ComputedTable(
    name="partners",
    title=_("Partners"),
    meaning=_("One partner of the state, with the strongest promise on the day that matches."),
    key="partner",
    columns=(
        *the_partner(lambda row: row.other),
        *shown_promise(lambda row: row.shown),
        Computed(
            name="status",
            label=_("Status on the day"),
            meaning=_("How that promise stands on the day. Nothing: none stands."),
            kind=ValueKind.CODE,
            codes=DayStatus,
            get=lambda row: _status(row.shown),
        ),
        Computed(
            name="status_since",
            label=_("In this status since"),
            meaning=AS_PRECISE,
            kind=ValueKind.PARTIAL_DATE,
            get=lambda row: str(row.shown.since) if row.shown and row.shown.since else None,
        ),
        *(rung(rank, lambda row, rank: row.strip[rank - 1][1]) for rank in RANKS),
        unranked(lambda row: row.unranked),
        Computed(
            name="suspended",
            label=_("Suspended"),
            meaning=_("Whether any promise that stands is suspended."),
            kind=ValueKind.YES_NO,
            get=lambda row: row.suspended is not None,
        ),
        Computed(
            name="article_category",
            label=_("How the article files it"),
            meaning=_("Nothing: the article does not name the partner."),
            kind=ValueKind.CODE,
            codes=ClaimCategory,
            get=lambda row: row.article.category or None,
        ),
        Computed(
            name="article_asserts",
            label=_("Rungs the article asserts"),
            meaning=_("The ranks that the article's sentences claim for the partner."),
            kind=ValueKind.LIST,
            get=lambda row: [str(rank) for rank in sorted(row.article.asserted)],
        ),
        Computed(
            name="researched_to",
            label=_("Researched to"),
            meaning=_("How far the evidence on the two reaches. Nothing: not researched."),
            kind=ValueKind.PARTIAL_DATE,
            get=lambda row: str(row.coverage.researched_to) if row.coverage else None,
        ),
    ),
)
