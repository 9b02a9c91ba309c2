"""Changes in public: every save and load, field by field, and nobody's name against their will."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from alliances.dossier.records import Change
from alliances.models import (
    Agreement,
    Citation,
    Coverage,
    Event,
    Evidence,
    Obligation,
    ObligationSide,
    PublicName,
    Source,
    State,
)
from alliances.models.base import LATER_LOAD
from tests.exports.files import csv_rows, json_rows
from tests.views.reading import get, words

pytestmark = pytest.mark.django_db
CSTO = "csto-collective-security-treaty-1992"
SPEAKING = "The records were first loaded: 1151 records"


@pytest.fixture
def editor() -> User:
    return User.objects.create_superuser("secret-account", "secret@example.org")


def entries(page: str) -> list[str]:
    """Every entry of a page in words, without its time."""
    found = re.findall(r'<article class="entry change".*?</article>', page, re.DOTALL)
    return [re.sub(r"^\d+ \w+ \d{4}, \d\d:\d\d UTC ", "", words(entry)) for entry in found]


def save(editor: User | None, why: str, *rows: Any) -> None:
    change = Change(why, editor)
    for row in rows:
        change.mark(row).save()


def test_the_first_load_is_one_entry(client: Client) -> None:
    page = get(client, "/changes/")
    (entry,) = entries(page)
    assert entry == (
        f"{SPEAKING} Written: agreements: 115, articles: 1, citations: 769, claims: 56, "
        "coverage: 25, data sets: 4, differences: 70, events: 74, agreements of an event: 111, "
        "evidence: 416, external codings: 38, member spells: 26, obligations: 174, obligation "
        "levels: 12, sides of an obligation: 103, omissions: 22, participations: 274, "
        "sources: 676, states: 32"
    )
    assert "1 change in the records: what, when and why, the newest first." in words(page)


def test_one_save_is_one_entry_with_every_field_as_the_pages_print_it(
    client: Client, editor: User
) -> None:
    agreement = Agreement.objects.get(ref=CSTO)
    agreement.signed_at, agreement.ended, agreement.kind = "Tashkent <1>", "2027-03", "declaration"
    agreement.participations_known, agreement.made_by = False, State.objects.get(ref="SUN")
    stay = agreement.participations.get(state__ref="ARM")
    stay.left = "2026-11-02"
    save(editor, "Read it & more", agreement, stay)
    entry, first = entries(get(client, "/changes/"))
    assert entry == (
        "Collective Security Treaty (1992) Agreement changed. All changes of this record "
        "Why: Read it & more "
        "Kind Collective defence treaty → Declaration Made by a former state blank → Soviet Union "
        "Signed at Tashkent → Tashkent <1> Ended blank → Mar 2027 "
        "Who takes part is established yes → no "
        "Changed, participation: Armenia Left blank → 2 Nov 2026"
    )
    assert first.startswith(SPEAKING)


def test_rows_of_every_kind_stand_under_the_record_they_belong_to(
    client: Client, editor: User
) -> None:
    side: Any = ObligationSide.objects.exclude(obligation__article="").earliest("pk")
    citation: Any = Citation.objects.exclude(event=None).earliest("pk")
    evidence: Any = Evidence.objects.exclude(omission=None).exclude(source=None).earliest("pk")
    owners = [
        side.obligation.agreement.short_title,
        citation.event.title,
        evidence.omission.state.name,
    ]
    gone = [
        f"side of an obligation: {side.obligation.article}, {side.state}, {side.get_role_display()}",
        f"citation: {citation.source.title}",
        f"evidence: {evidence.source.title}",
    ]
    for row in (side, citation, evidence):
        Change("Not so", editor).delete(row)
    listed = entries(get(client, "/changes/"))[:3][::-1]
    for entry, owner, what in zip(listed, owners, gone, strict=True):
        assert entry.startswith(f"{owner} ")
        assert f"Why: Not so Removed, {what}" in entry


def test_what_a_later_load_wrote_is_one_entry_with_its_records(client: Client) -> None:
    source = Source.objects.get(ref="csto-treaty-gibler")
    source.language = "fr"
    agreement = Agreement.objects.get(ref=CSTO)
    stay = agreement.participations.get(state__ref="ARM")
    stay.note = "Another note"
    save(None, LATER_LOAD, source, stay)
    page = get(client, "/changes/")
    assert entries(page)[0] == (
        "Newer files were loaded: 2 records changed Written: participations: 1, sources: 1 "
        f"Collective Security Treaty (1992) {source.title}"
    )
    assert f'href="/sources/{source.ref}/changes/"' in page
    own = entries(get(client, f"/sources/{source.ref}/changes/"))
    assert own == [
        "Source changed. Loaded from the files Language English → French",
        "Source added. Loaded from the files",
    ]


def test_no_editor_is_named_who_did_not_choose_to_be(client: Client, editor: User) -> None:
    source = Source.objects.get(ref="csto-treaty-gibler")
    source.note = "Seen"
    save(editor, "Checked", source)
    addresses = ("/changes/", f"/sources/{source.ref}/changes/", "/changes/feed.atom")
    for address in addresses:
        page = get(client, address)
        assert "Checked" in page
        assert "secret" not in page
        assert "(loader)" not in page
    PublicName.objects.create(user=editor, name="Ada")
    for address in addresses[:2]:
        assert "Why: Checked By Ada Note" in words(get(client, address))
    assert "<author><name>Ada</name></author>" in get(client, addresses[2])
    editor.delete()
    assert "Ada" not in get(client, "/changes/")


def test_what_is_gone_is_said_to_be_and_linked_to_its_history_alone(
    client: Client, editor: User
) -> None:
    source = Source(ref="gone", title="Gone", kind="news", language="en", seen="page")
    save(editor, "Found", source)
    Change("Twice here", editor).delete(source)
    page = get(client, "/changes/")
    assert entries(page)[:2] == [
        "Gone Source removed. All changes of this record Why: Twice here",
        "Gone Source added. It was removed since. All changes of this record Why: Found",
    ]
    assert 'href="/sources/gone/"' not in page
    own = get(client, "/sources/gone/changes/")
    assert "2 changes since the record was first made. The record was removed;" in words(own)
    assert 'href="/sources/gone/"' not in own
    assert entries(own) == ["Source removed. Why: Twice here", "Source added. Why: Found"]


def test_a_record_s_own_page_tells_what_came_with_it(client: Client) -> None:
    assert entries(get(client, f"/agreements/{CSTO}/changes/")) == [
        "Agreement added. Loaded from the files Made with it: citations: 30, differences: 6, "
        "external codings: 2, member spells: 10, obligations: 6, participations: 10"
    ]


@pytest.mark.parametrize(
    ("record", "changes"),
    [
        (f"/agreements/{CSTO}/", f"/agreements/{CSTO}/changes/"),
        ("/states/armenia/", "/states/armenia/changes/"),
        ("/events/arm-2022-09-csto-appeal/", "/events/arm-2022-09-csto-appeal/changes/"),
        ("/claims/c15-irn/", "/claims/c15-irn/changes/"),
        ("/sources/csto-treaty-gibler/", "/sources/csto-treaty-gibler/changes/"),
    ],
)
def test_record_and_changes_lead_to_each_other(client: Client, record: str, changes: str) -> None:
    page = get(client, record)
    assert f'<a href="{changes}">What changed in this record, when and why</a>' in page
    assert 'type="application/atom+xml" title="Changes" href="/changes/feed.atom"' in page
    assert f'<a href="{record}">' in get(client, changes)


def test_a_state_s_changes_have_one_address(client: Client) -> None:
    response = client.get("/states/PRK/changes/")
    assert response["Location"] == "/states/north-korea/changes/"
    assert client.get("/states/nowhere/changes/").status_code == 404
    assert client.get("/sources/CSTO-treaty-gibler/changes/").status_code == 404


def test_kinds_are_chosen_and_pages_are_turned(client: Client, editor: User) -> None:
    source, event = Source.objects.latest("pk"), Event.objects.latest("pk")
    for number in range(26):
        source.note = str(number)
        save(editor, f"No. {number}", source)
    event.threat = "x"
    save(editor, "Event", event)
    assert len(entries(get(client, "/changes/"))) == 25
    assert len(entries(get(client, "/changes/?page=2"))) == 3
    assert "Page 2 of 2: 26 to 28 of 28" in words(get(client, "/changes/?page=2"))
    (last,) = entries(get(client, "/changes/?kind=source&page=2"))
    assert "Why: No. 0 " in last
    both = entries(get(client, "/changes/?kind=event&kind=load"))
    assert [("Why: Event" in both[0]), both[1][: len(SPEAKING)]] == [True, SPEAKING]
    response = client.get("/changes/?kind=source&page=3")
    assert response.status_code == 404
    assert 'href="/changes/?kind=source&amp;page=2"' in response.content.decode()
    assert "Nothing of this kind has changed." in words(get(client, "/changes/?kind=claim"))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("kind=gossip", "What changed “gossip” is not one of the choices."),
        ("page=0", "Page: Write a page number, for example 2."),
        ("page=1&page=2", "Page: Give this once."),
    ],
)
def test_a_bad_value_is_refused_without_rows(client: Client, query: str, message: str) -> None:
    response = client.get(f"/changes/?{query}")
    page = response.content.decode()
    assert response.status_code == 400
    assert message in words(page)
    assert entries(page) == []


def test_what_no_page_knows_is_named(client: Client) -> None:
    ignored = "Ignored, because this page does not know them: nonsense"
    for address in ("/changes/", "/states/armenia/changes/"):
        page = words(get(client, f"{address}?nonsense=1&utm_source=x"))
        assert ignored in page
        assert "utm" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_pages_make_as_many_queries_for_any_number(
    client: Client,
    editor: User,
    django_assert_num_queries: Callable[[int], Any],
    number: int,
) -> None:
    agreement = Agreement.objects.get(ref=CSTO)
    PublicName.objects.create(user=editor, name="Ada")
    for each in range(number):
        clause: Any = Obligation.objects.filter(agreement=agreement)[each]
        clause.note = agreement.signed_at = f"{each}"
        stay = agreement.participations.all()[each]
        stay.note = f"{each}"
        source: Any = Source.objects.all()[each]
        source.note = coverage_note = f"{each}"
        coverage: Any = Coverage.objects.all()[each]
        coverage.researched_to = f"20{30 + each}"
        save(editor, coverage_note, agreement, clause, stay, source, coverage)
        save(None, LATER_LOAD, Event.objects.all()[each], clause)
    with django_assert_num_queries(8):
        assert len(entries(get(client, "/changes/"))) == 4 * number + 1
    with django_assert_num_queries(6):
        own = entries(get(client, f"/agreements/{CSTO}/changes/"))
    assert len(own) == number + 1 + number


# --- The same as files


def lines_of(client: Client, address: str) -> list[dict[str, Any]]:
    return json_rows(b"".join(client.get(address).streaming_content))  # type: ignore[attr-defined]


def test_a_file_has_a_line_for_each_field_that_a_save_changed(client: Client) -> None:
    state = State.objects.get(ref="TGO")
    state.official_name, state.subregion = "Togolese Republic of old", "Nowhere"
    state._change_reason = "For the test"  # type: ignore[attr-defined]
    state.save()
    rows = lines_of(client, "/changes/?kind=state&format=json")
    assert [(row["field"], row["new"]) for row in rows] == [
        ("Official name", "Togolese Republic of old"),
        ("Subregion", "Nowhere"),
    ]
    shared = {name: rows[0][name] for name in ("kind", "record", "record_name", "change", "why")}
    assert shared == {
        "kind": "state",
        "record": "TGO",
        "record_name": "Togo",
        "change": "changed",
        "why": "For the test",
    }
    assert [row["old"] for row in rows] == ["Togolese Republic", "Western Africa"]
    first = lines_of(client, "/states/togo/changes/?format=json")[:2]
    assert first == rows


def test_the_first_load_is_one_line_of_a_file(client: Client) -> None:
    (row,) = lines_of(client, "/changes/?format=json")
    assert (row["kind"], row["record"], row["change"], row["who"]) == ("load", None, None, None)
    body = b"".join(client.get("/changes/?format=csv").streaming_content)  # type: ignore[attr-defined]
    assert len(csv_rows(body)) == 1
