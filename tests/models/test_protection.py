"""What is cited, coded or named is not deleted, whichever record it is that rests on it."""

from typing import Any

import pytest
from django.db.models import ProtectedError

from alliances.models import (
    Agreement,
    Article,
    Citation,
    Claim,
    Coverage,
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

pytestmark = pytest.mark.django_db


def test_what_is_cited_is_not_deleted() -> None:
    for cited in (
        Source.objects.get(ref="csto-treaty-gibler"),
        Agreement.objects.get(ref="csto-collective-security-treaty-1992"),
        Event.objects.get(ref="kaz-2022-01-csto-deployment"),
        State.objects.get(ref="TGO"),
        Article.objects.get(),
        ObligationLevel.objects.get(ref="consultation"),
    ):
        with pytest.raises(ProtectedError):
            cited.delete()


def nothing_else() -> tuple[Source, Agreement]:
    """A source and an agreement that nothing rests on yet."""
    source = Source.objects.create(ref="new", title="New", kind="news", language="en", seen="page")
    agreement = Agreement.objects.create(
        ref="new",
        title="New",
        short_title="New",
        kind="declaration",
        force="statement",
        status="unknown",
        text_disclosure="unknown",
        confidence="low",
    )
    return source, agreement


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (Obligation, "source"),
        (Citation, "source"),
        (Evidence, "source"),
        (Article, "source"),
        (Evidence, "agreement"),
        (EventAgreement, "agreement"),
        (ExternalCoding, "agreement"),
        (MemberSpell, "agreement"),
        (Difference, "agreement"),
        (Agreement, "succeeded_by"),
    ],
)
def test_each_use_alone_keeps_what_is_used(model: Any, name: str) -> None:
    source, agreement = nothing_else()
    used = source if name == "source" else agreement
    row = model.objects.exclude(**{name: None}).earliest("pk")
    setattr(row, name, used)
    row.save()
    with pytest.raises(ProtectedError) as refused:
        used.delete()
    assert [type(each) for each in refused.value.protected_objects] == [model]


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (MemberSpell, "participation"),
        (MemberSpell, "dataset"),
        (ExternalCoding, "dataset"),
        (Difference, "dataset"),
        (Evidence, "event"),
        (Claim, "article"),
        (Claim, "level"),
        (Omission, "article"),
        (Obligation, "level"),
        (Participation, "state"),
        (ObligationSide, "state"),
        (Event, "state"),
        (Coverage, "partner"),
    ],
)
def test_each_use_is_among_what_keeps_what_is_used(model: Any, name: str) -> None:
    row = model.objects.exclude(**{name: None}).earliest("pk")
    with pytest.raises(ProtectedError) as refused:
        getattr(row, name).delete()
    assert model in {type(each) for each in refused.value.protected_objects}


def test_what_nothing_rests_on_can_be_deleted() -> None:
    source = Source.objects.create(ref="new", title="New", kind="news", language="en", seen="page")
    source.delete()
    assert not Source.objects.filter(ref="new").exists()
