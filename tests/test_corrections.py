"""What can be reported as wrong: every column, list and row of every record with a place on a page."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliances.models import Agreement, Correction
from alliances.partial_dates import PartialDate
from alliances.queries.corrections import MODELS, subject, subject_of
from alliances.queries.versions import columns

pytestmark = pytest.mark.django_db
CST = "csto-collective-security-treaty-1992"

COLUMNS = [
    (kind, field.name)
    for kind, model in MODELS.items()
    for field in columns(model)
    if field.name != "ref"
]


@pytest.mark.parametrize(("kind", "fact"), COLUMNS, ids=str)
def test_every_column_of_a_record_is_a_fact(kind: str, fact: str) -> None:
    record = MODELS[kind].objects.first()
    found = subject(kind, record.ref, fact)
    assert found
    assert (found.record, found.key) == (record, f"{kind}/{record.ref}")
    assert found.words
    assert [bool(label) for label, _value in found.says] == [True]


@pytest.mark.parametrize(
    ("fact", "words", "says"),
    [
        ("", "", ()),
        ("signed", "date of signature", (("Signed", PartialDate("1992-05-15")),)),
        ("status", "status", (("Status at the coverage date", "In force"),)),
        ("succeeded_by", "succeeded by", (("Succeeded by", None),)),
        ("participations_known", "who takes part is established", None),
    ],
)
def test_a_column_says_its_value_as_the_pages_do(fact: str, words: str, says: Any) -> None:
    found = subject("agreement", CST, fact)
    assert found
    assert (found.noun, found.name) == ("agreement", "Collective Security Treaty (1992)")
    assert found.words == words
    assert found.says == (says if says is not None else (("Who takes part is established", True),))


def test_a_clause_says_all_that_it_holds() -> None:
    found = subject("agreement", CST, "o2")
    assert found
    assert found.words == "obligation Art. 4 (1992 text)"
    says = dict(found.says)
    assert list(says) == [
        *("Article", "Its number was seen", "Level", "ATOP types", "Trigger", "Trigger code"),
        *("Mutual", "Applies until", "Wording", "Source", "Confidence", "Note"),
    ]
    assert says["Applies until"] == PartialDate("2012-12-19")
    assert says["Level"] == "1 Must help militarily"
    assert "Applies until: 2012-12-19\n" in found.text
    assert "Mutual: yes\n" in found.text


def test_a_stay_and_the_list_of_stays_are_facts() -> None:
    stay = subject("agreement", CST, "uzb-1")
    assert stay
    assert (stay.words, dict(stay.says)["Left"]) == ("participation Uzbekistan", "1999-04-20")
    stays = subject("agreement", CST, "participations")
    assert stays
    assert stays.words == "who takes part and when"
    ((_label, names),) = stays.says
    assert len(names) == Agreement.objects.get(ref=CST).participations.count()


def test_a_blank_is_said_to_be_one() -> None:
    found = subject("agreement", CST, "ended")
    assert found
    assert found.text == "Ended: blank"


@pytest.mark.parametrize(
    "asked",
    [
        ("agreement", "nothing", ""),
        ("obligation", f"{CST}/o1", ""),
        ("correction", "1", ""),
        ("user", "1", ""),
        ("agreement", CST, "ref"),
        ("agreement", CST, "id"),
        ("agreement", CST, "signed_first"),
        ("agreement", CST, "history"),
        ("agreement", CST, "citations"),
        ("agreement", CST, "parties"),
        ("agreement", CST, "pk"),
        ("agreement", CST, "o99"),
        ("agreement", CST, "o1/"),
        ("state", "arm", ""),
        ("event", "arm-2022-09-csto-appeal", "o1"),
    ],
)
def test_what_is_not_there_is_no_subject(asked: tuple[str, str, str]) -> None:
    assert subject(*asked) is None


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_nonsense_is_no_subject(kind: str, ref: str, fact: str) -> None:
    assert subject(kind, ref.replace("\x00", ""), fact.replace("\x00", "")) is None
    known = {name for known, name in COLUMNS if known == "agreement"}
    fact = fact.replace("\x00", "")
    found = subject("agreement", CST, fact)
    assert bool(found) is (fact in known or fact == "")


def test_a_report_outlives_its_record() -> None:
    report = Correction(record_kind="agreement", record_ref=CST, fact="o2")
    found = subject_of(report)
    assert found
    assert found.fact == "o2"
    report.record_ref = "gone"
    assert subject_of(report) is None


@pytest.mark.parametrize(
    ("fact", "queries"), [("", 1), ("signed", 1), ("participations", 2), ("o1", 4), ("uzb-1", 4)]
)
def test_it_asks_little_whatever_the_record(
    fact: str, queries: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(queries):
        found = subject("agreement", CST, fact)
        assert found
        assert found.text is not None
