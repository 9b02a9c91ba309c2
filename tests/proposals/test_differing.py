"""A difference is said in the words that editors know: names of records, labels of codes."""

import pytest

from alliances.dossier.records import export_record
from alliances.dossier.schema import AGREEMENT, ARTICLE
from alliances.dossier.ties import References
from alliances.models import Agreement
from alliances.proposals.differing import Choice, Difference, choices, differences
from alliances.proposals.merging import Conflict
from alliances.vocabulary import Disclosure

pytestmark = pytest.mark.django_db

TREATY = "rus-prk-comprehensive-strategic-partnership-2024"


@pytest.fixture
def treaty():
    return export_record(AGREEMENT, Agreement.objects.get(ref=TREATY))


def said(before, after):
    return differences(AGREEMENT, before, after, References())


def with_first(form, name, **values):
    first, *others = form[name]
    return form | {name: [first | values, *others]}


def test_nothing_differs_from_itself(treaty):
    assert said(treaty, treaty) == []


def test_a_record_is_named_and_its_id_is_told(treaty):
    stay = treaty["participations"][0]
    assert stay["state"] == "PRK"
    part = f"participation {stay['id']}"
    assert said(treaty, with_first(treaty, "participations", state="TGO")) == [
        Difference(part, "State", ["North Korea (PRK)"], ["Togo (TGO)"])
    ]


def test_a_record_that_is_gone_is_told_by_its_id(treaty):
    assert said(treaty, treaty | {"succeeded_by": "gone-2020"}) == [
        Difference("", "Succeeded by", [], ["gone-2020"])
    ]


def test_codes_are_told_by_their_labels(treaty):
    assert [each.after for each in said(treaty, treaty | {"text_disclosure": "undisclosed"})] == [
        [Disclosure.UNDISCLOSED.label]
    ]


def test_records_of_a_kind_are_fetched_once(treaty, django_assert_num_queries):
    stays = [stay | {"state": "TGO"} for stay in treaty["participations"]]
    with django_assert_num_queries(1):
        assert len(said(treaty, treaty | {"participations": stays})) == 2


def test_what_was_added_has_no_before(treaty):
    del treaty["participations"][1]
    whole = export_record(AGREEMENT, Agreement.objects.get(ref=TREATY))
    added = whole["participations"][1]
    found = said(treaty, whole)
    assert {each.part for each in found} == {f"participation {added['id']}"}
    assert found[0] == Difference(found[0].part, "State", [], ["Russia (RUS)"])


@pytest.mark.parametrize(
    ("path", "values", "part", "label", "said"),
    [
        (
            ("kind",),
            ("alliance_treaty", None, "collective_defence_treaty"),
            "",
            "Kind",
            ["Alliance treaty", None, "Collective defence treaty"],
        ),
        (
            ("participations", "x/rus", "state"),
            ("RUS", "TGO", "gone"),
            "participation x/rus",
            "State",
            ["Russia (RUS)", "Togo (TGO)", "gone"],
        ),
        (
            ("provisions", "x/o1"),
            ({"id": "x/o1"}, {"id": "x/o1", "level": "y"}, None),
            "obligation x/o1",
            "",
            ["was there", "kept, with its changes", "taken away"],
        ),
        (
            ("provisions",),
            (None, [{"id": "x/o1"}], "x"),
            "obligation",
            "",
            [None, "kept, with its changes", "kept, with its changes"],
        ),
        (
            (),
            ({"id": "x"}, {"id": "x", "term": "y"}, None),
            "",
            "",
            ["was there", "kept, with its changes", "taken away"],
        ),
    ],
)
def test_a_choice_is_said_in_words(path, values, part, label, said):
    (choice,) = choices(AGREEMENT, [Conflict(path, *values)], References())
    words = [[] if line is None else [line] for line in said]
    assert choice == Choice(" ".join(("record", *path)), part, label, *words)


def test_a_choice_within_a_group_is_said_in_words():
    path = ("published_bounds", "not_before")
    (choice,) = choices(ARTICLE, [Conflict(path, None, "2024", "2025")], References())
    assert (choice.part, choice.label) == ("", "Not published before")
    assert (choice.base, choice.mine, choice.theirs) == ([], ["2024"], ["2025"])
    (choice,) = choices(
        ARTICLE, [Conflict(path[:1], None, {"not_before": "2024"}, {})], References()
    )
    assert (choice.label, choice.mine) == ("Published bounds", ["kept, with its changes"])
    assert (choice.base, choice.theirs) == ([], ["taken away"])
