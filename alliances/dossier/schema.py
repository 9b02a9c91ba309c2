"""Every noun of the dossier with its file, its model and its keys in their fixed order.

The one list that reader, loader and exporter share; a key without a home here is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from alliances.dossier.keys import (
    Code,
    Codes,
    Date,
    Flag,
    Foreign,
    Key,
    Number,
    Optional,
    Texts,
)
from alliances.dossier.ties import Group, Links, Nested, Reference
from alliances.models import (
    Agreement,
    Article,
    Citation,
    Claim,
    Coverage,
    DataSet,
    Difference,
    Event,
    ExternalCoding,
    MemberSpell,
    Obligation,
    ObligationLevel,
    Omission,
    Participation,
    Source,
    State,
)
from alliances.vocabulary import (
    AgreementKind,
    AtopType,
    ClaimCategory,
    Confidence,
    DifferenceKind,
    Disclosure,
    Force,
    Match,
    ParticipationStatus,
    Region,
    Request,
    Response,
    Role,
    Scope,
    Seen,
    SourceKind,
    StoredStatus,
    TriggerCode,
    Verdict,
)


@dataclass(frozen=True)
class Noun:
    """One kind of record. `file` is empty for records nested in another's."""

    model: Any
    keys: tuple[Key, ...]
    file: str = ""
    about: str = ""
    owner: str = ""
    fetch: tuple[str, ...] = ()
    fetch_many: tuple[str, ...] = ()
    by_name: dict[str, Key] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {key.name: key for key in self.keys})

    @property
    def name(self) -> str:
        """The noun in words, for messages and `LoadedRecord`."""
        return str(self.model._meta.model_name)

    def all(self) -> QuerySet[Any]:
        """Every record, with all that its form needs, in a constant number of queries."""
        rows = self.model._default_manager.select_related(*self.fetch)
        return rows.prefetch_related(*self.fetch_many)


ID = Key("id", required=True, to="ref")

STATE = Noun(
    State,
    file="states.yaml",
    about="States, present and past. COW: state list v2016. Regions: UN M49.",
    fetch=("continued_by",),
    keys=(
        ID,
        Optional("alpha2"),
        Optional("m49"),
        Number("cow"),
        Key("name", required=True),
        Key("slug", required=True),
        Key("official_name", required=True),
        Key("native_name"),
        Key("name_ru"),
        Texts("other_names"),
        Code("region", required=True, vocabulary=Region),
        Key("subregion", required=True),
        Date("exists_from"),
        Date("exists_until"),
        Reference("continued_by", model=State),
    ),
)

LEVEL = Noun(
    ObligationLevel,
    file="obligation_levels.yaml",
    about="The scale of promised support; rank 1 is the strongest, and some levels have no rank.",
    keys=(
        ID,
        Number("rank"),
        Key("label", required=True),
        Key("definition", required=True),
        Key("requirement"),
        Key("atop_mapping"),
        Key("other_codings"),
        Key("contested"),
    ),
)

SOURCE = Noun(
    Source,
    file="sources.yaml",
    about="The works that facts rest on. A title in [brackets] is our description.",
    keys=(
        ID,
        Key("title", required=True),
        Key("publisher"),
        Key("url"),
        Key("archived_url"),
        Date("published"),
        Code("kind", required=True, vocabulary=SourceKind),
        Key("language", required=True),
        Code("seen", required=True, vocabulary=Seen),
        Key("note"),
    ),
)

ARTICLE = Noun(
    Article,
    file="articles.yaml",
    about="The articles that are checked. published_bounds is an inference, never shown as a date.",
    fetch=("source",),
    keys=(
        ID,
        Reference("source", required=True, model=Source),
        Key("section"),
        Key("author"),
        Group("published_bounds", keys=(Date("not_before"), Date("not_after"))),
        Key("file"),
        Key("notes"),
    ),
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


def _citation(owner: str) -> Noun:
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
        Nested("citations", noun=_citation("agreement")),
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

EVENT = Noun(
    Event,
    file="events.yaml",
    about="Days when a promise was tested: what was asked, what was done.",
    fetch=("state",),
    fetch_many=("agreement_links__agreement", "citations__source"),
    keys=(
        ID,
        Date("date", required=True),
        Date("ended"),
        Reference("state", required=True, model=State),
        Key("title", required=True),
        Links("agreements", manager="agreement_links", target="agreement", model=Agreement),
        Key("threat"),
        Code("request", required=True, vocabulary=Request),
        Code("response", required=True, vocabulary=Response),
        Key("summary"),
        Nested("citations", noun=_citation("event")),
        Code("confidence", required=True, vocabulary=Confidence),
        Key("notes"),
    ),
)

EVIDENCE = Group(
    "evidence",
    keys=(
        Links("agreements", manager="evidence", target="agreement", model=Agreement),
        Links("events", manager="evidence", target="event", model=Event),
        Links("sources", manager="evidence", target="source", model=Source),
    ),
)
EVIDENCE_ROWS = ("evidence__agreement", "evidence__event", "evidence__source")

CLAIM = Noun(
    Claim,
    file="claims.yaml",
    about="The article's sentences, one per state they bear on, checked against the record.",
    fetch=("article", "state", "level"),
    fetch_many=EVIDENCE_ROWS,
    keys=(
        ID,
        Reference("article", required=True, model=Article),
        Number("n", required=True, to="number"),
        Reference("state", required=True, model=State),
        Key("quote"),
        Flag("quote_cut"),
        Key("claim", required=True),
        Code("category", required=True, vocabulary=ClaimCategory),
        Key("stated_support"),
        Reference("level", model=ObligationLevel),
        Key("prospect"),
        Code("verdict", vocabulary=Verdict),
        Key("reasons"),
        EVIDENCE,
        Code("verdict_confidence", vocabulary=Confidence),
        Key("notes"),
    ),
)

OMISSION = Noun(
    Omission,
    file="omissions.yaml",
    about="What the article leaves out.",
    fetch=("article", "state"),
    fetch_many=EVIDENCE_ROWS,
    keys=(
        ID,
        Reference("article", required=True, model=Article),
        Reference("state", required=True, model=State),
        Key("what", required=True),
        Key("reasons", required=True),
        EVIDENCE,
    ),
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

# In the order in which they can be loaded: what is named comes before what names it.
NOUNS = (
    STATE,
    LEVEL,
    SOURCE,
    ARTICLE,
    AGREEMENT,
    COVERAGE,
    EVENT,
    CLAIM,
    OMISSION,
    DATA_SET,
    CODING,
    MEMBER_SPELL,
    DIFFERENCE,
)
NOUN_BY_NAME = {noun.name: noun for noun in NOUNS}
