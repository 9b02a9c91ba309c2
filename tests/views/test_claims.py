"""The article checked: every statement once, by passage, with verdict, reasons and evidence."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from django.test import Client

from alliances.models import Agreement, Article, Claim, Event, Evidence, Source, State
from tests.rules.records import records
from tests.views.reading import get, words

pytestmark = pytest.mark.django_db
CLAIMS = records("claims")
CHECKED = [row for row in CLAIMS if row.get("verdict")]
OMISSIONS = [row["id"] for row in records("omissions")]


def entries(page: str) -> list[str]:
    return re.findall(r'<article class="entry" id="([^"]+)"', page)


def entry(page: str, ref: str) -> str:
    return words(page.split(f'id="{ref}">')[1].split("</article>")[0])


def passage(page: str, number: int) -> str:
    found = page.split(f'<h2 id="passage-{number}">')[1].split("<article")[0]
    return words(found)


def test_every_checked_statement_stands_once_in_the_articles_order(client: Client) -> None:
    first, second = get(client, "/claims/"), get(client, "/claims/?page=2")
    found = entries(first) + [ref for ref in entries(second) if ref not in OMISSIONS]
    assert sorted(found) == sorted(row["id"] for row in CHECKED)
    numbers = [int(re.findall(r"\d+", ref)[0]) for ref in found]
    assert numbers == sorted(numbers)
    assert len(entries(first)) == 29
    assert [ref for ref in entries(second) if ref in OMISSIONS] == OMISSIONS


def test_the_answer_counts_the_verdicts_and_links_each(client: Client) -> None:
    page = get(client, "/claims/")
    assert (
        "40 statements checked: 20 supported, 12 imprecise, 1 outdated, 1 contradicted, "
        "6 unverifiable." in words(page)
    )
    for verdict, count in Counter(row["verdict"] for row in CHECKED).items():
        assert f'<a href="/claims/?verdict={verdict}">{count} {verdict}</a>' in page


def test_the_sentences_that_the_record_contradicts_have_an_address(client: Client) -> None:
    page = get(client, "/claims/?verdict=contradicted")
    assert entries(page) == ["c15-irn"]
    assert passage(page, 15) == (
        "Passage 15 Military agreements between Russia and Iran exist and foresee mutual defence "
        "assistance in some form. “military agreements between Russia and Iran do exist, and that "
        "mutual defense assistance is envisaged in one form or another.”"
    )
    assert entry(page, "c15-irn") == (
        "Iran Contradicted Military agreements do exist, but both governments state that the 2025 "
        "Comprehensive Strategic Partnership Treaty contains no mutual military assistance. Article "
        "3(3) only bars helping an aggressor, and Article 5(4) provides for consultation and "
        "cooperation against common threats. The texts of the 2001 and 2015 military agreements are "
        "not public; as reported they cover arms sales, visits and training. "
        "Asserts 3 May help Expects Whether Russia would really help if Iran were attacked is left "
        "as an open question. Trust Medium confidence "
        "Rests on Agreements: Russia-Iran strategic partnership treaty (2025), Russia-Iran military "
        "cooperation agreement (2015), Russia-Iran military-technical agreement (2001). Events: "
        "Israeli and US strikes on Iran: condemnation and mediation offers. 6 sources."
    )
    assert "1 statement of 40 with these choices." in words(page)
    assert "What the article leaves out" not in page


def test_the_paraphrase_leads_and_shared_words_are_printed_once(client: Client) -> None:
    page = get(client, "/claims/")
    quotation = (
        "the organization includes Belarus, Kazakhstan, Kyrgyzstan, Uzbekistan, and Armenia."
    )
    assert page.count(quotation) == 1
    assert page.index("A member of the CSTO, Russia&#x27;s primary circle") < page.index(quotation)
    two = get(client, "/claims/?page=2")
    assert "“The risks are extremely high" in entry(two, "c16-irn")
    for row in CHECKED:
        printed = f"{row['quote']}{' …' if row.get('quote_cut') == 'true' else ''}"
        assert printed in words(page) + words(two)
        assert len(row["quote"].split()) <= 25


def test_each_verdict_has_a_shape_of_its_own_and_always_its_word(client: Client) -> None:
    drawn = {}
    for verdict in ("supported", "imprecise", "outdated", "contradicted", "unverifiable"):
        page = get(client, f"/claims/?verdict={verdict}")
        marks = re.findall(r'<span class="verdict">(<svg.*?</svg>)(.*?)</span>', page)
        assert {word for _svg, word in marks} == {verdict.capitalize()}
        (drawn[verdict],) = {svg for svg, _word in marks}
    assert len(set(drawn.values())) == 5


def test_what_is_left_out_and_context_follow_the_last_statement(client: Client) -> None:
    page = get(client, "/claims/?page=2")
    context = page.split('<h2 id="context">')[1].split("</ul>")[0]
    shown = re.findall(r'<li id="([^"]+)"', context)
    assert sorted(shown) == sorted(row["id"] for row in CLAIMS if not row.get("verdict"))
    assert "Tajikistan is a CSTO member and hosts a Russian base" in entry(page, "x01")
    first = get(client, "/claims/")
    assert 'id="x01"' not in first
    assert 'href="?page=2#omissions"' in first


def test_a_state_is_chosen_with_what_is_left_out_about_it(client: Client) -> None:
    page = get(client, "/claims/?state=ARM")
    expected = [row["id"] for row in CHECKED if row["state"] == "ARM"]
    left_out = [row["id"] for row in records("omissions") if row["state"] == "ARM"]
    assert entries(page) == expected + left_out
    assert left_out != []


def test_an_old_anchor_finds_its_statement_on_every_page(client: Client) -> None:
    for number in (1, 2):
        page = get(client, f"/claims/?page={number}")
        for row in CHECKED:
            assert page.count(f'id="{row["id"]}"') == 1
            assert f'href="/claims/{row["id"]}/"' in page


def test_a_statement_has_its_own_page_with_every_source(client: Client) -> None:
    page = get(client, "/claims/c3-arm/")
    record = next(row for row in CLAIMS if row["id"] == "c3-arm")
    for source in record["evidence"]["sources"]:
        assert f'href="/sources/{source}/"' in page
    assert len(re.findall(r'<li id="s\d', page)) == len(record["evidence"]["sources"]) == 7
    assert "As the article puts it Full military assistance, primarily from Russia" in words(page)
    assert client.get("/claims/c99-xxx/").status_code == 404


def test_context_has_a_page_that_gives_no_verdict(client: Client) -> None:
    page = get(client, "/claims/c1-rus/")
    assert "It is not checked and carries no verdict." in words(page)
    assert 'class="verdict"' not in page


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("verdict=false", "Verdict “false” is not one of the choices."),
        ("verdict=Contradicted", "Verdict “Contradicted” is not one of the choices."),
        (
            "category=context%00",
            "How the article files the state “context�” is not one of the choices.",
        ),
        ("state=" + "y" * 10_000, "State “" + "y" * 60 + "” is not one of the choices."),
        ("page=-1", "Page: Write a page number, for example 2."),
    ],
)
def test_a_bad_value_is_refused_beside_its_field_without_rows(
    client: Client, query: str, message: str
) -> None:
    response = client.get(f"/claims/?{query}")
    page = response.content.decode()
    assert response.status_code == 400
    assert message in words(page)
    assert entries(page) == []
    assert "checked:" not in words(page)


def test_an_empty_value_asks_nothing_and_an_unknown_name_is_ignored(client: Client) -> None:
    page = get(client, "/claims/?verdict=&tone=harsh")
    assert len(entries(page)) == 29
    assert "Ignored, because this page does not know them: tone" in words(page)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_makes_as_many_queries_for_any_number_of_statements(
    client: Client,
    state: Callable[[str], State],
    django_assert_num_queries: Callable[[int], object],
    number: int,
) -> None:
    article = Article.objects.get()
    grounds = [model.objects.order_by("ref")[0] for model in (Agreement, Event, Source)]
    subject = state("Subject")
    for each in range(number):
        claim = Claim.objects.create(
            ref=f"test-claim-{each}",
            article=article,
            number=90 + each,
            state=subject,
            claim=f"It says {each}",
            category="arrangement",
            verdict="supported",
            reasons="It does.",
            verdict_confidence="high",
        )
        for ground in grounds:
            Evidence.objects.create(claim=claim, **{ground._meta.model_name: ground})
    with django_assert_num_queries(7):  # type: ignore[attr-defined]
        page = get(client, f"/claims/?state={subject.ref}")
    assert entries(page) == [f"test-claim-{each}" for each in range(number)]


def test_the_page_that_shows_all_there_is_makes_no_more_queries_than_a_list_may(
    client: Client, django_assert_num_queries: Callable[[int], object]
) -> None:
    """Statements, omissions and context, with their evidence."""
    with django_assert_num_queries(8):  # type: ignore[attr-defined]
        page = get(client, "/claims/?page=2")
    for heading in ("What the article leaves out", "Context"):
        assert heading in page


def test_both_pages_are_light(client: Client) -> None:
    for number in (1, 2):
        assert len(get(client, f"/claims/?page={number}").encode()) < 65_000
