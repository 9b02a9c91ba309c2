"""Promises tested, and the article checked."""

from __future__ import annotations

from alliances.dossier.keys import (
    Code,
    Date,
    Flag,
    Key,
    Number,
)
from alliances.dossier.schema.agreements import citation
from alliances.dossier.schema.noun import ID, Noun
from alliances.dossier.ties import Group, Links, Nested, Reference
from alliances.models import (
    Agreement,
    Article,
    Claim,
    Event,
    ObligationLevel,
    Omission,
    Source,
    State,
)
from alliances.vocabulary import (
    ClaimCategory,
    Confidence,
    Request,
    Response,
    Verdict,
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
        Nested("citations", noun=citation("event")),
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
