"""Room 3: the columns of commitments: one clause read in one direction, as it stands on a day."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alliances.columns import pieces
from alliances.columns.column import Stored, StoredTable
from alliances.columns.declared import of
from alliances.models import Agreement, CommitmentSpan, Obligation, State
from alliances.vocabulary import ValueKind

AGREEMENT = "commitment__agreement__"
CLAUSE = "commitment__obligation__"
LEVEL = "commitment__level__"
PROMISOR = "commitment__promisor__"
PARTNER = "commitment__partner__"


def _key(clause: str | None, agreement: str, promisor: str, partner: str) -> str:
    return f"{clause or agreement}:{promisor}-{partner}"


COMMITMENTS = StoredTable(
    name="commitments",
    title=_("Commitments"),
    meaning=_("One clause read in one direction, as it stands on the day."),
    columns=(
        Stored(
            name="id",
            label=_("Permanent id"),
            meaning=_("The clause (or the agreement, where no clause is recorded), who to whom."),
            paths=(f"{CLAUSE}ref", f"{AGREEMENT}ref", f"{PROMISOR}ref", f"{PARTNER}ref"),
            read=_key,
        ),
        *pieces.state("promisor", _("Promised by"), _("The state that promises."), PROMISOR),
        *pieces.state("partner", _("Promised to"), _("The state it is promised to."), PARTNER),
        of(
            State,
            "region",
            at=PARTNER,
            label=_("Region of the partner"),
            meaning=pieces.GEOSCHEME,
        ),
        *pieces.level(LEVEL),
        *pieces.agreement(AGREEMENT),
        of(Agreement, "kind", at=AGREEMENT, meaning=_("What sort of instrument it is.")),
        of(Agreement, "force", at=AGREEMENT),
        of(Agreement, "text_disclosure", at=AGREEMENT),
        of(
            Obligation,
            "ref",
            name="clause",
            at=CLAUSE,
            label=_("Clause"),
            meaning=_("The clause's permanent id. Nothing: no clause is recorded."),
        ),
        *pieces.clause(CLAUSE, AGREEMENT, LEVEL),
        *pieces.standing(
            CommitmentSpan,
            _("How the promise stands on the day, by one rule for all."),
            _("Whether the agreement or a participation is suspended on the day."),
        ),
        of(
            CommitmentSpan,
            "suspended_since",
            label=_("Suspended since"),
            meaning=_("As precisely as the sources say. Nothing: not suspended, or not known."),
        ),
        Stored(
            name="tested",
            label=_("Tested"),
            meaning=_("Whether a recorded event ever put the promise to the test."),
            kind=ValueKind.YES_NO,
            paths=("tested",),
        ),
        of(Agreement, "signed", at=AGREEMENT),
        of(Agreement, "in_force", at=AGREEMENT),
        of(Agreement, "ended", at=AGREEMENT),
        pieces.page((f"{AGREEMENT}ref", f"{CLAUSE}ref"), pieces.clause_address),
    ),
)
