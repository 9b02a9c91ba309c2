"""Every coded word has its place, its label and one sentence; published codes never change."""

import json

import pytest

from alliances import vocabulary
from alliances.vocabulary import (
    HOLDING,
    LAST_RANK,
    SHOWN_BY_DEFAULT,
    Coded,
    DayStatus,
    Family,
    Level,
    code_list,
)

LISTS = [
    found
    for found in vars(vocabulary).values()
    if isinstance(found, type) and issubclass(found, Coded) and found is not Coded
]
MEMBERS = [member for found in LISTS for member in found]

PUBLISHED = {
    "AgreementKind": "collective_defence_treaty alliance_treaty friendship_treaty"
    " strategic_partnership_treaty declaration military_cooperation"
    " military_technical_cooperation basing_or_transit security_guarantee logistics",
    "Force": "treaty agreement declaration statement arrangement",
    "StoredStatus": "draft signed in_force provisional suspended expired terminated superseded"
    " unknown",
    "Disclosure": "full partial undisclosed unknown",
    "Confidence": "high medium low",
    "TriggerCode": "none_standing armed_attack threat_or_danger on_request presence_or_visit"
    " internal_unrest other not_stated",
    "AtopType": "defense offense neutrality nonaggression consultation",
    "Family": "defence consultation restraint cooperation unranked",
    "DayStatus": "not_yet draft signed provisional in_force unknown ended",
    "DayReason": "start_not_established signature_not_established end_not_established"
    " fate_not_established date_imprecise parties_not_established",
    "ValueKind": "text code number yes_no day partial_date address list json",
    "ChangeType": "made changed removed",
    "Format": "csv xlsx json",
    "CitationFormat": "bibtex csl",
    "CorrectionState": "received accepted declined",
    "Verdict": "supported imprecise outdated contradicted unverifiable",
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_codes_of_filters_and_exports_never_change(name: str) -> None:
    assert code_list(getattr(vocabulary, name)) == PUBLISHED[name].split()


def test_the_lists_are_all_here() -> None:
    assert len(LISTS) == 33


@pytest.mark.parametrize("member", MEMBERS, ids=lambda m: f"{type(m).__name__}.{m.name}")
def test_a_word_has_a_label_and_means_one_sentence(member: Coded) -> None:
    meaning, label = str(member.meaning), str(member.label)
    assert meaning.endswith(".")
    assert ". " not in meaning
    assert meaning[0].isupper() or meaning.startswith("UN ")
    assert label
    assert label == label.strip().rstrip(".")


@pytest.mark.parametrize("found", LISTS, ids=lambda found: found.__name__)
def test_no_list_says_the_same_twice(found: type[Coded]) -> None:
    assert len(set(code_list(found))) == len(found)
    assert len({str(label) for label in found.labels}) == len(found)
    assert len({str(member.meaning) for member in found}) == len(found)


def test_a_word_is_its_code_wherever_it_is_written() -> None:
    status = DayStatus.IN_FORCE
    assert status == "in_force"
    assert str(status) == f"{status}" == "%s" % status == "in_force"  # noqa: UP031
    assert json.dumps({"status": status}) == '{"status": "in_force"}'
    assert DayStatus("in_force") is status
    assert {"in_force": 1}[status] == 1


def test_the_scale_is_ranked_from_the_strongest_down_and_then_unranked() -> None:
    assert [(level.code, level.rank, str(level.family)) for level in Level] == [
        ("mutual_defence_automatic", 1, "defence"),
        ("mutual_defence_discretionary", 2, "defence"),
        ("assistance_possible", 3, "defence"),
        ("consultation", 4, "consultation"),
        ("non_assistance_to_aggressor", 5, "restraint"),
        ("non_aggression", 6, "restraint"),
        ("military_cooperation", 7, "cooperation"),
        ("basing_or_access", 8, "cooperation"),
        ("arms_and_technology", 9, "cooperation"),
        ("unspecified", None, "unranked"),
        ("undisclosed", None, "unranked"),
        ("not_established", None, "unranked"),
    ]
    assert LAST_RANK == 9
    assert [*dict.fromkeys(level.family for level in Level)] == list(Family)


def test_a_level_is_found_by_its_code_alone() -> None:
    assert all(Level.of(level.code) is level for level in Level)
    with pytest.raises(KeyError):
        Level.of("DEFENCE")


def test_what_holds_and_what_is_shown() -> None:
    assert [str(status) for status in HOLDING] == ["in_force", "provisional"]
    assert [str(status) for status in SHOWN_BY_DEFAULT] == [
        "in_force",
        "provisional",
        "signed",
        "unknown",
    ]


def test_a_word_that_is_not_in_the_list_is_refused() -> None:
    with pytest.raises(ValueError, match="'gone' is not a valid DayStatus"):
        DayStatus("gone")
