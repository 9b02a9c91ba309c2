"""What one row can hold is refused by the database itself, also past every form and rule."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db.models import BaseConstraint, QuerySet

from alliances.models import (
    Agreement,
    Citation,
    Claim,
    Coverage,
    Event,
    Evidence,
    ExternalCoding,
    MemberSpell,
    Obligation,
    ObligationLevel,
    Participation,
    Source,
    State,
)
from alliances.models.base import Tracked
from alliances.models.fields import CodedField
from tests.models.refused import is_refused

pytestmark = pytest.mark.django_db
TOGO = "rus-tgo-military-cooperation-2025"


def setting(model: Any, ref: str, **columns: Any) -> Callable[[], Any]:
    """A write of one row's columns past save(), clean() and history."""
    return lambda: QuerySet(model).filter(ref=ref).update(**columns)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1998", "1998-01-01", "1998-12-31"),
        ("1998-01", "1998-01-01", "1998-01-31"),
        ("1998-04", "1998-04-01", "1998-04-30"),
        ("1999-02", "1999-02-01", "1999-02-28"),
        ("1996-02", "1996-02-01", "1996-02-29"),
        ("2000-02", "2000-02-01", "2000-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("1998-08-29", "1998-08-29", "1998-08-29"),
    ],
)
def test_a_partial_date_and_its_possible_days_are_tied(text: str, first: str, last: str) -> None:
    days = {
        "published_first": datetime.date.fromisoformat(first),
        "published_last": datetime.date.fromisoformat(last),
    }
    right = setting(Source, "csto-treaty-gibler", published=text, **days)
    assert is_refused(right) == ""
    for name, step in (("published_first", -1), ("published_last", 1), ("published_last", -1)):
        moved = days | {name: days[name] + datetime.timedelta(days=step)}
        wrong = setting(Source, "csto-treaty-gibler", published=text, **moved)
        assert "source_published_tied" in is_refused(wrong)


def test_a_partial_date_has_both_days_or_is_absent() -> None:
    for columns in (
        {"published": None},
        {"published_first": None},
        {"published": "2009", "published_last": None},
    ):
        assert "source_published_tied" in is_refused(
            setting(Source, "csto-treaty-gibler", **columns)
        )
    absent = {"published": None, "published_first": None, "published_last": None}
    assert is_refused(setting(Source, "csto-treaty-gibler", **absent)) == ""


def saving(model: Any, ref: str | None, **fields: Any) -> Callable[[], Any]:
    """A save of one row (the first, if none is named) with other values, without validation."""

    def write() -> None:
        row = model.objects.get(ref=ref) if ref else model.objects.earliest("pk")
        for name, value in fields.items():
            setattr(row, name, row if value == "self" else value)
        row.save()

    return write


