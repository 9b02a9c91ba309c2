"""A reader's report: its reference, what the database holds of its state, and that it is no data."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from alliances.models import Correction, DataVersion
from alliances.models.correction import LETTERS, new_reference
from tests.models.refused import is_refused

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 11, 29, 12, tzinfo=UTC)
ANSWERED = {"state": "declined", "answer": "No.", "answered_at": DAY, "answered_by": "ed"}


def report(**columns: Any) -> Correction:
    known = {
        "record_kind": "agreement",
        "record_ref": "rus-tgo-military-cooperation-2025",
        "record_name": "Russia–Togo",
        "wrong": "It was signed later.",
        "nonce": new_reference(),
    }
    return Correction(**(known | columns))


def test_a_reference_is_two_times_four_letters_that_none_is_taken_for_another() -> None:
    found = [new_reference() for _number in range(1_000)]
    assert len(set(found)) == 1_000
    assert {(len(each), each[4]) for each in found} == {(9, "-")}
    assert set("".join(found)) == {*LETTERS, "-"}
    assert not set(LETTERS) & set("01OILZ5SAEU")


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({}, ""),
        (ANSWERED, ""),
        (ANSWERED | {"mailed_at": DAY}, ""),
        ({"mail": "r@example.org"}, ""),
        (ANSWERED | {"mail": "r@example.org"}, ""),
        ({"wrong": ""}, "correction_says_what_is_wrong"),
        ({"state": "lost"}, "correction_state"),
        ({"answer": "No."}, "correction_state_with_its_answer"),
        ({"answered_at": DAY}, "correction_state_with_its_answer"),
        ({"answered_by": "ed"}, "correction_state_with_its_answer"),
        (ANSWERED | {"answer": ""}, "correction_state_with_its_answer"),
        (ANSWERED | {"answered_at": None}, "correction_state_with_its_answer"),
        (ANSWERED | {"answered_by": ""}, "correction_state_with_its_answer"),
        (ANSWERED | {"state": "received"}, "correction_state_with_its_answer"),
        ({"mailed_at": DAY}, "correction_mail_erased_once_sent"),
        (
            ANSWERED | {"mail": "r@example.org", "mailed_at": DAY},
            "correction_mail_erased_once_sent",
        ),
    ],
    ids=str,
)
def test_the_database_ties_state_answer_and_mail(columns: dict[str, Any], constraint: str) -> None:
    refusal = is_refused(report(**columns).save)
    assert bool(refusal) is bool(constraint)
    assert constraint in refusal


def test_one_form_makes_one_row() -> None:
    assert Correction.objects.receive(report(nonce="n"))
    assert not Correction.objects.receive(report(nonce="n", wrong="Another text."))
    assert [row.wrong for row in Correction.objects.all()] == ["It was signed later."]


def test_any_other_refusal_is_not_taken_for_a_second_sending() -> None:
    assert Correction.objects.receive(report(reference="K7M3-9QXD"))
    with pytest.raises(IntegrityError):
        Correction.objects.receive(report(reference="K7M3-9QXD"))


def test_those_that_wait_come_first_the_longest_waiting_before_all() -> None:
    early, late = DAY.replace(day=1), DAY.replace(day=20)
    report(reference="new", received_at=late).save()
    report(reference="early", **ANSWERED | {"answered_at": early}).save()
    report(reference="late", **ANSWERED).save()
    report(reference="old", received_at=early).save()
    assert [row.reference for row in Correction.objects.all()] == [*("old", "new", "late", "early")]
    assert [row.reference for row in Correction.objects.open()] == ["old", "new"]


@given(st.text(st.characters(categories=["Cc", "Cs"], exclude_characters="\n\t"), min_size=1))
def test_no_text_of_it_holds_a_control_character(text: str) -> None:
    row = report(wrong=f"It was{text} signed later.")
    with pytest.raises(ValidationError, match=r"cannot stand in a text|Null characters"):
        row.clean_fields()


def test_open_again_it_is_answered_by_nobody() -> None:
    row = report(**ANSWERED | {"state": "received", "answer": "", "mailed_at": DAY})
    row.say_who_answered("ed")
    row.save()
    assert (row.answered_by, row.answered_at, row.mailed_at) == ("", None, None)


def test_it_is_no_data_and_moves_no_version() -> None:
    before = DataVersion.objects.current()
    row = report()
    row.save()
    row.delete()
    after = DataVersion.objects.current()
    assert (after.number, after.moved_at) == (before.number, before.moved_at)
