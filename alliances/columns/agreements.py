"""Room 3: the columns of agreements, of who takes part in them and of their clauses."""

from __future__ import annotations

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from alliances.columns import pieces
from alliances.columns.column import Stored, StoredTable, Words
from alliances.columns.declared import of, several
from alliances.models import (
    Agreement,
    AgreementSpan,
    Obligation,
    ObligationSide,
    Participation,
)
from alliances.vocabulary import AtopType, DayStatus, Role, ValueKind

AGREEMENT = "agreement__"

AGREEMENTS = StoredTable(
    name="agreements",
    title=_("Agreements"),
    meaning=_("One agreement, as it stands on the day."),
    columns=(
        of(
            Agreement,
            "ref",
            name="id",
            at=AGREEMENT,
            label=_("Permanent id"),
            meaning=_("The last part of its page's address."),
        ),
        of(Agreement, "title", at=AGREEMENT, meaning=_("In English.")),
        of(Agreement, "short_title", at=AGREEMENT),
        of(Agreement, "native_title", at=AGREEMENT),
        several(
            "parties",
            Participation.objects.filter(agreement=OuterRef("agreement")),
            "state__ref",
            label=_("States parties"),
            meaning=_("Every state that takes or took part, on whatever day."),
            unit=pieces.ISO,
        ),
        of(Agreement, "kind", at=AGREEMENT, meaning=_("What sort of instrument it is.")),
        of(Agreement, "force", at=AGREEMENT),
        Stored(
            name="made_by",
            label=_("Made by a former state"),
            meaning=_("Nothing: made by its parties themselves."),
            unit=pieces.ISO,
            paths=("agreement__made_by__ref",),
        ),
        Stored(
            name="succeeded_by",
            label=_("Succeeded by"),
            meaning=_("The agreement that took its place; that alone ends nothing."),
            paths=("agreement__succeeded_by__ref",),
        ),
        of(Agreement, "signed", at=AGREEMENT),
        of(Agreement, "signed_at", at=AGREEMENT),
        of(Agreement, "in_force", at=AGREEMENT),
        of(Agreement, "ended", at=AGREEMENT),
        of(Agreement, "end_reason", at=AGREEMENT, meaning=_("In words. Nothing: has not ended.")),
        *pieces.standing(
            AgreementSpan,
            _("How the agreement stands on the day, by one rule for all."),
            _("Whether the agreement is suspended on the day."),
        ),
        of(Agreement, "status", name="recorded_status", at=AGREEMENT),
        several(
            "levels",
            Obligation.objects.filter(agreement=OuterRef("agreement")),
            "level__ref",
            label=_("Levels"),
            meaning=_("What its clauses promise, by their codes on the scale."),
        ),
        of(Agreement, "term", at=AGREEMENT),
        of(Agreement, "registration", at=AGREEMENT),
        of(Agreement, "text_disclosure", at=AGREEMENT),
        of(Agreement, "participations_known", at=AGREEMENT),
        of(Agreement, "summary", at=AGREEMENT, meaning=_("In our words.")),
        of(Agreement, "confidence", at=AGREEMENT, meaning=_("How sure we are of the record.")),
        of(Agreement, "notes", at=AGREEMENT),
        pieces.page(("agreement__ref",), pieces.clause_address),
    ),
)

PARTICIPATIONS = StoredTable(
    name="participations",
    title=_("Participations"),
    meaning=_("One state in one agreement; several rows where it left and came back."),
    columns=(
        pieces.permanent_id(Participation, _("Names the row for good.")),
        *pieces.agreement(),
        *pieces.state("state", _("State party"), _("The state that takes or took part.")),
        of(Participation, "joined"),
        of(Participation, "left"),
        of(Participation, "suspended_from"),
        of(Participation, "suspended_until"),
        of(Participation, "ratified"),
        of(Participation, "status"),
        of(Participation, "stated"),
        of(Participation, "note"),
    ),
)


def _side(name: str, role: Role, label: Words, meaning: Words) -> Stored:
    sides = ObligationSide.objects.filter(obligation=OuterRef("pk"), role=role)
    return several(name, sides, "state__ref", label=label, meaning=meaning, unit=pieces.ISO)


OBLIGATIONS = StoredTable(
    name="obligations",
    title=_("Obligations"),
    meaning=_("One clause of an agreement, whoever owes it to whom."),
    columns=(
        pieces.permanent_id(Obligation, _("The agreement's id and the clause's own.")),
        *pieces.agreement(),
        *pieces.level(),
        Stored(
            name="atop_types",
            label=_("ATOP types"),
            meaning=_("The kinds of obligation by which ATOP would code it."),
            kind=ValueKind.LIST,
            codes=AtopType,
            paths=("atop_types",),
        ),
        _side("owes", Role.OWES, _("Owed by"), _("Nothing: every party owes it (see mutual).")),
        _side("owed", Role.OWED, _("Owed to"), _("Nothing: it is owed to every other party.")),
        *pieces.clause("", AGREEMENT, "level__"),
        Stored(
            name="status",
            label=_("Status on the day"),
            meaning=_("As it stands best between any two parties. Nothing: no two ever met."),
            kind=ValueKind.CODE,
            codes=DayStatus,
            paths=("status",),
        ),
        of(Obligation, "applies_from"),
        of(Obligation, "applies_until"),
        pieces.page(("agreement__ref", "ref"), pieces.clause_address),
    ),
)
