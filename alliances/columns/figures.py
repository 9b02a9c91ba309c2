"""Room 3: the columns of the figures whose rows are not a table's: the matrix and the timeline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alliances.columns.column import Computed, ComputedTable, Plain
from alliances.columns.partners import RANKS, rung, shown_promise, the_partner, unranked
from alliances.vocabulary import DayStatus, ValueKind


def _best_pledge(row: Any, rank: int) -> Any:
    best = row.cells[rank - 1].best
    return best.pledge if best else None


def _rung(rank: int) -> tuple[Computed, Computed]:
    return (
        rung(rank, _best_pledge),
        Computed(
            name=f"rung_{rank}_count",
            label=format_lazy(_("Rung {rank}, how many"), rank=rank),
            meaning=_("How many promises stand or may stand; where none does, how many are gone."),
            kind=ValueKind.NUMBER,
            unit=_("promises"),
            get=lambda row: row.cells[rank - 1].count,
        ),
    )


MATRIX = ComputedTable(
    name="matrix",
    title=_("Matrix"),
    meaning=_("One partner of the state, rung by rung, with the promises that match."),
    key="partner",
    columns=(
        *the_partner(lambda row: row.subject.other),
        *(column for rank in RANKS for column in _rung(rank)),
        unranked(lambda row: len(row.unranked)),
    ),
)


def _recorded(day: date | str | None) -> str | None:
    """As recorded: a partial date is its own text."""
    return str(day) if day else None


def _of_the_bar(read: Callable[[Any], Plain]) -> Callable[[Any], Plain]:
    return lambda row: read(row[1])


STRETCHES = ComputedTable(
    name="timeline",
    title=_("Timeline"),
    meaning=_("One stretch of days on which one promise was a partner's strongest that stood."),
    key="",
    columns=(
        *the_partner(lambda row: row[0].other),
        *shown_promise(lambda row: row[1].stretch.subject),
        Computed(
            name="from",
            label=_("From"),
            meaning=_("As precisely as the sources say. Nothing: no beginning is known."),
            kind=ValueKind.PARTIAL_DATE,
            get=_of_the_bar(lambda bar: _recorded(bar.begins)),
        ),
        Computed(
            name="until",
            label=_("Until"),
            meaning=_("The first day without. Nothing: no end is known."),
            kind=ValueKind.PARTIAL_DATE,
            get=_of_the_bar(lambda bar: _recorded(bar.ends)),
        ),
        Computed(
            name="status",
            label=_("Status"),
            meaning=_("How the promise stood in this stretch."),
            kind=ValueKind.CODE,
            codes=DayStatus,
            get=_of_the_bar(lambda bar: str(bar.stretch.standing.status)),
        ),
        Computed(
            name="suspended",
            label=_("Suspended"),
            meaning=_("Whether the agreement or a participation was suspended in this stretch."),
            kind=ValueKind.YES_NO,
            get=_of_the_bar(lambda bar: bar.stretch.standing.suspended),
        ),
    ),
)
