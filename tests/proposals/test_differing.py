"""A difference is said in the words that editors know: names of records, labels of codes."""

import pytest

from alliances.dossier.records import export_record
from alliances.dossier.schema import AGREEMENT
from alliances.dossier.ties import References
from alliances.models import Agreement
from alliances.proposals.differing import Difference, differences
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
