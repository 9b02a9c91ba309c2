"""DESIGN section 5 on bad input, for every parameter of every page, read off the pages' forms."""

import re
from functools import cache
from html import unescape
from itertools import cycle
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django import forms
from django.http import QueryDict
from django.test import Client
from django.urls import get_resolver
from hypothesis import given, settings
from hypothesis import strategies as st

from alliances.accounts import urls as accounts
from alliances.filtersets import (
    AgreementFilters,
    CommitmentFilters,
    PartnersFilters,
    address_of,
)
from alliances.filtersets.codes import CodesField
from alliances.filtersets.parameters import DayField, PageField
from alliances.filtersets.timeline import YearField
from tests.views.reading import table_rows, words

pytestmark = pytest.mark.django_db

PAGES = {
    "home": "/",
    "partners": "/states/",
    "state": "/states/armenia/",
    "commitments": "/commitments/",
    "agreements": "/agreements/",
    "agreement": "/agreements/csto-collective-security-treaty-1992/",
    "pair": "/pairs/armenia/russia/",
    "matrix": "/matrix/",
    "map": "/map/",
    "timeline": "/timeline/",
    "events": "/events/",
    "claims": "/claims/",
    "sources": "/sources/",
    "changes": "/changes/",
}
# They read the parameters of the partners' table, where every value is tried.
FIGURES = ("/matrix/", "/map/", "/timeline/")
OWN_PARAMETERS = [address for address in PAGES.values() if address not in FIGURES]
LISTS = ("/states/", "/commitments/", "/agreements/", "/matrix/", "/map/")
# Its states are refused by rules of their own: tests/views/test_compare.py.
TRIED_ELSEWHERE = {"compare", "corrections", "correction-form", "correction"}
WITHOUT_PARAMETERS = {
    "obligations": "/obligations/",
    "about": "/about/",
    "source": "/sources/arm-1995-base-garant/",
    "event": "/events/arm-2020-07-tavush/",
    "claim": "/claims/c1-rus/",
    "agreement-changes": "/agreements/csto-charter-2002/changes/",
    "state-changes": "/states/armenia/changes/",
    "event-changes": "/events/arm-2020-07-tavush/changes/",
    "claim-changes": "/claims/c1-rus/changes/",
    "source-changes": "/sources/arm-1995-base-garant/changes/",
    "data": "/data/",
    "dictionary": "/data/dictionary/",
}
# No pages: pictures, feeds, files and what machines ask for, each with tests of its own.
NO_PAGES = {"social", "changes-feed", "release", "robots", "sitemap", "security"}

FILTERS = [AgreementFilters, CommitmentFilters, PartnersFilters]

HOSTILE = ["<script>alert(1)</script>", '"><b>', "' OR 1=1 --", "\x00", "a\x00b", "x" * 10_240]
WRONG_DAYS = [
    *("2012-13-01", "2012-02-30", "0000-01-01", "0999-12-31", "9999-12-31", "20120627"),
    *("2012-6-27", "2012-06", "27.06.2012", "2012-W26-3", "2012-06-27T00:00", "-2012-06-27"),
    *("٢٠١٢-٠٦-٢٧", "٢٠١٢-06-27", "２０１２-06-27", "today", " ", "2012-06-27\x00", "1" * 5000),
]
WRONG_PAGES = ["0", "-1", "1e3", "1.0", "+1", "1_0", "٢", " ", "9" * 5000]


@cache
def form_of(address: str) -> forms.Form:
    """The form of a page's parameters as the page made it: the same for every test here."""
    context: Any = Client().get(address).context
    return context["panel"].form if "panel" in context else context["form"]


def wrong_values(field: forms.Field) -> list[str]:
    """Values that this kind of parameter must refuse."""
    if isinstance(field, DayField):
        return HOSTILE + WRONG_DAYS
    if isinstance(field, YearField):
        return [*HOSTILE, "1", "12345", "-199", "1e99", "٢٠١٢", "9" * 5000]
    if isinstance(field, PageField):
        return HOSTILE[:1] + WRONG_PAGES
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        code = codes_of(field)[0]
        return [HOSTILE[0], "x" * 10_240, "\x00", code.swapcase(), f"{code} ", f"{code},{code}"]
    assert isinstance(field, forms.CharField)
    return ["\x00", "a\x00b", "x" * 201, "ё" * 10_240]


def codes_of(field: Any) -> list[str]:
    return [str(code) for code, _label in field.choices if code]


def beside(page: str, name: str) -> list[str]:
    """The messages that stand next to a parameter's own fields: after them, before any other's."""
    pieces = re.split(r'<(?:input|select)[^>]* name="([^"]+)"', page)
    after = [text for own, text in zip(pieces[1::2], pieces[2::2], strict=True) if own == name]
    return [words(error) for error in re.findall(r'class="errors"[^>]*>(.*?)</', " ".join(after))]


