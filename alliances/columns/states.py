"""Room 3: the columns of states, of the scale and of what was researched."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alliances.columns import pieces
from alliances.columns.column import Computed, ComputedTable, Stored, StoredTable, Words
from alliances.columns.declared import of
from alliances.models import Coverage, State
from alliances.vocabulary import Level, ValueKind

STATES = StoredTable(
    name="states",
    title=_("States"),
    meaning=_("One state, also one that is gone."),
    columns=(
        of(
            State,
            "ref",
            name="id",
            label=_("Permanent id"),
            meaning=_("The state's code."),
            unit=pieces.ISO,
        ),
        of(State, "name", meaning=_("Its usual English name.")),
        of(State, "official_name", meaning=_("Its official English name.")),
        of(State, "native_name"),
        of(State, "name_ru", meaning=_("Its usual Russian name.")),
        of(State, "other_names", meaning=_("Other names it is known by.")),
        of(State, "alpha2", unit=_("ISO 3166-1 alpha-2")),
        of(State, "m49", unit=_("United Nations M49")),
        of(State, "cow", unit=_("Correlates of War state number")),
        of(State, "region", meaning=pieces.GEOSCHEME),
        of(State, "subregion", meaning=pieces.GEOSCHEME),
        of(State, "exists_from"),
        of(State, "exists_until"),
        Stored(
            name="continued_by",
            label=_("Continued by"),
            meaning=_("The state that continues its legal personality. Nothing: none."),
            unit=pieces.ISO,
            paths=("continued_by__ref",),
        ),
        pieces.page(("slug",), "/states/{}/".format),
    ),
)


def _of_the_level(name: str, label: Words, meaning: Words) -> Computed:
    return Computed(
        name=name, label=label, meaning=meaning, get=lambda row: getattr(row.level, name) or None
    )


def _how_many(name: str, label: Words, meaning: Words) -> Computed:
    return Computed(
        name=name,
        label=label,
        meaning=meaning,
        kind=ValueKind.NUMBER,
        get=lambda row: getattr(row, name),
    )


SCALE = ComputedTable(
    name="scale",
    title=_("The scale"),
    meaning=_("One rung of the scale, strongest first; last the levels without a rank."),
    columns=(
        Computed(
            name="id",
            label=_("Permanent id"),
            meaning=_("The level's code."),
            kind=ValueKind.CODE,
            codes=Level,
            get=lambda row: row.level.ref,
        ),
        Computed(
            name="rank",
            label=_("Rank"),
            meaning=pieces.RANK,
            kind=ValueKind.NUMBER,
            unit=pieces.RUNGS,
            get=lambda row: row.level.rank,
        ),
        _of_the_level("label", _("Label"), _("Its name.")),
        _of_the_level("definition", _("Definition"), _("What it means.")),
        _of_the_level("requirement", _("Requirement"), _("What a text must say to stand on it.")),
        _of_the_level("atop_mapping", _("ATOP mapping"), _("Which ATOP types answer to it.")),
        _of_the_level("other_codings", _("Others"), _("How other data sets would code it.")),
        _of_the_level(
            "contested", _("Dispute"), _("Why its place is disputed. Nothing: it is not.")
        ),
        _how_many("clauses", _("Clauses"), _("How many recorded clauses promise it.")),
        _how_many("agreements", _("Agreements"), _("In how many agreements they stand.")),
        _how_many(
            "without_clause",
            _("Agreements as a whole"),
            _("How many agreements without a recorded clause stand on it."),
        ),
    ),
)

COVERAGE = StoredTable(
    name="coverage",
    title=_("What was researched"),
    meaning=_("Two states whose agreements were looked for, and how far."),
    columns=(
        pieces.permanent_id(Coverage, _("Names the row for good.")),
        *pieces.state("promisor", _("One state"), _("The state whose promises were looked for.")),
        *pieces.state("partner", _("The other state"), _("The state to which they are made.")),
        of(Coverage, "researched_to"),
        of(Coverage, "scope", meaning=_("What was looked for.")),
        of(Coverage, "named_in_article"),
    ),
)
