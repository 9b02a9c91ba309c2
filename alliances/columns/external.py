"""Room 3: the columns of what other data sets code; not ours, and marked as such."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alliances.columns import pieces
from alliances.columns.column import Stored, StoredTable
from alliances.columns.declared import of
from alliances.models import DataSet, Difference, ExternalCoding, MemberSpell

DATASET = Stored(
    name="dataset",
    label=_("Data set"),
    meaning=_("The data set's permanent id."),
    paths=("dataset__ref",),
)
THEIR_ID = _("The alliance's id in that data set.")
THEIR_DATE = _("As that data set has it.")
FOR_GOOD = _("Names the row for good.")

DATASETS = StoredTable(
    name="datasets",
    title=_("Other data sets"),
    meaning=_("One data set whose codings stand beside ours."),
    ours=False,
    columns=(
        pieces.permanent_id(DataSet, FOR_GOOD),
        of(DataSet, "title", meaning=_("As its authors call it.")),
        of(DataSet, "citation", meaning=_("As its authors ask to be cited.")),
        of(DataSet, "citation_note", meaning=_("Caveats on the citation.")),
        of(DataSet, "unit", label=_("Unit of analysis"), meaning=_("What one of its rows is.")),
        of(DataSet, "coverage", meaning=_("Which years it covers.")),
        of(DataSet, "note", meaning=_("Caveats.")),
        of(DataSet, "url", meaning=_("Where it is published.")),
    ),
)

CODINGS = StoredTable(
    name="codings",
    title=_("What others code"),
    meaning=_("One agreement as another data set codes it."),
    ours=False,
    columns=(
        pieces.permanent_id(ExternalCoding, FOR_GOOD),
        *pieces.agreement(),
        DATASET,
        of(ExternalCoding, "external_id", meaning=THEIR_ID),
        of(
            ExternalCoding, "phase", meaning=_("Which phase of the alliance, where it has several.")
        ),
        of(ExternalCoding, "begin", meaning=THEIR_DATE),
        of(ExternalCoding, "end", meaning=THEIR_DATE),
        of(ExternalCoding, "types", meaning=_("The kinds of obligation that it codes.")),
        of(ExternalCoding, "facts", meaning=_("Its further values, by its own names.")),
        of(
            ExternalCoding,
            "codes_label_not_verified",
            meaning=_("Values whose meaning we did not verify in its codebook."),
        ),
        of(ExternalCoding, "match", meaning=_("How surely it is the same agreement.")),
        of(ExternalCoding, "note", meaning=_("Caveats.")),
    ),
)

SPELLS = StoredTable(
    name="member_spells",
    title=_("Memberships as others code them"),
    meaning=_("One stretch of a state's membership as another data set codes it."),
    ours=False,
    columns=(
        pieces.permanent_id(MemberSpell, FOR_GOOD),
        *pieces.agreement(),
        DATASET,
        of(MemberSpell, "external_id", meaning=THEIR_ID),
        *pieces.state("state", _("State"), _("The member.")),
        of(MemberSpell, "entry", meaning=THEIR_DATE),
        of(MemberSpell, "exit", meaning=THEIR_DATE),
        Stored(
            name="participation",
            label=_("Our participation"),
            meaning=_("The row of ours that it answers to. Nothing: we have none."),
            paths=("participation__ref",),
        ),
    ),
)

DIFFERENCES = StoredTable(
    name="differences",
    title=_("Where others differ"),
    meaning=_("One value in which another data set differs from this reference."),
    ours=False,
    columns=(
        pieces.permanent_id(Difference, FOR_GOOD),
        *pieces.agreement(),
        DATASET,
        of(Difference, "field", meaning=_("What they differ on.")),
        of(Difference, "ours", meaning=_("Our value.")),
        of(Difference, "theirs", meaning=_("Theirs.")),
        of(Difference, "theirs_codes", meaning=_("Their value in their own codes.")),
        of(Difference, "kind", meaning=_("What sort of difference it is.")),
        of(Difference, "comment", meaning=_("Why they differ, in our words.")),
    ),
)
