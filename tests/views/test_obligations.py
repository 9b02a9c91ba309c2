"""The scale: twelve answers in order, their counts, twelve disputes, the literature."""

import re
from collections import Counter

import pytest
from django.test import Client

from alliances.vocabulary import Level
from tests.rules.records import records
from tests.views.reading import get, table_rows, words

pytestmark = pytest.mark.django_db
AGREEMENTS = records("agreements")
LEVELS = {row["id"]: row for row in records("obligation_levels")}


def entry(page: str, level: Level) -> str:
    anchor = f"rung-{level.rank}" if level.rank else level.code
    return words(page.split(f'id="{anchor}">')[1].split("</article>")[0])


def test_the_twelve_answers_stand_strongest_first_and_unranked_last(client: Client) -> None:
    page = get(client, "/obligations/")
    anchors = re.findall(r'<article class="clause rung-entry" id="([^"]+)">', page)
    assert anchors == [f"rung-{n}" for n in range(1, 10)] + [
        "unspecified",
        "undisclosed",
        "not_established",
    ]
    contents = re.findall(r'<li><a href="#([^"]+)">', page)
    assert contents == [*anchors, "disputes", "axes", "literature", "citations"]
    assert all(f'id="{anchor}"' in page for anchor in contents)


def test_each_rung_says_what_the_text_must_say_and_how_others_code_it(client: Client) -> None:
    page = get(client, "/obligations/")
    for level in Level:
        record, shown = LEVELS[level.code], entry(page, level)
        for field in ("label", "definition", "requirement", "atop_mapping", "contested"):
            assert " ".join(record.get(field, "").split()) in shown
    assert entry(page, Level.CONSULTATION).startswith(
        "4 Rung 4: Must consult Consultation. The parties consult in a security crisis so as to "
        "coordinate. The text says That the parties consult in a crisis, with the aim of "
        "coordinating; a general wish to consult on world affairs is not enough. "
    )


def test_each_rung_counts_its_clauses_and_agreements_as_the_files_do(client: Client) -> None:
    page = get(client, "/obligations/")
    clauses = Counter(o["level"] for a in AGREEMENTS for o in a.get("provisions", []))
    texts = Counter(
        level for a in AGREEMENTS for level in {o["level"] for o in a.get("provisions", [])}
    )
    for level in Level:
        if level.rank:
            n, m = clauses[level.code], texts[level.code]
            assert f"Here {n} clause{'s' * (n != 1)} in {m} agreement{'s' * (m != 1)} " in entry(
                page, level
            )
    silent = [a for a in AGREEMENTS if not a.get("provisions")]
    hidden = sum(a["text_disclosure"] == "undisclosed" for a in silent)
    assert hidden == 0
    assert "Here No agreement " in entry(page, Level.UNDISCLOSED)
    assert f"Here {len(silent) - hidden} agreement" in entry(page, Level.NOT_ESTABLISHED)
    assert "Here 1 clause in 1 agreement" in entry(page, Level.UNSPECIFIED)


def test_families_open_with_their_names(client: Client) -> None:
    page = get(client, "/obligations/")
    assert re.findall(r'<h2 id="family-(\w+)">', page) == [
        "defence",
        "consultation",
        "restraint",
        "cooperation",
        "unranked",
    ]


def test_all_twelve_disputes_are_argued(client: Client) -> None:
    page = get(client, "/obligations/")
    disputes = re.findall(r'<li id="dispute-(\d+)">(.*?)</li>', page, re.DOTALL)
    assert [int(number) for number, _text in disputes] == list(range(1, 13))
    assert all(len(words(text)) > 100 for _number, text in disputes)
    assert "47 of Russia’s 96 pairs" in words(disputes[7][1])


def test_the_literature_is_listed_and_nothing_only_recalled_is_printed(client: Client) -> None:
    page = get(client, "/obligations/")
    rows = table_rows(page)
    assert [row[0] for row in rows] == [
        "COW Formal Alliances (Gibler and Sarkees 2004; Gibler 2009)",
        "ATOP (Leeds and others 2002; Leeds 2003)",
        "Leeds and Anac 2005",
        "Benson 2011",
        "Fjelstul and Reiter 2019",
        "Benson and Clinton 2016",
        "Alley 2021 and later",
        "Alley, alliance-credibility dashboard (2026, preliminary, marked not for citation)",
        "Kinne, DCAD",
    ]
    assert rows[0][2] == "Three steps; consultation comes last"
    assert "Chiba" not in page
    assert "Mattes: conditional (partly recalled, not verified)." in page
    axes = page.split('id="axes"')[1].split("</section>")[0]
    assert re.findall(r"<dt>(\w+)</dt>", axes) == ["Type", "Scope", "Depth", "Credibility"]
    assert "Journal of Politics 73(4): 1111-1127." in page


def test_the_page_makes_four_queries_and_is_light(
    client: Client, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(4):  # type: ignore[operator]
        page = get(client, "/obligations/")
    assert len(page.encode()) < 40_000
