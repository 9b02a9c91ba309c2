"""Counts: equal to a brute-force definition on made-up rows, and to plain SQL on the dossier."""

from collections.abc import Collection, Iterator
from random import Random
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from alliances.filtersets import Panel
from alliances.models import CommitmentSpan, Coverage
from alliances.queries.facets import facet_counts
from alliances.vocabulary import SHOWN_BY_DEFAULT
from tests.filtersets.searches import ADDRESSES, a_search, filters_of

# --- On made-up rows

FACETS = ["colour", "shape", "size"]
CODES = ["a", "b", "c"]
some_codes = st.frozensets(st.sampled_from(CODES), max_size=2)
many_rows = st.lists(st.tuples(st.integers(0, 5), st.tuples(some_codes, some_codes, some_codes)))
some_asked = st.dictionaries(st.sampled_from(FACETS), some_codes)

Rows = list[tuple[int, tuple[Collection[str], ...]]]
Asked = dict[str, Collection[str]]


def keys(rows: Rows, asked: Asked) -> set[int]:
    """The keys of rows of which one promise has, for every facet that asks, one of its codes."""
    return {
        key
        for key, codes in rows
        if all(
            not asked.get(name) or set(asked[name]) & set(codes[place])
            for place, name in enumerate(FACETS)
        )
    }


@given(many_rows, some_asked)
def test_a_choice_counts_the_rows_with_every_other_facet_kept(rows: Rows, asked: Asked) -> None:
    counts = facet_counts(rows, FACETS, asked, {})
    assert counts.rows == keys(rows, asked)
    for name in FACETS:
        by_hand = {code: len(keys(rows, {**asked, name: [code]})) for code in CODES}
        assert {code: counts.by_choice[name].get(code, 0) for code in CODES} == by_hand


@given(many_rows, some_asked, some_asked)
def test_a_facet_set_aside_counts_the_rows_where_only_its_default_holds(
    rows: Rows, asked: Asked, usual: Asked
) -> None:
    """What is asked stands in place of the default, as on a page."""
    now = {**usual, **{name: codes for name, codes in asked.items() if codes}}
    counts = facet_counts(rows, FACETS, now, usual)
    assert counts.set_aside == {
        name: len(keys(rows, {**now, name: usual.get(name, ())})) for name in FACETS
    }


@given(many_rows, some_asked)
def test_the_order_of_the_rows_changes_no_count(rows: Rows, asked: Asked) -> None:
    assert facet_counts(rows, FACETS, asked, {}) == facet_counts(rows[::-1], FACETS, asked, {})


def test_rows_that_share_a_key_are_counted_once() -> None:
    rows = [("TGO", (["a"], ["x"])), ("TGO", (["a"], ["y"])), ("MLI", (["a"], ["y"]))]
    counts = facet_counts(rows, ["one", "two"], {"one": ["a"]}, {})
    assert counts.rows == {"TGO", "MLI"}
    assert counts.by_choice == {"one": {"a": 2}, "two": {"x": 1, "y": 2}}


def test_what_is_asked_must_hold_of_one_promise_at_once() -> None:
    rows = [("TGO", (["a"], ["x"])), ("TGO", (["b"], ["y"]))]
    assert facet_counts(rows, ["one", "two"], {"one": ["a"], "two": ["y"]}, {}).rows == set()


# --- Against SQL


def rows_in_sql(address: str, params: dict[str, list[str]]) -> int:
    """How many rows the filterset's own queryset has, plus the partners that are only named."""
    filters = filters_of(address, params)
    if address != "/states/":
        return filters.qs.distinct().count()
    partners = set(filters.qs.values_list("commitment__partner__ref", flat=True))
    return len(partners | only_named(filters))


def only_named(filters: Any) -> set[str]:
    """Partners that an article names and with whom nothing stands, where they are to be listed."""
    asked = {name for name in (*filters.facets, "q") if filters.form.cleaned_data[name]}
    if asked - {"partner", "region"}:
        return set()
    rows = Coverage.objects.filter(promisor=filters.whose, named_in_article=True)
    if filters.form.cleaned_data["partner"]:
        rows = rows.filter(partner__ref__in=filters.form.cleaned_data["partner"])
    if filters.form.cleaned_data["region"]:
        rows = rows.filter(partner__region__in=filters.form.cleaned_data["region"])
    spans = CommitmentSpan.objects.on(filters.day).with_status(*SHOWN_BY_DEFAULT)
    stands = spans.filter(commitment__promisor=filters.whose)
    named = rows.exclude(partner__in=stands.values("commitment__partner"))
    return set(named.values_list("partner__ref", flat=True))


def choices_of(filters: Any, name: str, chance: Random) -> Iterator[tuple[str, int]]:
    """Every choice that has a row, and two of those that have none."""
    codes = [code for code, _label in filters.form.fields[name].choices]
    counts = filters.counts.by_choice[name]
    none = [code for code in codes if not counts.get(code)]
    for code in [*filter(counts.get, codes), *chance.sample(none, min(2, len(none)))]:
        yield code, counts.get(code, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(1000, 1012))
def test_every_count_is_the_number_of_rows_that_sql_gives_for_the_choice(number: int) -> None:
    address, params = a_search(number)
    filters = filters_of(address, params)
    assert len(filters.counts.rows) == rows_in_sql(address, params)
    for name in filters.facets:
        for code, count in choices_of(filters, name, Random(number)):  # noqa: S311
            asked = {**params, name: [code]}
            assert count == rows_in_sql(address, asked), (address, params, name, code)


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(2000, 2060))
def test_the_count_beside_each_way_out_is_the_number_of_rows_it_leads_to(number: int) -> None:
    address, params = a_search(number)
    for way in Panel(filters_of(address, params)).asked:
        if way.rows is not None:
            there = ADDRESSES[address][1](QueryDict(way.address[1:]))
            assert there.is_valid()
            assert way.rows == len(there.counts.rows), (address, params, way)