def refusal(page: str) -> str:
    return words(page.split('class="refusal"')[1].split("</section>")[0].split("</main>")[0])


def test_every_page_is_tried() -> None:
    named = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    at_the_desk = {pattern.name for pattern in accounts.urlpatterns}
    assert named - NO_PAGES - TRIED_ELSEWHERE - at_the_desk == set(PAGES) | set(WITHOUT_PARAMETERS)


@pytest.mark.parametrize("address", PAGES.values())
def test_a_wrong_value_of_any_parameter_is_refused_beside_its_field(
    client: Client, address: str
) -> None:
    for name, field in form_of(address).fields.items():
        for value in wrong_values(field)[: how_many(address, field)]:
            response = client.get(address, {name: value})
            asked, page = (name, value[:30]), response.content.decode()
            assert response.status_code == 400, asked
            assert table_rows(page) == [], asked
            assert "Nothing is shown, because the address holds a value that" in words(page)
            form: Any = response.context["form"]
            (message,) = (shown_as(error) for error in form.errors[name])
            assert list(form.errors) == [name], asked
            assert message_is_said(page, str(field.label), message), asked
            shown = {own for own, _value in re.findall(r'name="([^"]+)"()', page)}
            if address in LISTS and name in shown - {"sort", "family"}:
                assert " ".join(message.split()) in " ".join(beside(page, name)), asked
            assert "<script>alert" not in page
            assert '"><b>' not in page
            assert "\x00" not in page, asked
            assert len(response.content) < 100_000, asked


def shown_as(text: str) -> str:
    """A text on a page, which can hold no null byte."""
    return text.replace("\x00", "�")


@cache
def first_with() -> dict[type[forms.Field], str]:
    """For each kind of parameter the first page that has one, whatever tests run."""
    found: dict[type[forms.Field], str] = {}
    for address in PAGES.values():
        for field in form_of(address).fields.values():
            found.setdefault(type(field), address)
    return found


def how_many(address: str, field: forms.Field) -> int | None:
    """All values on the first page with a parameter of this kind; a few on the others, which read
    it by the same field.
    """
    if first_with()[type(field)] == address:
        return None
    return 2 if address in FIGURES else 3


def message_is_said(page: str, label: str, message: str) -> bool:
    """The message with its parameter's label, as a reader finds it."""
    shown = words(page).replace(f"{label}: ", f"{label} ")
    return " ".join(f"{label} {message}".split()) in shown


@pytest.mark.parametrize("address", OWN_PARAMETERS)
def test_bytes_that_are_no_text_are_never_taken_for_a_code_a_day_or_a_page(
    client: Client, address: str
) -> None:
    fields = form_of(address).fields.items()
    for (name, field), raw in zip(fields, cycle(("%FF", "%ED%A0%80", "%C0%80", "%E2%82"))):
        response = client.get(f"{address}?{name}={raw}")
        page = response.content.decode()
        assert table_rows(page) == [], (name, raw)
        if type(field) is forms.CharField:
            assert response.status_code == 200
            assert "�" in words(page.split('class="asked"')[1])
        else:
            assert response.status_code == 400, (name, raw)


@pytest.mark.parametrize("address", OWN_PARAMETERS)
def test_a_parameter_that_takes_one_value_is_refused_when_given_two(
    client: Client, address: str
) -> None:
    for name, field in form_of(address).fields.items():
        if isinstance(field, CodesField):
            continue
        for good in (valid(field), ""):
            response = client.get(f"{address}?{urlencode([(name, valid(field)), (name, good)])}")
            page = response.content.decode()
            assert response.status_code == 400, name
            assert table_rows(page) == []
            assert f"{field.label}: Give this once." in words(page)


def valid(field: forms.Field) -> str:
    """A value that this kind of parameter takes."""
    if isinstance(field, DayField):
        return "2012-06-27"
    if isinstance(field, YearField):
        return "2012"
    if isinstance(field, PageField):
        return "1"
    return codes_of(field)[0] if isinstance(field, forms.ChoiceField) else "treaty"


@pytest.mark.parametrize("address", OWN_PARAMETERS)
def test_an_empty_value_asks_nothing(client: Client, address: str) -> None:
    plain = client.get(address).content.decode()
    fields = form_of(address).fields
    page = client.get(f"{address}?{'&'.join(f'{name}=' for name in fields)}")
    assert page.status_code == 200
    assert table_rows(page.content.decode()) == table_rows(plain)
    assert 'class="asked"' not in page.content.decode()


