"""Sources: every one with its choices, and what rests on it in words."""

import re
from collections import Counter
from collections.abc import Callable

import pytest
from django.test import Client

from alliances.models import Agreement, Citation, Event, Source
from alliances.vocabulary import FACT_WORDS
from tests.rules.records import records
from tests.views.reading import get, words

pytestmark = pytest.mark.django_db
SOURCES = records("sources")


def listed(page: str) -> list[str]:
    found = page.split('<ul class="plain two">')[1].split("</ul>")[0]
    return re.findall(r'<li><a href="/sources/([^/]+)/"', found)


def choices(page: str, legend: str) -> list[str]:
    fieldset = page.split(f"<legend>{legend}</legend>")[1].split("</fieldset>")[0]
    return [words(item) for item in re.findall(r"<li>(.*?)</li>", fieldset)]


def test_every_source_stands_on_one_page(client: Client) -> None:
    pages = [listed(get(client, f"/sources/?page={number}")) for number in range(1, 8)]
    assert [len(page) for page in pages] == [100] * 6 + [76]
    assert sorted(ref for page in pages for ref in page) == sorted(row["id"] for row in SOURCES)


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": {"dataset"}},
        {"kind": {"dataset", "scholarly"}, "language": {"en"}},
        {"seen": {"recall"}},
        {"language": {"hy", "kk", "zh"}},
        {"kind": {"treaty-text"}, "language": {"ru"}, "seen": {"page"}},
    ],
)
def test_the_choices_give_the_rows_that_the_files_give(
    client: Client, asked: dict[str, set[str]]
) -> None:
    query = "&".join(f"{name}={code}" for name, codes in asked.items() for code in sorted(codes))
    expected = [s["id"] for s in SOURCES if all(s[n] in codes for n, codes in asked.items())]
    page = get(client, f"/sources/?{query}")
    assert expected
    assert sorted(listed(page)) == sorted(expected)
    assert f"{len(expected)} source" in words(page)


def test_each_choice_has_its_count_and_languages_their_names(client: Client) -> None:
    page = get(client, "/sources/")
    assert choices(page, "Kind") == [
        "Treaty text 61",
        "Official 29",
        "News 535",
        "Scholarly 22",
        "Data set 2",
        "Reference work 27",
    ]
    assert choices(page, "Read or recalled") == ["Read 674", "Recalled, not re-read 2"]
    languages = choices(page, "Language")
    assert len(languages) == len({row["language"] for row in SOURCES}) == 20
    assert languages[:3] == ["Arabic 8", "Armenian 3", "Chinese 1"]
    scholarly = Counter(s["language"] for s in SOURCES if s["kind"] == "scholarly")
    assert choices(get(client, "/sources/?kind=scholarly"), "Language") == [
        f"English {scholarly['en']}",
        f"Russian {scholarly['ru']}",
        f"Vietnamese {scholarly['vi']}",
    ]


def test_a_recalled_source_says_so_wherever_it_stands(client: Client) -> None:
    page = get(client, "/sources/?seen=recall")
    assert words(page).lower().count("recalled, not re-read") == 3  # the choice and two sources
    for row in SOURCES:
        if row["seen"] == "recall":
            own = words(get(client, f"/sources/{row['id']}/"))
            assert "Read Source recalled, not re-read (weaker than a page that was read)" in own


def test_paging_keeps_the_choices_and_the_end_is_known(client: Client) -> None:
    page = get(client, "/sources/?kind=news&page=2")
    assert 'href="?kind=news&amp;page=3" rel="next"' in page
    assert "Page 2 of 6: 101 to 200 of 535" in words(page)
    response = client.get("/sources/?kind=news&page=" + "9" * 40)
    assert response.status_code == 404
    assert 'href="/sources/?kind=news&amp;page=6"' in response.content.decode()


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("kind=gossip", "Kind “gossip” is not one of the choices."),
        ("seen=yes", "Read or recalled “yes” is not one of the choices."),
        ("language=xx", "Language “xx” is not one of the choices."),
        ("language=ru%00", "Language “ru�” is not one of the choices."),
        ("page=" + "1" * 10_000, "Page: Write a page number, for example 2."),
    ],
)
def test_a_bad_value_is_refused_beside_its_field_without_rows(
    client: Client, query: str, message: str
) -> None:
    response = client.get(f"/sources/?{query}")
    page = response.content.decode()
    assert response.status_code == 400
    assert message in words(page)
    assert 'class="plain two"' not in page


def test_what_rests_on_a_source_is_said_in_words(client: Client) -> None:
    page = get(client, "/sources/arm-2022-09-azatutyun/")
    assert re.findall(r"<li>(.*?)</li>", page.split('id="use"')[1], re.DOTALL) != []
    use = words(page.split('id="use"')[1].split("</ul>")[0])
    assert "Armenia invokes Article 4 after Azerbaijan's attack, 13 Sep 2022" in use
    assert "The article’s passage 3 about Armenia: A member of the CSTO" in use
    article = get(client, "/sources/caspianpost-venezuela-was-a-warning/")
    assert "The article that is checked, sentence by sentence" in words(article)


def test_every_field_that_a_citation_names_has_words() -> None:
    cited = {
        fact
        for name in ("agreements", "events")
        for record in records(name)
        for citation in record.get("citations", [])
        for fact in citation.get("supports", [])
    }
    fields = {fact for fact in cited if re.fullmatch("[a-z_]+", fact)}
    assert fields == set(FACT_WORDS)
    named = {field.name for field in Agreement._meta.get_fields()}
    assert set(FACT_WORDS) - named == {"parties", "ratified", "provisions"}


@pytest.mark.parametrize("number", [1, 3])
def test_list_and_page_make_as_many_queries_for_any_number(
    client: Client, django_assert_num_queries: Callable[[int], object], number: int
) -> None:
    events = Event.objects.order_by("ref")[:number]
    for each in range(number):
        source = Source.objects.create(
            ref=f"test-source-{each}", title=f"T{each}", kind="news", language="tk", seen="page"
        )
        for event in events:
            Citation.objects.create(ref=f"test/{each}/{event.ref}", source=source, event=event)
    with django_assert_num_queries(3):  # type: ignore[attr-defined]
        assert len(listed(get(client, "/sources/?language=tk"))) == number
    with django_assert_num_queries(6):  # type: ignore[attr-defined]
        page = get(client, "/sources/test-source-0/")
    assert len(re.findall("<li>", page.split('id="use"')[1].split("</ul>")[0])) == number


def test_the_first_view_is_light(client: Client) -> None:
    assert len(get(client, "/sources/").encode()) < 65_000