@pytest.mark.parametrize(
    ("model", "ref", "fields", "constraint"),
    [
        (Agreement, TOGO, {"ended": "2024"}, "agreement_ended_not_before_signed"),
        (Agreement, TOGO, {"in_force": "2024"}, "agreement_in_force_not_before_signed"),
        (Agreement, "rus-arm-friendship-1997", {"signed": None, "ended": "1997"},
         "agreement_ended_not_before_in_force"),
        (Agreement, TOGO, {"status": "valid"}, "agreement_status_coded"),
        (Agreement, TOGO, {"kind": "pact"}, "agreement_kind_coded"),
        (Participation, "csto-charter-2002/uzb-1", {"left": "2005"},
         "participation_left_not_before_joined"),
        (Participation, "csto-charter-2002/uzb-1", {"suspended_from": "2005"},
         "participation_suspended_from_not_before_joined"),
        (Participation, "csto-charter-2002/uzb-1", {"suspended_until": "2011"},
         "participation_suspended_until_not_before_suspended_from"),
        (Participation, "csto-charter-2002/rus-1", {"suspended_until": "2011"},
         "participation_suspension_has_a_start"),
        (Obligation, f"{TOGO}/o1", {"source": None}, "obligation_wording_only_with_its_source"),
        (Obligation, f"{TOGO}/o1", {"applies_from": "2026", "applies_until": "2025"},
         "obligation_applies_until_not_before_applies_from"),
        (Obligation, f"{TOGO}/o1", {"trigger_code": "war"}, "obligation_trigger_code_coded"),
        (Agreement, TOGO, {"end_reason": "lapsed"}, "agreement_end_reason_of_what_may_have_ended"),
        (Agreement, "rus-arm-friendship-1997", {"succeeded_by": "self"},
         "agreement_not_its_own_successor"),
        (Participation, "csto-charter-2002/uzb-1", {"left": None, "suspended_from": None},
         "participation_withdrawn_has_left"),
        (Participation, "csto-charter-2002/uzb-1", {"suspended_from": "2013"},
         "participation_left_not_before_suspended_from"),
        (Participation, "csto-charter-2002/uzb-1", {"suspended_until": "2013"},
         "participation_left_not_before_suspended_until"),
        (ExternalCoding, None, {"begin": "1999", "end": "1998"},
         "externalcoding_end_not_before_begin"),
        (MemberSpell, None, {"entry": "1999", "exit": "1998"},
         "memberspell_exit_not_before_entry"),
        (Claim, "c3-blr", {"reasons": ""}, "claim_verdict_with_reasons_and_confidence"),
        (Claim, "c3-blr", {"verdict_confidence": ""}, "claim_verdict_with_reasons_and_confidence"),
        (Claim, "c1-rus", {"reasons": "because"}, "claim_verdict_with_reasons_and_confidence"),
        (ObligationLevel, "consultation", {"rank": 7}, "obligationlevel_ranked"),
        (State, "TGO", {"continued_by": "RUS"}, "state_continued_only_when_ended"),
        (Event, "mli-2026-04-offensive", {"ended": "2025"}, "event_ended_not_before_date"),
        (Coverage, "rus-arm", {"partner": "RUS"}, "coverage_of_two_states"),
    ],
)  # fmt: skip
def test_a_row_that_contradicts_itself_is_refused(
    model: Any, ref: str | None, fields: dict[str, Any], constraint: str
) -> None:
    states = {state.ref: state for state in State.objects.all()}
    fields = {
        name: states.get(value, value) if name in ("continued_by", "partner") else value
        for name, value in fields.items()
    }
    assert is_refused(saving(model, ref)) == ""
    refusal = is_refused(saving(model, ref, **fields))
    is_taken = model is ObligationLevel and "unique" in refusal.lower()
    assert constraint in refusal or is_taken


CODED = [
    (model, field.name)
    for model in apps.get_app_config("alliances").get_models()
    for field in model._meta.fields
    if issubclass(model, Tracked) and isinstance(field, CodedField)
]


@pytest.mark.parametrize(
    ("model", "name"), CODED, ids=lambda value: getattr(value, "__name__", value)
)
def test_a_coded_column_holds_the_codes_of_its_list_alone(model: Any, name: str) -> None:
    first = QuerySet(model).order_by("pk")[0].pk
    refusal = is_refused(lambda: QuerySet(model).filter(pk=first).update(**{name: "?"}))
    assert f"{model._meta.model_name}_{name}_coded" in refusal


def test_a_wording_without_a_source_is_the_only_half_that_is_refused() -> None:
    source = Source.objects.first()
    for wording, given, refused in (
        ("", None, False),
        ("", source, False),
        ("shall help", source, False),
        ("shall help", None, True),
    ):
        write = saving(Obligation, f"{TOGO}/o1", wording=wording, source=given)
        assert bool(is_refused(write)) is refused


def test_a_citation_belongs_to_exactly_one_record() -> None:
    agreement, event = Agreement.objects.first(), Event.objects.first()
    source = Source.objects.first()
    for owners, refused in (
        ({"agreement": agreement}, False),
        ({"event": event}, False),
        ({}, True),
        ({"agreement": agreement, "event": event}, True),
    ):
        write = Citation(ref="x/c1", source=source, **owners).save
        assert ("citation_of_one_record" in is_refused(write)) is refused


def test_evidence_is_exactly_one_record_for_exactly_one_and_named_once() -> None:
    claim = Claim.objects.get(ref="c3-blr")
    agreement = Agreement.objects.get(ref=TOGO)
    source = Source.objects.first()
    assert is_refused(Evidence(claim=claim, agreement=agreement).save) == ""
    assert "evidence_is_one_record" in is_refused(Evidence(claim=claim).save)
    assert "evidence_is_one_record" in is_refused(
        Evidence(claim=claim, agreement=agreement, source=source).save
    )
    assert "evidence_for_one_record" in is_refused(Evidence(agreement=agreement).save)
    again = claim.evidence.exclude(agreement=None).first()
    assert again is not None
    assert "evidence_named_once" in is_refused(
        Evidence(claim=claim, agreement=again.agreement).save
    )


def test_every_rule_that_a_reader_may_meet_has_words_of_its_own() -> None:
    default = BaseConstraint.default_violation_error_message
    for model in apps.get_app_config("alliances").get_models():
        for constraint in model._meta.constraints if issubclass(model, Tracked) else ():
            assert constraint.get_violation_error_message() != default % {"name": constraint.name}
