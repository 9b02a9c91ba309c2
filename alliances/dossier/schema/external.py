"""What others code for the same agreements."""

from __future__ import annotations

from alliances.dossier.keys import (
    Code,
    Date,
    Foreign,
    Key,
    Texts,
)
from alliances.dossier.schema.noun import ID, Noun
from alliances.dossier.ties import Reference
from alliances.models import (
    Agreement,
    DataSet,
    Difference,
    ExternalCoding,
    MemberSpell,
    Participation,
    State,
)
from alliances.vocabulary import (
    DifferenceKind,
    Match,
)

DATA_SET = Noun(
    DataSet,
    file="data_sets.yaml",
    about="Published data sets whose codings stand beside ours. Not our data.",
    keys=(
        ID,
        Key("title", required=True),
        Key("citation", required=True),
        Key("citation_note"),
        Key("unit", required=True),
        Key("coverage", required=True),
        Key("note"),
        Key("url"),
    ),
)

CODING = Noun(
    ExternalCoding,
    file="external_codings.yaml",
    about="What others code for the same agreements. Not our data: each value is its data set's.",
    fetch=("agreement", "dataset"),
    keys=(
        ID,
        Reference("agreement", required=True, model=Agreement),
        Reference("dataset", required=True, model=DataSet),
        Key("external_id", required=True),
        Key("phase"),
        Date("begin"),
        Date("end"),
        Texts("types"),
        Foreign("facts"),
        Foreign("codes_label_not_verified"),
        Code("match", required=True, vocabulary=Match),
        Key("note"),
    ),
)

MEMBER_SPELL = Noun(
    MemberSpell,
    file="member_spells.yaml",
    about="Members' entry and exit as others code them, each beside our participation.",
    fetch=("agreement", "dataset", "state", "participation"),
    keys=(
        ID,
        Reference("agreement", required=True, model=Agreement),
        Reference("dataset", required=True, model=DataSet),
        Key("external_id", required=True),
        Reference("state", required=True, model=State),
        Date("entry"),
        Date("exit"),
        Reference("participation", model=Participation),
    ),
)

DIFFERENCE = Noun(
    Difference,
    file="differences.yaml",
    about="Where others and this reference differ, and why.",
    fetch=("agreement", "dataset"),
    keys=(
        ID,
        Reference("agreement", required=True, model=Agreement),
        Reference("dataset", required=True, model=DataSet),
        Key("field", required=True),
        Foreign("ours", empty=type(None)),
        Foreign("theirs", empty=type(None)),
        Key("theirs_codes"),
        Code("kind", required=True, vocabulary=DifferenceKind),
        Key("comment", required=True),
    ),
)