@pytest.mark.parametrize("address", LISTS)
def test_an_empty_value_beside_another_asks_nothing_more(client: Client, address: str) -> None:
    one = client.get(f"{address}?status=ended&on=2026-04-30").content.decode()
    both = client.get(f"{address}?status=&status=ended&on=2026-04-30").content.decode()
    assert table_rows(one)
    assert table_rows(both) == table_rows(one)


@pytest.mark.parametrize("address", OWN_PARAMETERS + list(WITHOUT_PARAMETERS.values()))
def test_unknown_names_change_nothing_and_are_named(client: Client, address: str) -> None:
    plain = client.get(address).content.decode()
    takes_none = address in WITHOUT_PARAMETERS.values()
    field = "on" if takes_none else next(iter(form_of(address).fields))
    names = [
        "colour",
        field.upper(),
        f"{field}[]",
        "<script>alert(1)</script>",
        "a\x00b",
        "x" * 5000,
        *(("on", "page", "promisor") if takes_none else ()),
    ]
    query = "&".join(f"{quote(name)}=2012-13-01" for name in names)
    response = client.get(f"{address}?{query}")
    page = response.content.decode()
    assert response.status_code == 200
    assert table_rows(page) == table_rows(plain)
    (named,) = re.findall(r"Ignored, because this page does not know them: ([^<]*)<", page)
    shown = [name if len(name) <= 40 else f"{name[:39]}…" for name in map(shown_as, names)]
    assert unescape(named).split(", ") == sorted(shown)
    assert "<script>alert" not in page
    assert "\x00" not in page


@pytest.mark.parametrize("address", OWN_PARAMETERS + list(WITHOUT_PARAMETERS.values()))
def test_marks_of_a_campaign_are_ignored_in_silence(client: Client, address: str) -> None:
    plain = client.get(address).content
    assert client.get(f"{address}?utm_source=mail&utm_=").content == plain
    assert client.get(f"{address}?UTM_source=mail").content != plain


@pytest.mark.parametrize(
    ("address", "last", "page"),
    [
        ("/commitments/?family=defence&on=2026-04-30&sort=-date", 2, "3"),
        ("/commitments/?family=defence&on=2026-04-30&sort=-date", 2, "9" * 400),
        ("/commitments/?q=treaty&status=ended&status=signed&on=2026-04-30", 7, "8"),
        ("/agreements/?party=RUS&on=2026-04-30", 3, "9"),
        ("/states/?region=Africa&on=2026-04-30", 1, "2"),
        ("/sources/?", 7, "8"),
        ("/events/?", 5, "6"),
    ],
)
def test_past_the_end_is_a_link_to_the_last_page_with_the_same_filters(
    client: Client, address: str, last: int, page: str
) -> None:
    response = client.get(f"{address}&page={page}".replace("?&", "?"))
    assert response.status_code == 404
    assert table_rows(response.content.decode()) == []
    (link,) = re.findall(r'<a href="([^"]+)">Its last page is (\d+)<', response.content.decode())
    there = unescape(link[0])
    assert int(link[1]) == last
    asked = address.partition("?")[2]
    assert sorted(there.partition("?")[2].split("&")) == sorted(
        filter(None, [*asked.split("&"), f"page={last}"])
    )
    answer = client.get(there)
    assert answer.status_code == 200
    assert rows_on(answer.content.decode())
    assert client.get(address).status_code == 200


def rows_on(page: str) -> list[Any]:
    """Rows of a table, or the items of a page that has none."""
    main = page.split("<main")[1].split("</main>")[0]
    return table_rows(page) or re.findall(r"<(?:li|article)[ >]", main)


def test_words_of_a_search_are_escaped_wherever_they_stand(client: Client) -> None:
    query = '<b onclick="x">&amp;'
    for address in LISTS:
        page = client.get(address, {"q": query}).content.decode()
        assert "<b onclick" not in page
        assert page.count("&lt;b onclick=&quot;x&quot;&gt;&amp;amp;") >= 2


@pytest.mark.parametrize("address", LISTS)
def test_a_wrong_value_hides_the_rows_also_beside_right_ones(client: Client, address: str) -> None:
    good = {"on": "2026-04-30", "status": "in_force", "q": "treaty"}
    assert table_rows(client.get(address, good).content.decode())
    response = client.get(address, good | {"kind": "novel"})
    assert response.status_code == 400
    page = response.content.decode()
    assert table_rows(page) == []
    assert refusal(page).endswith("Kind of agreement: “novel” is not one of the choices.")
    assert 'value="2026-04-30"' in page
    assert re.search(r'name="status" value="in_force" checked', page)
    assert 'value="treaty"' in page


