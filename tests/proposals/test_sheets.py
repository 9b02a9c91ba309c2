"""Spreadsheets: read strictly, shown row by row, kept as drafts all or none."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from alliances.models import Proposal, Source
from alliances.proposals.sheet_files import Unreadable, read_sheet
from alliances.proposals.sheets import KINDS, run
from tests.proposals.conftest import signed_in

pytestmark = pytest.mark.django_db
TREATY = "rus-blr-security-guarantees-2024"
PAGE = "admin:alliances_proposal_sheet"


def csv(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def xlsx(*rows: list[object]) -> bytes:
    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def tried(kind, *rows, user=None, dry_run=True):
    sheet = read_sheet("a.csv", csv(*rows))
    outcomes, kept = run(KINDS[kind], sheet, user=user, reason="Sheet", dry_run=dry_run)
    told = [
        (each.number, each.what, each.refusals or [str(c.label) for c in each.changes])
        for each in outcomes
    ]
    return told, kept


def test_each_row_says_what_it_would_do():
    source = Source.objects.order_by("ref").first()
    told, kept = tried(
        "source",
        "id,title,kind,language,seen,url",
        f"{source.ref},Another title,{source.kind},{source.language},{source.seen},{source.url}",
        "new-source,A work,news,en,page,https://example.org/",
        "third,A work,gossip,en,page,",
        "fourth,,news,en,page,",
    )
    codes = "treaty-text, official, news, scholarly, dataset, reference"
    assert told[0][:2] == (2, "changed")
    assert "Title" in told[0][2]
    assert told[1] == (
        3,
        "new",
        ["Permanent id", "Title", "Address", "Kind", "Language", "Read or recalled"],
    )
    assert told[2:] == [
        (4, "refused", [f"kind: “gossip” is not one of {codes}"]),
        (5, "refused", ["title: is missing"]),
    ]
    assert kept == []
    assert Proposal.objects.count() == 0


def test_rows_of_one_agreement_are_one_draft(author):
    told, kept = tried(
        "provisions",
        "id,note,article",
        f"{TREATY}/o1,Read again,Art. 9",
        f"{TREATY}/o2,Read again,",
        user=author,
        dry_run=False,
    )
    assert [row[:2] for row in told] == [(2, "changed"), (3, "changed")]
    (proposal,) = kept
    clauses = {row["id"]: row for row in proposal.form["provisions"]}
    assert clauses[f"{TREATY}/o1"]["article"] == "Art. 9"
    assert "article" not in clauses[f"{TREATY}/o2"]
    assert clauses[f"{TREATY}/o2"]["note"] == "Read again"
    assert (proposal.stage, proposal.author_name, proposal.reason) == ("draft", "ann", "Sheet")
    assert proposal.base["provisions"][0]["id"] == f"{TREATY}/o1"


def test_one_bad_row_keeps_all_the_others_out(author):
    told, kept = tried(
        "agreement",
        "id,signed,in_force",
        f"{TREATY},2024-12-05,",
        "rus-tgo-military-cooperation-2025,2025-13-01,",
        user=author,
        dry_run=False,
    )
    assert [row[1] for row in told] == ["changed", "refused"]
    assert told[1][2][0].startswith("signed: ")
    assert (kept, Proposal.objects.count()) == ([], 0)


def test_what_the_rules_refuse_is_refused_here_too():
    told, _kept = tried("agreement", "id,ended", f"{TREATY},2020")
    assert told[0][1] == "refused"


def test_unchanged_rows_are_said_to_be():
    assert tried("agreement", "id", TREATY)[0] == [(2, "unchanged", [])]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", csv("title", "x"), "The column “id” is missing."),
        ("a.csv", csv("id,id", "x,y"), "Each column needs a name of its own in the first row."),
        ("a.csv", csv("id,title"), "It has no rows."),
        ("a.csv", b"", "The column \u201cid\u201d is missing."),
        ("a.csv", csv("id,title", "x,\xff").replace(b"\xc3\xbf", b"\xff"), "Row 2 is not UTF-8."),
        ("a.csv", csv("id,title", "x,y,z"), "Row 2 has more cells than there are columns."),
        ("a.csv", csv("id,title", "x,=1+1"), "Row 2 holds a formula; write the value."),
        ("a.csv", csv("id", *["x"] * 50_000), "It has 50000 rows; at most 500 are read at once."),
        ("a.xlsx", b"PK nonsense", "It is no XLSX file."),
        ("a.ods", b"x", "Only CSV and XLSX files can be read."),
        ("a.xlsx", xlsx(["id", "title"], ["x", "=1+1"]), "Row 2 holds a formula; write the value."),
        ("a.xlsx", xlsx(["id"], *[["x"]] * 600), "It has 600 rows; at most 500 are read at once."),
    ],
)
def test_a_file_that_is_no_sheet(name, content, said):
    with pytest.raises(Unreadable) as refused:
        read_sheet(name, content)
    assert str(refused.value) == said


def test_both_formats_read_alike():
    text = read_sheet("a.csv", csv("id,n,published", "x,3,2024-05-06"))
    book = read_sheet("a.XLSX", xlsx(["id", "n", "published"], ["x", 3, "2024-05-06"]))
    assert list(text) == list(book) == [("x", "3", "2024-05-06")]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["id,colour", "x,red"], "These are no columns of this kind: colour. It has: id, "),
    ],
)
def test_columns_that_are_none(rows, said):
    with pytest.raises(Unreadable) as refused:
        tried("source", *rows)
    assert str(refused.value).startswith(said)


def test_twice_the_same_unknown_owner_unknown_state():
    told, _kept = tried("agreement", "id,term", f"{TREATY},", f"{TREATY},x", ",x")
    assert told[1:] == [
        (3, "refused", ["id: stands twice in the sheet"]),
        (4, "refused", ["id: is missing"]),
    ]
    told, _kept = tried("participations", "id,state", "nowhere/rus-1,RUS", f"{TREATY}/xxx-1,XXX")
    assert told == [
        (2, "refused", ["id: belongs to no agreement here: nowhere"]),
        (3, "refused", ["state: names XXX, which does not exist"]),
    ]


def upload(client, content, kind="agreement", name="sheet.csv"):
    sent = {"kind": kind, "reason": "Sheet", "file": SimpleUploadedFile(name, content)}
    return client.post(reverse(PAGE), sent)


def test_the_page_shows_first_and_keeps_then(author):
    client = signed_in(author)
    shown = upload(client, csv("id,signed", f"{TREATY},2024-12-05"))
    assert shown.context["counts"] == {"new": 0, "changed": 1, "unchanged": 0, "refused": 0}
    assert Proposal.objects.count() == 0
    looked_at = shown.context["looked_at"]
    assert client.post(reverse(PAGE), {"looked_at": looked_at[:-1]}).status_code == 403
    assert client.post(reverse(PAGE), {"looked_at": looked_at}).status_code == 302
    assert Proposal.objects.get().form["signed"] == "2024-12-05"


def test_a_page_with_a_bad_row_has_no_button(author):
    shown = upload(signed_in(author), csv("id,signed", f"{TREATY},soon"))
    assert (shown.context["counts"]["refused"], shown.context["looked_at"]) == (1, "")


def test_who_may_not_propose_such_records_may_not_by_sheet(author, stranger):
    row = csv("id,name", "RUS,Elsewhere")
    assert upload(signed_in(author), row, kind="state").status_code == 403
    assert upload(signed_in(stranger), row).status_code == 403
