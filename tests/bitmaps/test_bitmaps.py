"""Bits: the same counts, rows and order as the plain way, on made-up rows and on the dossier."""

from array import array
from collections import defaultdict
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliances.bitmaps.bits import bits_at, either, flags
from alliances.bitmaps.facets import Rows, bit_counts
from alliances.columns import COMMITMENTS
from alliances.filtersets import Listed
from alliances.models import CommitmentSpan
from alliances.queries import lines
from alliances.queries.facets import facet_counts
from alliances.templatetags.reference import article, sentence, standing, suspension
from alliances.templatetags.rows import said
from tests.filtersets.searches import a_search, filters_of

FACETS = ["colour", "shape", "size"]
CODES = ["a", "b", "c"]
some_codes = st.frozensets(st.sampled_from(CODES), max_size=2)
many_rows = st.lists(st.tuples(some_codes, some_codes, some_codes), max_size=40)
some_asked = st.dictionaries(st.sampled_from(FACETS), some_codes)
places = st.sets(st.integers(0, 99))


@given(places, places)
def test_bits_are_sets_of_places(one: set[int], other: set[int]) -> None:
    bits = bits_at(one, 100)
    assert [place for place, flag in enumerate(flags(bits, 100)) if flag] == sorted(one)
    assert bits & bits_at(other, 100) == bits_at(one & other, 100)
    assert either([bits, bits_at(other, 100)]) == bits_at(one | other, 100)
    rows = Rows(array("q", range(1000, 1100)), bits)
    assert rows == {1000 + place for place in one}
    assert len(rows) == len(one)


@given(many_rows, places, some_asked, some_asked)
def test_the_counts_are_those_of_the_plain_way(
    rows: list[tuple[frozenset[str], ...]],
    within: set[int],
    chosen: dict[str, frozenset[str]],
    usual: dict[str, frozenset[str]],
) -> None:
    size = len(rows)
    kept = [place for place in range(size) if place in within]
    held: dict[str, dict[str, list[int]]] = {name: defaultdict(list) for name in FACETS}
    for place, codes in enumerate(rows):
        for name, own in zip(FACETS, codes, strict=True):
            for code in own:
                held[name][code].append(place)
    bits = {n: {c: bits_at(at, size) for c, at in own.items()} for n, own in held.items()}
    keys = array("q", range(size))
    counted = bit_counts(keys, bits, bits_at(kept, size), chosen, usual)
    plain = facet_counts([(place, rows[place]) for place in kept], FACETS, chosen, usual)
    assert counted == plain


@pytest.mark.django_db
@pytest.mark.parametrize("number", range(3001, 3121, 3))
def test_a_list_has_the_counts_the_rows_and_the_order_of_plain_sql(number: int) -> None:
    address, params = a_search(number)
    assert address == "/commitments/"
    filters: Any = filters_of(address, params)
    plain = facet_counts(filters.facet_rows(), list(filters.facets), filters.chosen, filters.usual)
    assert filters.counts == plain
    in_order = list(filters.ordered.values_list("pk", flat=True))
    assert filters.keys(range(len(in_order) + 1)) == in_order
    assert filters.keys(range(7, 19)) == in_order[7:19]
    some = list(COMMITMENTS.rows(Listed(filters)[3:9]))
    assert some == list(COMMITMENTS.rows(filters.ordered[3:9]))


@pytest.mark.django_db
def test_a_row_that_came_in_since_is_passed_over() -> None:
    filters: Any = filters_of("/commitments/", {"on": ["2026-04-30"]})
    newest = filters.standings.keys[-1]
    assert filters.standings.having([newest, newest + 1]) == 1 << len(filters.standings.keys) - 1


def test_the_searches_of_a_list_are_of_every_sort() -> None:
    params = [a_search(number)[1] for number in range(3001, 3121, 3)]
    assert sum("q" in each for each in params) > 5
    assert sum("sort" in each for each in params) > 20
    assert sum(len(each) > 3 for each in params) > 10


# --- The rows in plain values


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["1995-06-01", "2015-01-01", "2026-04-30"])
def test_a_line_says_what_the_records_say(day: str) -> None:
    spans = CommitmentSpan.objects.on(date.fromisoformat(day)).as_pledges()
    by_key = {span.pk: span for span in spans}
    assert len(by_key) > 100
    for line in lines(list(by_key)):
        span = by_key[line.key]
        clause, agreement = span.commitment.obligation, span.commitment.agreement
        assert line.stands.standing == span.standing
        assert said(line.stands) == (sentence(standing(span)), sentence(suspension(span)))
        assert line.is_reported == span.is_reported
        assert (line.agreement, line.agreement_title) == (agreement.ref, agreement.short_title)
        assert (line.promisor_slug, line.partner_slug) == (
            span.commitment.promisor.slug,
            span.commitment.partner.slug,
        )
        assert (line.rank, line.level) == (span.commitment.level.rank, span.commitment.level.ref)
        if clause:
            assert (line.anchor, article(line)) == (clause.anchor, article(clause))
            assert (line.trigger, line.confidence) == (clause.trigger_code, clause.confidence)
        else:
            assert (line.clause, line.trigger, line.confidence) == (None, None, None)
