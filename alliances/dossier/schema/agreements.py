"""Agreements with who takes part, their clauses and citations; and what was researched."""

from __future__ import annotations

from alliances.dossier.keys import (
    Code,
    Codes,
    Date,
    Flag,
    Key,
    Texts,
)
from alliances.dossier.schema.noun import ID, Noun
from alliances.dossier.ties import Links, Nested, Reference
from alliances.models import (
    Agreement,
    Citation,
    Coverage,
    Obligation,
    ObligationLevel,
    Participation,
    Source,
    State,
)
from alliances.vocabulary import (
    AgreementKind,
    AtopType,
    Confidence,
    Disclosure,
    Force,
    ParticipationStatus,
    Role,
    Scope,
    StoredStatus,
    TriggerCode,
)

PARTICIPATION = Noun(
    Participation,
    owner="agreement",
    keys=(
        ID,
        Reference("state", required=True, model=State),
        Flag("stated", default=True),
        Date("joined"),
        Date("left"),
        Date("suspended_from"),
        Date("suspended_until"),
        Date("ratified"),
        Code("status", vocabulary=ParticipationStatus),
        Key("note"),
    ),
)


def _sides(role: Role) -> Links:
    return Links(
        str(role), manager="sides", target="state", model=State, fixed=(("role", str(role)),)
    )


OBLIGATION = Noun(
    Obligation,
    owner="agreement",
    keys=(
        ID,
        Key("article"),
        Flag("article_seen", default=True),
        Reference("level", required=True, model=ObligationLevel),
        Codes("atop_types", vocabulary=AtopType),
        Key("trigger"),
        Code("trigger_code", required=True, vocabulary=TriggerCode),
        Flag("mutual", default=True),
        _sides(Role.OWES),
        _sides(Role.OWED),
        Date("applies_from"),
        Date("applies_until"),
        Key("wording"),
        Reference("source", model=Source),
        Code("confidence", required=True, vocabulary=Confidence),
        Key("note"),
    ),
)


def citation(owner: str) -> Noun:
    """The uses of sources, nested in what they bear on."""
    return Noun(
        Citation,
        owner=owner,
        keys=(
            ID,
            Reference("source", required=True, model=Source),
            Texts("supports"),
            Key("locator"),
        ),
    )


AGREEMENT = Noun(
    Agreement,
    file="agreements.yaml",
    about="Agreements with who takes part, their clauses (provisions) and their citations.",
    fetch=("made_by", "succeeded_by"),
    fetch_many=(
        "participations__state",
        "obligations__level",
        "obligations__source",
        "obligations__sides__state",
        "citations__source",
    ),
    keys=(
        ID,
        Key("title", required=True),
        Key("short_title", required=True),
        Key("native_title"),
        Code("kind", required=True, vocabulary=AgreementKind),
        Code("force", required=True, vocabulary=Force),
        Reference("made_by", model=State),
        Reference("succeeded_by", model=Agreement),
        Date("signed"),
        Key("signed_at"),
        Date("in_force"),
        Date("ended"),
        Key("end_reason"),
        Code("status", required=True, vocabulary=StoredStatus),
        Key("term"),
        Key("registration"),
        Code("text_disclosure", required=True, vocabulary=Disclosure),
        Flag("participations_known", default=True),
        Key("summary"),
        Nested("participations", required=True, noun=PARTICIPATION),
        Nested("provisions", to="obligations", noun=OBLIGATION),
        Nested("citations", noun=citation("agreement")),
        Code("confidence", required=True, vocabulary=Confidence),
        Key("notes"),
    ),
)

COVERAGE = Noun(
    Coverage,
    file="coverage.yaml",
    about="Pairs whose agreements were looked for, and up to when. No other was researched.",
    fetch=("promisor", "partner"),
    keys=(
        ID,
        Reference("promisor", required=True, model=State),
        Reference("partner", required=True, model=State),
        Date("researched_to", required=True),
        Code("scope", required=True, vocabulary=Scope),
        Flag("named_in_article"),
    ),
)
