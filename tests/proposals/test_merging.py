"""Two changes of a form laid on each other: nothing of either is lost, and only a clash asks."""

from hypothesis import given
from hypothesis import strategies as st

from alliances.proposals.merging import MINE, THEIRS, merge

texts = st.sampled_from(["a", "b", "c"])
rows = st.dictionaries(
    st.sampled_from(["o1", "o2", "o10"]), st.dictionaries(st.sampled_from("xy"), texts), max_size=3
).map(lambda found: [{"id": ref, **found[ref]} for ref in sorted(found, key=lambda r: int(r[1:]))])
forms = st.fixed_dictionaries(
    {"id": st.just("r")},
    optional={"title": texts, "kind": texts, "names": st.lists(texts, max_size=2), "rows": rows},
)


def test_the_worked_example():
    base = {"id": "r", "signed": "2024", "rows": [{"id": "o1", "x": "a"}, {"id": "o2", "x": "a"}]}
    mine = {"id": "r", "signed": "2025", "rows": [{"id": "o1", "x": "b"}, {"id": "o10", "x": "n"}]}
    theirs = {"id": "r", "signed": "2026", "place": "Y", "rows": [*base["rows"], {"id": "o3"}]}
    merged = merge(base, mine, theirs)
    assert [(each.name, each.base, each.mine, each.theirs) for each in merged.conflicts] == [
        ("record signed", "2024", "2025", "2026")
    ]
    rows = [{"id": "o1", "x": "b"}, {"id": "o3"}, {"id": "o10", "x": "n"}]
    assert merged.form == {"id": "r", "signed": "2026", "place": "Y", "rows": rows}
    assert merge(base, mine, theirs, {"record signed": MINE}).form["signed"] == "2025"
    assert merge(base, mine, theirs, {"record signed": MINE}).conflicts == []


def test_a_row_that_one_deleted_and_the_other_changed_is_a_clash():
    base = {"id": "r", "rows": [{"id": "o1", "x": "a"}]}
    mine, theirs = {"id": "r", "rows": []}, {"id": "r", "rows": [{"id": "o1", "x": "b"}]}
    clash = merge(base, mine, theirs).conflicts
    assert [each.name for each in clash] == ["record rows o1"]
    assert merge(base, mine, theirs, {"record rows o1": MINE}).form == {"id": "r", "rows": []}


def test_a_record_that_one_withdrew_and_the_other_changed_is_a_clash():
    base, mine = {"id": "r", "x": "a"}, {"id": "r", "x": "b"}
    (clash,) = merge(base, mine, None).conflicts
    assert (clash.name, clash.mine, clash.theirs) == ("record", mine, None)
    assert merge(base, mine, None, {"record": MINE}).form == mine
    assert merge(base, mine, None, {"record": THEIRS}).form is None
    assert merge(base, mine, None, {"record": THEIRS}).conflicts == []


@given(forms, forms)
def test_who_is_alone_gets_what_they_wrote(base, mine):
    for merged in (merge(base, mine, base), merge(base, base, mine), merge(base, mine, mine)):
        assert (merged.form, merged.conflicts) == (mine, [])


@given(forms, forms, forms)
def test_it_is_the_same_from_either_side(base, mine, theirs):
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert {each.name for each in one.conflicts} == {each.name for each in other.conflicts}
    choices = {each.name: MINE for each in one.conflicts}
    opposite = dict.fromkeys(choices, THEIRS)
    assert merge(base, mine, theirs, choices).form == merge(base, theirs, mine, opposite).form


@given(forms, forms, forms)
def test_a_place_that_nobody_touched_stays_and_a_touched_one_has_a_writers_value(
    base, mine, theirs
):
    merged = merge(base, mine, theirs).form
    for name in {**base, **mine, **theirs}:
        values = [form.get(name) for form in (base, mine, theirs)]
        if name != "rows":
            assert merged.get(name) in values[1:]
        if values[0] == values[1] == values[2]:
            assert merged.get(name) == values[0]
