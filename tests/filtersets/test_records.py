"""The reading pages' choices: rows and counts by the rule, and every kind of bad value refused."""

from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from alliances.filtersets import ClaimParameters, EventParameters, SourceParameters, select

NAMES = ("colour", "shape")
rows = st.lists(
    st.fixed_dictionaries({"colour": st.sampled_from("abc"), "shape": st.sampled_from("xyz")})
).map(lambda found: [{"pk": pk, **row} for pk, row in enumerate(found)])
asked = st.fixed_dictionaries(
    {
        "colour": st.lists(st.sampled_from("abc"), unique=True),
        "shape": st.lists(st.sampled_from("xyz"), unique=True),
    }
)


def passes(row: dict[str, Any], asked: dict[str, list[str]]) -> bool:
    return all(row[name] in codes for name, codes in asked.items() if codes)


@given(rows, asked)
def test_rows_are_those_that_every_parameter_allows(
    rows: list[dict[str, Any]], asked: dict[str, list[str]]
) -> None:
    assert select(rows, asked).rows == [row["pk"] for row in rows if passes(row, asked)]


@given(rows, asked)
def test_a_count_is_what_the_choice_alone_would_give_with_the_others_kept(
    rows: list[dict[str, Any]], asked: dict[str, list[str]]
) -> None:
    found = select(rows, asked)
    for name, codes in (("colour", "abc"), ("shape", "xyz")):
        for code in codes:
            assert found.counts[name].get(code, 0) == len(
                select(rows, {**asked, name: [code]}).rows
            )
        assert found.without[name] == len(select(rows, {**asked, name: []}).rows)


def sources(query: str) -> SourceParameters:
    form = SourceParameters(QueryDict(query), language=[("en", "English"), ("ru", "Russian")])
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", {"kind": [], "seen": [], "language": []}),
        ("kind=", {"kind": [], "seen": [], "language": []}),
        ("kind=&kind=news", {"kind": ["news"], "seen": [], "language": []}),
        ("kind=news&kind=official", {"kind": ["official", "news"], "seen": [], "language": []}),
        ("kind=news&kind=news", {"kind": ["news"], "seen": [], "language": []}),
        ("seen=recall&language=ru", {"kind": [], "seen": ["recall"], "language": ["ru"]}),
    ],
)
def test_values_of_one_parameter_are_repeated_and_empty_ones_ask_nothing(
    query: str, asked: dict[str, list[str]]
) -> None:
    form = sources(query)
    assert form.errors == {}
    assert form.asked == asked


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ("kind=gossip", {"kind": ["“gossip” is not one of the choices."]}),
        ("kind=news,official", {"kind": ["“news,official” is not one of the choices."]}),
        ("kind=News", {"kind": ["“News” is not one of the choices."]}),
        ("kind=n%00", {"kind": ["“n\0” is not one of the choices."]}),
        (f"seen={'x' * 10_000}", {"seen": [f"“{'x' * 60}” is not one of the choices."]}),
        ("page=0", {"page": ["Write a page number, for example 2."]}),
        ("page=two", {"page": ["Write a page number, for example 2."]}),
        ("page=1%00", {"page": ["Write a page number, for example 2."]}),
        ("page=" + "9" * 10_000, {"page": ["Write a page number, for example 2."]}),
        ("page=1&page=1", {"page": ["Give this once."]}),
    ],
)
def test_a_bad_value_is_named_beside_its_field(query: str, errors: dict[str, list[str]]) -> None:
    assert sources(query).errors == errors


def test_the_choices_are_the_vocabularys_with_their_counts() -> None:
    form = sources("kind=news&seen=recall")
    found = select(
        [
            {"pk": 1, "kind": "news", "seen": "page", "language": "ru"},
            {"pk": 2, "kind": "news", "seen": "recall", "language": "en"},
            {"pk": 3, "kind": "official", "seen": "recall", "language": "en"},
        ],
        form.asked,
    )
    shown = {
        field.name: [(c.code, c.label, c.count, c.chosen) for c in choices]
        for field, choices in form.groups(found)
    }
    assert found.rows == [2]
    assert shown == {
        "kind": [("official", "Official", 1, False), ("news", "News", 1, True)],
        "seen": [("page", "Read", 1, False), ("recall", "Recalled, not re-read", 1, True)],
        "language": [("en", "English", 1, False)],
    }
    assert [(str(label), query, rows) for label, query, rows in form.dropped(found)] == [
        ("Kind", "?seen=recall", 2),
        ("Read or recalled", "?kind=news", 2),
    ]


@given(st.dictionaries(st.sampled_from(["state", "verdict", "category", "page"]), st.text()))
def test_any_text_is_either_a_choice_or_refused_beside_its_field(given: dict[str, str]) -> None:
    query = QueryDict(mutable=True)
    query.update(given)
    form = ClaimParameters(query, state=[("ARM", "Armenia")])
    for name in given:
        if not form.is_valid() and name in form.errors:
            assert len(form.errors[name]) == 1
    refused = {n for n, v in given.items() if n != "page" and v not in ("", "ARM", "supported")}
    known = {n for n in refused if given[n] in dict(form.fields[n].choices)}  # type: ignore[attr-defined]
    assert refused - known == set(form.errors) - {"page"}


def test_an_event_is_chosen_by_its_state_too() -> None:
    form = EventParameters(QueryDict("state=ARM&tested=yes"), state=[("ARM", "Armenia")])
    assert form.is_valid()
    assert form.asked == {"state": ["ARM"], "request": [], "response": [], "tested": ["yes"]}
