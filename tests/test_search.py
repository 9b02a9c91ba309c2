"""Search: exact rows in every language and spelling, marks, excerpts, and a text that never lags.

The rows are literals, so that both databases are held to the same ones.
"""

import re
import shutil
from html import unescape
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Model
from django.http import QueryDict
from django.test import Client

from alliances import search
from alliances.filtersets import AgreementFilters, CommitmentFilters
from alliances.models import Agreement, Claim, Event, Obligation, SearchText, Source, State
from alliances.vocabulary import DayStatus
from tests.admin.desk import Desk
from tests.views.reading import get, table_rows, words

pytestmark = pytest.mark.django_db
DAY = "2026-04-30"
TOGO = "rus-tgo-military-cooperation-2025"
TOGO_DRAFT = "rus-tgo-foundations-of-relations-draft-2025"
CST = "csto-collective-security-treaty-1992"
PRK = "rus-prk-comprehensive-strategic-partnership-2024"
IRN = "rus-irn-comprehensive-strategic-partnership-2025"


def asked(query: str) -> QueryDict:
    """A search over every status."""
    given = QueryDict(mutable=True)
    given.update({"q": query, "on": DAY})
    given.setlist("status", list(DayStatus))
    return given


def agreements(query: str) -> list[str]:
    filters = AgreementFilters(asked(query))
    assert filters.is_valid()
    found = [span.agreement.ref for span in filters.ordered.select_related("agreement")]
    assert set(filters.counts.rows) == {span.agreement_id for span in filters.qs}
    return found


def commitments(query: str) -> int:
    filters = CommitmentFilters(asked(query))
    assert filters.is_valid()
    assert filters.qs.count() == len(filters.counts.rows)
    return len(filters.counts.rows)


# --- Rows


@pytest.mark.parametrize(
    ("query", "found", "promises"),
    [
        ("togo", [TOGO, TOGO_DRAFT], 8),
        ("TOGO", [TOGO, TOGO_DRAFT], 8),
        ("того", [TOGO, TOGO_DRAFT], 8),
        ("ТОГО", [TOGO, TOGO_DRAFT], 8),
        ("Togolese Republic", [TOGO, TOGO_DRAFT], 8),
        ("TGO", [TOGO, TOGO_DRAFT], 8),
        ("russia–togo", [TOGO, TOGO_DRAFT], 8),
        ("RUSSIA-TOGO", [TOGO, TOGO_DRAFT], 8),
        ("togo FOUNDATIONS", [TOGO_DRAFT], 2),
        ("togo mali", [], 0),
        ("tashkent", [CST], 348),
        ("ташкент", [], 0),
        (
            "Коллективной безопасности",
            ["csto-charter-2002", "csto-extension-protocol-1999", CST],
            462,
        ),
        (
            "партнЕрстве",
            [
                "rus-ven-strategic-partnership-2025",
                IRN,
                PRK,
                "rus-uzb-strategic-partnership-2004",
                "rus-kgz-eternal-friendship-2000",
            ],
            31,
        ),
        ("ПАРТНЁРСТВЕ всеобъемлющем", [IRN, PRK], 20),
        ("партне\u0308рстве всеобъемлющем", [IRN, PRK], 20),
        (
            "вооружённых",
            [
                "rus-arm-joint-group-2016",
                "rus-syr-hmeimim-air-group-2015",
                "sun-cub-draft-mutual-defence-1962",
            ],
            5,
        ),
        (
            "shall immediately provide",
            [PRK, CST, "sun-prk-friendship-mutual-assistance-1961"],
            36,
        ),
        ("Immediately provide the LATTER with the necessary aid", [CST], 30),
        ("aggression goes on", [CST], 72),
        ("recalled as 11-15", ["cis-charter-1993"], 72),
        ("recalled as 11–15", ["cis-charter-1993"], 72),
        ("member's", ["cis-charter-1993"], 72),
        ("MEMBER’S", ["cis-charter-1993"], 72),
        (
            "casus",
            [
                "rus-aze-allied-declaration-2022",
                "rus-arm-joint-group-2016",
                "rus-arm-air-defence-2015",
            ],
            10,
        ),
        ("Протокол № 5 базе", ["rus-arm-base-protocol5-2010"], 2),
        ("протокол no 5 БАЗЕ", ["rus-arm-base-protocol5-2010"], 2),
        ("100%", [], 0),
        ("text_disclosure", [], 0),
        ("togo_", [], 0),
        ("\\", [], 0),
        ("%", [], 0),
    ],
)
def test_a_search_finds_exactly_the_rows_that_hold_every_word(
    query: str, found: list[str], promises: int
) -> None:
    assert agreements(query) == found
    assert commitments(query) == promises


def test_a_search_for_nothing_finds_everything() -> None:
    assert len(agreements("")) == len(agreements("   ")) == 115
    assert commitments("") == 922


