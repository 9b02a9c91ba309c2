"""Room 2: under which record readers know each stored row, and what names rows and records."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.db.models import F, Model, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Concat, NullIf

from alliances.models import (
    Agreement,
    Article,
    Citation,
    Claim,
    Coverage,
    DataSet,
    Difference,
    Event,
    EventAgreement,
    Evidence,
    ExternalCoding,
    MemberSpell,
    Obligation,
    ObligationLevel,
    ObligationSide,
    Omission,
    Participation,
    Source,
    State,
)

LOAD = "load"


def kind_of(model: type[Model]) -> str:
    """A model's name, as versions are told apart by it."""
    return str(model._meta.model_name)


@cache
def stored(model: Any) -> Any:
    """All versions of a model's rows."""
    return model.history.model.objects


def _of(model: Any, key: str, owner: str) -> Subquery:
    """The owner of the row that a version names: as the named row last had it."""
    latest = stored(model).filter(id=OuterRef(key)).order_by("-history_id")
    return Subquery(latest.values(owner)[:1])


class Part(NamedTuple):
    """Rows that belong to records of `owner`; `key` gives the record's primary key."""

    model: Any
    owner: type[Model]
    key: Any  # an expression in SQL, on the versions


# What has a page, or a place on one, of its own.
OWNERS: tuple[type[Model], ...] = (
    Agreement,
    State,
    Event,
    Claim,
    Source,
    Coverage,
    ObligationLevel,
    DataSet,
)
WITH_PAGE = {"agreement": Agreement, "state": State, "event": Event, "claim": Claim}
WITH_PAGE |= {"source": Source}
PARTS = (
    *(Part(model, model, F("id")) for model in OWNERS),
    Part(Participation, Agreement, F("agreement_id")),
    Part(Obligation, Agreement, F("agreement_id")),
    Part(ObligationSide, Agreement, _of(Obligation, "obligation_id", "agreement_id")),
    Part(Citation, Agreement, F("agreement_id")),
    Part(Citation, Event, F("event_id")),
    Part(EventAgreement, Event, F("event_id")),
    Part(ExternalCoding, Agreement, F("agreement_id")),
    Part(MemberSpell, Agreement, F("agreement_id")),
    Part(Difference, Agreement, F("agreement_id")),
    Part(Evidence, Claim, F("claim_id")),
    Part(Evidence, State, _of(Omission, "omission_id", "state_id")),
    Part(Omission, State, F("state_id")),
    Part(Article, Source, F("source_id")),
)
MODELS = {part.model._meta.model_name: part.model for part in PARTS}
# In SQL, on the versions: what a record is called where another record names it.
NAMES: dict[Any, Any] = {
    Agreement: "short_title",
    State: "name",
    Event: "title",
    Claim: "claim",
    Source: "title",
    Coverage: Concat(
        _of(State, "promisor_id", "name"), Value(" – "), _of(State, "partner_id", "name")
    ),
    ObligationLevel: "label",
    DataSet: "title",
    Obligation: Coalesce(NullIf("article", Value("")), "ref"),
    Participation: "ref",
    Article: "ref",
    Omission: "what",
}

# The columns that name a row beside the record that it belongs to; none where it is that record.
NAMED_BY: dict[type[Model], tuple[str, ...]] = {
    Participation: ("state",),
    Obligation: ("article", "level"),
    ObligationSide: ("obligation", "state", "role"),
    Citation: ("source",),
    EventAgreement: ("agreement",),
    Evidence: ("agreement", "event", "source"),
    ExternalCoding: ("dataset", "external_id"),
    MemberSpell: ("dataset", "state"),
    Difference: ("dataset", "field"),
    Omission: ("what",),
    Article: ("section",),
    Coverage: ("promisor", "partner"),
}
# Records that stand in the files under an id of their own; the others are written inside them.
RECORDS = {
    kind_of(model)
    for model in (Agreement, Article, Claim, Coverage, DataSet, Difference, Event, ExternalCoding)
} | {kind_of(model) for model in (MemberSpell, ObligationLevel, Omission, Source, State)}