@pytest.mark.parametrize(
    ("address", "asked", "chosen"),
    [
        ("/", {"on": "never"}, "RUS"),
        ("/states/togo/", {"on": "never", "promisor": ""}, "RUS"),
        ("/states/", {"on": "never"}, "RUS"),
        ("/map/", {"level": "never"}, "RUS"),
        ("/compare/", {"on": "never"}, "RUS"),
        ("/compare/", {"on": "never", "promisor": "KAZ"}, "KAZ"),
        ("/states/", {"on": "never", "promisor": "KAZ"}, "KAZ"),
    ],
)
def test_a_refused_page_shows_whose_promises_it_would_have_shown(
    client: Client, address: str, asked: dict[str, str], chosen: str
) -> None:
    response = client.get(address, asked)
    assert response.status_code == 400
    select = re.search(r'<select name="promisor".*?</select>', response.content.decode(), re.DOTALL)
    assert select
    assert re.findall(r'<option value="(\w+)" selected', select[0]) == [chosen]


# --- One address for one search


@settings(max_examples=40)
@given(st.data())
def test_codes_in_any_order_are_one_search_with_one_address(data: Any) -> None:
    """In the links of every list, and in the canonical link of a page."""
    filters_of = data.draw(st.sampled_from(FILTERS))
    form = filters_of(QueryDict()).form
    names = [name for name, field in form.fields.items() if isinstance(field, CodesField)]
    name = data.draw(st.sampled_from(names))
    codes = codes_of(form.fields[name])
    asked = data.draw(st.lists(st.sampled_from(codes), min_size=1, max_size=5))
    others = [(other, "1") for other in ("page", "colour")]
    pairs = data.draw(st.permutations([(name, code) for code in asked] + others))
    wanted = urlencode([(name, code) for code in codes if code in asked])
    form = filters_of(QueryDict(urlencode(pairs))).form
    assert form.address() == f"?{wanted}"
    assert address_of(QueryDict(), form.fields) == "?"


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        (
            "/commitments/?level=consultation&page=1&level=mutual_defence_automatic&on=2026-04-30",
            "/commitments/?on=2026-04-30&page=1&level=mutual_defence_automatic&level=consultation",
        ),
        ("/sources/?kind=news&kind=&colour=red&kind=official", "/sources/?kind=official&kind=news"),
        (
            "/compare/?state=TGO&on=2026-04-30&state=ARM",
            "/compare/?on=2026-04-30&state=TGO&state=ARM",
        ),
        ("/states/togo/?on=2026-04-30&promisor=RUS", "/states/togo/?promisor=RUS&on=2026-04-30"),
        ("/about/?on=2026-04-30", "/about/"),
    ],
)
def test_the_canonical_link_is_the_one_address(client: Client, asked: str, canonical: str) -> None:
    page = client.get(asked).content.decode()
    (here,) = re.findall(r'<link rel="canonical" href="http://testserver([^"]*)">', page)
    assert unescape(here) == canonical


# --- Never a different answer in silence

any_text = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["RUS", "rus", "2012-06-27", "in_force", "treaty", "1", "2", "yes", "Asia"]),
    st.binary(max_size=6),
)
some_names = st.sampled_from(
    [
        "promisor",
        "partner",
        "party",
        "region",
        "level",
        "status",
        "kind",
        "tested",
        "on",
        "q",
        "sort",
        "page",
    ]
)


@settings(max_examples=60)
@given(st.sampled_from(LISTS), st.lists(st.tuples(some_names, any_text), max_size=4))
def test_whatever_is_asked_is_refused_or_answered_as_asked(
    address: str, pairs: list[tuple[str, str | bytes]]
) -> None:
    response = Client().get(f"{address}?{urlencode(pairs)}")
    page = response.content.decode()
    assert response.status_code in (200, 400, 404)
    if response.status_code != 200:
        assert table_rows(page) == []
        return
    form: Any = response.context["panel"].form
    given = response.wsgi_request.GET
    for name, field in form.fields.items():
        asked, taken = [v for v in given.getlist(name) if v], form.cleaned_data[name]
        if isinstance(field, CodesField):
            assert taken == [code for code in codes_of(field) if code in asked]
            assert set(taken) == set(asked)
        else:
            assert [str(taken)] == [v.strip() for v in asked] or not (taken or asked)
    assert set(response.context["ignored"]) == {n for n in given if n not in form.fields}


@pytest.mark.parametrize("piece", ["%00", "a%00b", "%FF", "%ED%A0%80", "<b>", "x" * 10_240])
def test_an_address_that_can_name_no_record_is_not_found(client: Client, piece: str) -> None:
    """A null byte would be refused by PostgreSQL, so it must not reach it."""
    for address in ("/states/{}/", "/agreements/{}/", "/sources/{}/", "/pairs/armenia/{}/"):
        response = client.get(address.format(piece))
        assert response.status_code == 404
        assert "There is no page at this address." in words(response.content.decode())