def test_a_search_of_very_many_words_is_answered(client: Client) -> None:
    query = " ".join(chr(ord("a") + n // 26) + chr(ord("a") + n % 26) for n in range(66))
    assert table_rows(get(client, f"/commitments/?q={query}")) == []
    assert len(agreements("a e i o t " + "a e i o t " * 18)) == 115


@pytest.mark.parametrize(
    ("model", "query", "refs"),
    [
        (State, "кндр", ["PRK"]),
        (State, "dprk", ["PRK"]),
        (State, "СОЕДИНЕННЫЕ штаты", ["USA"]),
        (State, "beLArus", ["BLR"]),
        (State, "Беларусь", ["BLR"]),
        (Event, "tavush", ["arm-2020-07-tavush"]),
        (Source, "csto-treaty-gibler", []),
        (Source, "Gibler 4.1442", ["csto-treaty-gibler"]),
    ],
)
def test_every_searched_noun_can_be_asked(model: type[Model], query: str, refs: list[str]) -> None:
    rows = model._default_manager.filter(search.records_with(model, query))
    assert sorted(rows.values_list("ref", flat=True)) == refs


# --- Marks


def unmarked(page: str) -> list[str]:
    """The rows of a page without their marks and excerpts."""
    rows = re.findall(r"<tr>.*?</tr>", page.split("</thead>")[1], re.DOTALL)
    without = (re.sub(r'<span class="flag found">.*?</span>', "", row) for row in rows)
    return [re.sub(r"</?mark>", "", row) for row in without]


def marks(page: str) -> list[str]:
    return [unescape(text) for text in re.findall(r"<mark>(.*?)</mark>", page, re.DOTALL)]


def found(page: str) -> list[str]:
    """The excerpts, with their marks in brackets."""
    spans = re.findall(r'<span class="flag found">(.*?)</span>', page, re.DOTALL)
    return [unescape(re.sub("<mark>(.*?)</mark>", r"[\1]", span)) for span in spans]


@pytest.mark.parametrize("address", ["/commitments/", "/agreements/"])
def test_the_words_are_marked_and_the_rows_are_otherwise_as_without_a_search(
    client: Client, address: str
) -> None:
    party = "partner" if address == "/commitments/" else "party"
    searched = get(client, f"{address}?{party}=TGO&q=toGO&on={DAY}")
    plain = get(client, f"{address}?{party}=TGO&on={DAY}")
    assert "<mark>" not in plain
    assert set(marks(searched)) == {"Togo"}
    assert unmarked(searched) == unmarked(plain)
    assert found(searched) == []


def test_a_row_of_the_agreements_marks_its_title_and_its_parties(client: Client) -> None:
    page = get(client, f"/agreements/?q=RUSSIA-togo+military&on={DAY}")
    (row,) = re.findall(r'<tr>\s*<th scope="row">(.*?)</td>', page, re.DOTALL)
    assert re.findall(r">([^<>]*<mark>.*?)</a>", row) == [
        "<mark>Russia–Togo</mark> <mark>military</mark> cooperation agreement (2025)"
    ]
    assert "<td>Russia, Togo" in row


def test_what_the_row_does_not_show_is_quoted_around_the_word(client: Client) -> None:
    page = get(client, f"/commitments/?q=casus&partner=AZE&on={DAY}")
    assert (
        found(page)
        == [
            "… searches), so article is null. The first quotation is Cau[casus] Watch's close paraphrase. "
            "Relations broke down after …"
        ]
        * 3
    )


def test_a_word_of_another_language_is_quoted_as_it_stands(client: Client) -> None:
    page = get(client, f"/agreements/?q=ПАРТНЕРСТВЕ+dprk&on={DAY}")
    assert found(page) == [
        "Договор о всеобъемлющем стратегическом [партнёрстве] между Российской Федерацией и Корейской …"
    ]
    assert "DPRK" in marks(page)


def test_markup_in_a_text_is_shown_as_text_and_marked_inside(client: Client) -> None:
    agreement = Agreement.objects.get(ref=TOGO)
    agreement.short_title = 'Treaty <b>Togo</b> & "more"'
    agreement.save()
    page = get(client, f"/agreements/?q=<b>togo&on={DAY}")
    assert "Treaty <mark>&lt;b&gt;Togo</mark>&lt;/b&gt; &amp; &quot;more&quot;</a>" in page
    assert "<b>Togo" not in page


def test_the_partners_that_a_search_finds_are_those_whose_promises_hold_the_words(
    client: Client,
) -> None:
    rows = table_rows(get(client, f"/states/?q=base+syria&on={DAY}"))
    assert [(row[0], row[2]) for row in rows] == [
        ("Libya Northern Africa", "Russian base access in eastern Libya, article not known")
    ]


# --- The stored text never lags behind the records


def text_of(record: Model) -> str:
    return SearchText.objects.get(noun=record._meta.model_name, record=record.pk).folded


def test_every_record_of_the_dossier_has_its_text() -> None:
    nouns = (State, Agreement, Obligation, Source, Event, Claim)
    assert SearchText.objects.count() == sum(model.objects.count() for model in nouns)
    assert search.unequal() == []
    assert text_of(State.objects.get(ref="BLR")) == (
        "belarus\nrepublic of belarus\nбелоруссия\nбеларусь\nblr"
    )


def test_a_saved_record_is_found_by_its_new_words_at_once_and_not_by_its_old() -> None:
    state = State.objects.get(ref="TGO")
    state.name_ru, state.other_names = "Новое имя", ["Ёлкино", "Second"]
    state.save()
    assert agreements("елкино НОВОЕ") == [TOGO, TOGO_DRAFT]
    assert agreements("togo second имя") == [TOGO, TOGO_DRAFT]
    source = Source.objects.get(ref="csto-treaty-gibler")
    source.title = "Другое название"
    source.save()
    assert not Source.objects.filter(search.records_with(Source, "4.1442")).exists()
    assert Source.objects.get(search.records_with(Source, "ДРУГОЕ название")) == source
    assert search.unequal() == []


def test_a_deleted_agreement_takes_its_text_and_its_clauses_texts_with_it() -> None:
    agreement = Agreement.objects.get(ref="rus-nic-foreign-forces-entry-authorisations")
    assert agreements("foreign forces nicaragua authorisations") == [agreement.ref]
    pk, clauses = agreement.pk, list(agreement.obligations.values_list("pk", flat=True))
    assert SearchText.objects.filter(noun="obligation", record__in=clauses).count() == 2
    agreement.delete()
    assert not SearchText.objects.filter(noun="obligation", record__in=clauses).exists()
    assert not SearchText.objects.filter(noun="agreement", record=pk).exists()
    assert agreements("foreign forces nicaragua authorisations") == []
    assert search.unequal() == []


def test_clauses_deleted_together_take_their_texts_with_them() -> None:
    clauses = Obligation.objects.filter(agreement__ref=CST)
    pks = list(clauses.values_list("pk", flat=True))
    clauses.delete()
    assert not SearchText.objects.filter(noun="obligation", record__in=pks).exists()
    assert search.unequal() == []


def test_what_an_editor_writes_is_found(client: Client) -> None:
    client.force_login(User.objects.create_superuser("ed"))
    agreement = Agreement.objects.get(ref=TOGO)
    desk = Desk(client, agreement).fill(notes="A quite singular remark")
    desk.fill_row(f"{TOGO}/o1", note="And another: неповторимое")
    assert desk.save("Read again").status_code == 302
    assert agreements("singular REMARK") == [TOGO]
    assert agreements("неповторимое") == [TOGO]
    assert search.unequal() == []


def test_what_a_load_brings_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "dossier"
    shutil.copytree(settings.BASE_DIR / "fixtures" / "dossier", folder)
    states = (folder / "states.yaml").read_text(encoding="utf-8")
    assert states.count("name_ru: Того\n") == 1
    (folder / "states.yaml").write_text(
        states.replace("name_ru: Того\n", "name_ru: Ещё одно\n"), encoding="utf-8"
    )
    call_command("load_dossier", str(folder))
    assert agreements("еще одно") == [TOGO, TOGO_DRAFT]
    assert search.unequal() == []


def test_a_load_that_changes_nothing_writes_no_text() -> None:
    before = list(SearchText.objects.values_list("pk", flat=True))
    call_command("load_dossier")
    assert list(SearchText.objects.values_list("pk", flat=True)) == before


def test_planted_differences_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    state, agreement = State.objects.get(ref="TGO"), Agreement.objects.get(ref=CST)
    SearchText.objects.filter(noun="state", record=state.pk).update(folded="togo")
    SearchText.objects.filter(noun="agreement", record=agreement.pk).delete()
    SearchText.objects.create(noun="claim", record=10**9, folded="left behind")
    planted = sorted([f"agreement {agreement.pk}", f"claim {10**9}", f"state {state.pk}"])
    assert search.unequal() == planted
    with pytest.raises(CommandError):
        call_command("check_dossier")
    lines = capsys.readouterr().out.splitlines()
    named = [line for line in lines if "its search text must be rewritten" in line]
    assert len(named) == 3
    assert all(record in line for record, line in zip(planted, sorted(named), strict=True))


def test_the_migration_fills_the_text_of_records_that_were_there_before() -> None:
    before = set(SearchText.objects.values_list("noun", "record", "folded"))
    SearchText.objects.all().delete()
    assert agreements("togo") == []
    import_module("alliances.migrations.0003_fill_search_text").fill(
        apps, SimpleNamespace(connection=connection)
    )
    assert set(SearchText.objects.values_list("noun", "record", "folded")) == before
    assert search.unequal() == []


def test_no_other_row_is_written_when_a_record_is_saved(
    django_assert_num_queries: object,
) -> None:
    """Its own text and no other: the text of 2000 records is not rewritten at every save."""
    others = SearchText.objects.exclude(noun="source")
    before = set(others.values_list("noun", "record", "folded"))
    source = Source.objects.get(ref="csto-treaty-gibler")
    source.note = "Seen once more"
    source.save()
    assert set(others.values_list("noun", "record", "folded")) == before
    assert text_of(source).endswith("seen once more")


def test_words(client: Client) -> None:
    """A search is said in words above the rows, as it was written."""
    page = get(client, f"/agreements/?q=%20ТоГо%20&on={DAY}")
    assert "Search: “ТоГо”" in words(page)
