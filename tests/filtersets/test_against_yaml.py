"""The three lists on 300 random parameter sets: rows, order, page, total and every count are those
of the independent reading of the YAML; every seventh set is read off the page itself.
"""

import re
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from alliances.filtersets import AgreementFilters, PartnersFilters
from alliances.models import Agreement, Obligation, State
from alliances.views.lists import page_of
from tests.filtersets import independent
from tests.filtersets.searches import ADDRESSES, a_search

pytestmark = pytest.mark.django_db
SETS = 300


# --- What the filtersets give


def rows_of(filters: Any) -> list[Any] | None:
    """The identities of the page's rows in order; None past the end."""
    if isinstance(filters, PartnersFilters):
        if filters.number > 1:
            return None
        return [(row.other.ref, row.shown and clause_of(row.shown)) for row in filters.rows]
    page = page_of(filters, filters.ordered)
    if page is None:
        return None
    if isinstance(filters, AgreementFilters):
        refs = refs_of(Agreement)
        return [refs[span.agreement_id] for span in page.object_list]
    states = refs_of(State)
    return [
        (clause_of(span), states[span.commitment.promisor_id], states[span.commitment.partner_id])
        for span in page.object_list
    ]


def clause_of(span: Any) -> str:
    commitment = span.commitment
    if commitment.obligation_id:
        return refs_of(Obligation)[commitment.obligation_id]
    return refs_of(Agreement)[commitment.agreement_id]


@cache
def refs_of(model: Any) -> dict[int, str]:
    """The ids of the loaded records by their keys, which are the same for every search here."""
    return dict(model.objects.values_list("pk", "ref"))


@pytest.mark.parametrize("number", range(SETS))
def test_rows_order_total_and_every_count_are_those_of_the_files(number: int) -> None:
    address, params = a_search(number)
    listing, filterset = ADDRESSES[address]
    asked = f"{address}?{urlencode(params, doseq=True)}"
    expected, filters = listing(params), filterset(QueryDict(asked.partition("?")[2]))
    assert filters.is_valid(), asked
    assert tuple(sorted(filters.facets)) == tuple(sorted(expected.facets))
    assert rows_of(filters) == expected.page(), asked
    assert len(filters.counts.rows) == expected.total(params), asked
    for name in filters.facets:
        codes = [code for code, _label in filters.form.fields[name].choices]
        counted = {code: filters.counts.by_choice[name].get(code, 0) for code in codes}
        truth = expected.counts(name)
        assert counted == {code: truth.get(code, 0) for code in codes}, (asked, name)
        assert set(independent.choices()[name]) <= set(codes), name


# --- What the page says

ROW = re.compile(r"<tr>(?:(?!</tr>).)*?scope=\"row\".*?</tr>", re.DOTALL)
STATE = re.compile(r'<a href="/states/([^/"]+)/[^"]*">(.*?)</a>', re.DOTALL)
AGREEMENT = re.compile(r'<a href="/agreements/([^/"]+)/[^"#]*(?:#([^"]+))?">')
BOX = re.compile(r'<input type="checkbox"[^>]* name="([^"]+)" value="([^"]*)"( checked)?>')
COUNT = re.compile(BOX.pattern + r'(?:(?!<input).)*?<span class="n[^"]*">(\d+)</span>', re.DOTALL)


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def partner_on_the_page(row: str) -> Any:
    """The partner's name and what its promise rests on."""
    (_slug, name), *_ = STATE.findall(row)
    agreement, clause = AGREEMENT.findall(row)[0] if AGREEMENT.findall(row) else ("", "")
    nothing = '<td class="quiet">' in row
    return text(name), None if nothing else "/".join(filter(None, (agreement, clause)))


def commitment_on_the_page(row: str) -> Any:
    (agreement, clause), *_ = AGREEMENT.findall(row)
    (_one, promisor), (_two, partner) = STATE.findall(row)
    return "/".join(filter(None, (agreement, clause))), text(promisor), text(partner)


def agreement_on_the_page(row: str) -> Any:
    return AGREEMENT.findall(row)[0][0]


READERS = {
    "/states/": partner_on_the_page,
    "/commitments/": commitment_on_the_page,
    "/agreements/": agreement_on_the_page,
}


def named(address: str, rows: list[Any]) -> list[Any]:
    """Identities with the states' names in place of their codes, as a page has them."""
    names = {ref: state["name"] for ref, state in independent.states().items()}
    if address == "/states/":
        return [(names[partner], clause) for partner, clause in rows]
    if address == "/commitments/":
        return [(clause, names[one], names[two]) for clause, one, two in rows]
    return rows


def counts_on_the_page(page: str) -> dict[tuple[str, str], tuple[int, bool]]:
    """Every choice with its count and whether it is ticked."""
    found = COUNT.findall(page)
    assert len(found) == len(BOX.findall(page))
    return {(name, code): (int(n), bool(checked)) for name, code, checked, n in found}


def expected_counts(listing: Any) -> dict[tuple[str, str], tuple[int, bool]]:
    """Rungs, families and statuses whole; of the others what some row has or what is asked."""
    ticked = {name: listing.params.get(name, []) for name in listing.facets}
    ticked["status"] = ticked["status"] or sorted(independent.SHOWN)
    counts = {
        (name, code): (counts.get(code, 0), code in ticked[name])
        for name, counts in ((name, listing.counts(name)) for name in listing.facets)
        for code in independent.choices()[name]
    }
    whole = ("level", "family", "status")
    return {key: shown for key, shown in counts.items() if key[0] in whole or any(shown)}


@pytest.mark.parametrize("number", range(0, SETS, 7))
def test_the_page_shows_the_rows_and_counts_of_the_files(client: Client, number: int) -> None:
    address, params = a_search(number)
    expected = ADDRESSES[address][0](params)
    asked = f"{address}?{urlencode(params, doseq=True)}"
    response = client.get(asked)
    page = response.content.decode()
    rows = expected.page()
    if rows is None:
        assert response.status_code == 404, asked
        assert ROW.findall(page) == []
        return
    assert response.status_code == 200, asked
    assert [READERS[address](row) for row in ROW.findall(page)] == named(address, rows), asked
    assert counts_on_the_page(page) == expected_counts(expected), asked
    total = re.search(r'<strong id="count">(\d+)', page)
    assert total, asked
    assert int(total[1]) == expected.total(params), asked


def test_the_searches_are_of_every_sort_and_most_find_something() -> None:
    """So that the two tests above cannot pass on empty lists or on one kind of search."""
    searches = [a_search(number) for number in range(SETS)]
    found = [ADDRESSES[address][0](params).total(params) for address, params in searches]
    assert sum(1 for total in found if total) > SETS * 0.6
    assert sum(1 for total in found if total > independent.ROWS_ON_A_PAGE) > SETS * 0.1
    for address, (listing, _filterset) in ADDRESSES.items():
        own = [params for where, params in searches if where == address]
        names = {"on", "q", "sort", "page", *listing.facets}
        assert names <= {name for params in own for name in params}
        both = {f"{sign}{sort}" for sort in listing.sorts for sign in ("", "-")}
        assert {params["sort"][0] for params in own if "sort" in params} == both
    queries = [params["q"][0] for _address, params in searches if "q" in params]
    assert sum(1 for query in queries if re.search("[А-Яа-яЁё]", query)) > 10
    assert sum(1 for query in queries if re.search("[A-Za-z]", query)) > 30
