"""Draft, review, publication, undoing: through the pages, as editors of each role use them."""

import pytest

from alliances.dossier.records import export_record
from alliances.models import Agreement, Event, Obligation, Proposal, Source
from alliances.proposals.nouns import BY_NAME
from alliances.vocabulary import Stage
from tests.admin.desk import Desk, address
from tests.proposals.conftest import signed_in

pytestmark = pytest.mark.django_db
EVENT = BY_NAME["event"]
WHY = "The text is dated the 5th"


def steps(proposal):
    return [(note.stage, note.by_name, note.note) for note in proposal.steps.all()]


def press(user, proposal, step, note="", number=None):
    proposal.refresh_from_db()
    sent = {"step": step, "note": note, "number": number or proposal.number}
    return signed_in(user).post(f"{address(Proposal, 'change', proposal.pk)}", sent)


def proposed(user, record, button="_submit", **values):
    answer = Desk(signed_in(user), record).fill(**values).save(WHY, button)
    proposal = Proposal.objects.latest("pk")
    assert answer.status_code == 302
    assert answer.url == address(Proposal, "change", proposal.pk)
    return proposal


def test_a_change_goes_from_draft_to_readers(author, reviewer, guarantees):
    proposal = proposed(author, guarantees, "_draft", signed="2024-12-05")
    assert (proposal.stage, proposal.base["signed"]) == (Stage.DRAFT, "2024-12-06")
    assert proposal.form == proposal.base | {"signed": "2024-12-05"}
    guarantees.refresh_from_db()
    assert str(guarantees.signed) == "2024-12-06"
    assert guarantees.history.count() == 1
    press(author, proposal, "submit")
    press(reviewer, proposal, "publish", "Checked against the text")
    proposal.refresh_from_db()
    guarantees.refresh_from_db()
    assert str(guarantees.signed) == "2024-12-05"
    version = guarantees.history.latest()
    assert (version.history_by, version.history_change_reason) == ("ann", WHY)
    assert version.history_date == proposal.published_at
    assert (proposal.stage, proposal.reviewer_name) == (Stage.PUBLISHED, "rex")
    assert steps(proposal) == [
        ("draft", "ann", ""),
        ("in_review", "ann", ""),
        ("published", "rex", "Checked against the text"),
    ]


def test_nobody_publishes_their_own(author, reviewer, guarantees):
    proposal = proposed(reviewer, guarantees, signed="2024-12-05")
    assert press(reviewer, proposal, "publish").status_code == 403
    assert press(author, proposal, "publish").status_code == 403
    proposal.refresh_from_db()
    assert proposal.stage == Stage.IN_REVIEW
    guarantees.refresh_from_db()
    assert str(guarantees.signed) == "2024-12-06"


def test_an_administrator_publishes_at_once(administrator, guarantees):
    proposal = proposed(administrator, guarantees, "_publish", signed="2024-12-05")
    assert (proposal.stage, proposal.reviewer_name) == (Stage.PUBLISHED, "adam")


def test_a_draft_is_edited_where_it_stands_and_sent_back(author, reviewer, guarantees):
    proposal = proposed(author, guarantees, "_draft", signed="2024-12-05")
    desk = Desk.draft(signed_in(author), proposal)
    assert desk.sent["signed"] == "2024-12-05"
    desk.fill(signed_at="Minsk, at night")
    level, source = Obligation.objects.first().level_id, guarantees.citations.first().source_id
    clause = {"level": level, "trigger_code": "not_stated", "confidence": "low", "mutual": "on"}
    desk.add_row("obligations", **clause, source=source, note="New here")
    assert desk.save("Two things", "_draft").status_code == 302
    proposal.refresh_from_db()
    ref = guarantees.ref
    assert proposal.form["signed_at"] == "Minsk, at night"
    assert proposal.form["provisions"][-1]["id"] == f"{ref}/o6"
    assert (proposal.reason, proposal.number, Proposal.objects.count()) == ("Two things", 2, 1)
    # A row that only the draft has is edited like any other.
    desk = Desk.draft(signed_in(author), proposal).fill_row(f"{ref}/o6", note="Newer")
    assert desk.save("Two things", "_submit").status_code == 302
    proposal.refresh_from_db()
    assert proposal.form["provisions"][-1]["note"] == "Newer"
    assert proposal.stage == Stage.IN_REVIEW
    assert Obligation.objects.filter(ref=f"{ref}/o6").count() == 0
    press(reviewer, proposal, "send_back", "Where does it say so?")
    proposal.refresh_from_db()
    assert (proposal.stage, steps(proposal)[-1]) == (
        Stage.DRAFT,
        ("draft", "rex", "Where does it say so?"),
    )


def test_a_draft_s_new_row_is_known_again_though_others_were_added(author, guarantees):
    proposal = proposed(author, guarantees, "_draft", signed="2024-12-05")
    first = guarantees.obligations.first()
    clause = {"level": first.level_id, "trigger_code": "not_stated", "confidence": "low"}
    desk = Desk.draft(signed_in(author), proposal)
    desk.add_row("obligations", **clause, mutual="on", source=first.source_id, note="New here")
    assert desk.save("A clause", "_draft").status_code == 302
    ref = f"{guarantees.ref}/o6"
    desk = Desk.draft(signed_in(author), proposal).fill_row(ref, note="Newer")
    # Meanwhile somebody else's row takes the next primary key.
    others = Obligation.objects.exclude(agreement=guarantees).filter(mutual=True).first()
    others.pk, others.ref, others._state.adding = None, f"{others.agreement.ref}/o99", True
    others.save()
    assert desk.save("A clause", "_draft").status_code == 302
    proposal.refresh_from_db()
    assert [(row["id"], row["note"]) for row in proposal.form["provisions"][5:]] == [(ref, "Newer")]


def test_a_new_record_is_nowhere_until_it_is_published(author, reviewer):
    values = {"ref": "xxx-source-2026", "title": "A work", "kind": "news", "language": "en"}
    values |= {"seen": "page", "url": "https://example.org/a"}
    desk = Desk(signed_in(author), Source).fill(**values)
    assert desk.save("", "_submit").status_code == 302
    proposal = Proposal.objects.get()
    assert (proposal.base, proposal.form["id"]) == (None, "xxx-source-2026")
    assert not Source.objects.filter(ref="xxx-source-2026").exists()
    press(reviewer, proposal, "publish")
    assert Source.objects.get(ref="xxx-source-2026").title == "A work"


def test_what_it_lacks_holds_it_back(author, guarantees):
    """A clause without a source and without a reason for its level; what lacked before does not."""
    level = Obligation.objects.first().level_id
    clause = {"level": level, "trigger_code": "not_stated", "confidence": "low", "mutual": "on"}
    desk = Desk(signed_in(author), guarantees).add_row("obligations", **clause)
    assert desk.save(WHY, "_submit").status_code == 302
    proposal = Proposal.objects.get()
    assert proposal.stage == Stage.DRAFT
    page = signed_in(author).get(address(Proposal, "change", proposal.pk))
    ref = f"{guarantees.ref}/o6"
    assert [(need.ref, str(need.words)) for need in page.context["lacking"]] == [
        (ref, "The source of the clause"),
        (ref, "The reason for its level: its words, or a note"),
    ]
    press(author, proposal, "submit")
    proposal.refresh_from_db()
    assert proposal.stage == Stage.DRAFT


def test_a_withdrawal_and_the_way_back(author, reviewer, administrator):
    """What goes comes back under the same keys, with all that belonged to it and its history."""
    event = Event.objects.filter(evidence_for=None).exclude(citations=None).first()
    before = export_record(EVENT, EVENT.all().get(pk=event.pk))
    citations = list(event.citations.values_list("pk", "ref"))
    sent = {"post": "yes", "change_reason": "Entered twice", "_submit": "yes"}
    signed_in(author).post(address(event, "delete", event.pk), sent)
    proposal = Proposal.objects.get()
    assert (proposal.form, proposal.base, proposal.stage) == (None, before, Stage.IN_REVIEW)
    press(reviewer, proposal, "publish")
    assert not Event.objects.filter(ref=event.ref).exists()
    assert Event.history.filter(id=event.pk).latest().history_change_reason == "Entered twice"
    press(author, proposal, "undo")
    undoing = Proposal.objects.latest("pk")
    press(author, undoing, "submit")
    press(reviewer, undoing, "publish")
    again = EVENT.all().get(ref=event.ref)
    assert again.pk == event.pk
    assert list(again.citations.values_list("pk", "ref")) == citations
    assert export_record(EVENT, again) == before
    assert [each.history_type for each in again.history.all()] == ["+", "-", "+"]


def test_a_published_change_is_taken_back_and_later_ones_stay(administrator, guarantees):
    first = proposed(administrator, guarantees, "_publish", signed="2024-12-05")
    proposed(administrator, guarantees, "_publish", signed_at="Elsewhere")
    answer = press(administrator, first, "undo")
    undoing = Proposal.objects.latest("pk")
    assert answer.url == address(Proposal, "change", undoing.pk)
    assert undoing.reason == f"Undoes: {WHY}"
    press(administrator, undoing, "publish")
    guarantees.refresh_from_db()
    assert (str(guarantees.signed), guarantees.signed_at) == ("2024-12-06", "Elsewhere")


def test_an_older_version_is_proposed_from_the_history(administrator, author, guarantees):
    first = guarantees.history.latest().history_date
    proposed(administrator, guarantees, "_publish", signed="2024-12-05")
    page = address(guarantees, "history", guarantees.pk)
    client = signed_in(author)
    newest = guarantees.history.latest().history_date
    html = client.get(page, {"a": first.isoformat(), "b": newest.isoformat()})
    assert [(str(each.label), each.before, each.after) for each in html.context["differences"]] == [
        ("Signed", ["2024-12-06"], ["2024-12-05"])
    ]
    assert client.post(page, {"back_to": first.isoformat()}).status_code == 302
    proposal = Proposal.objects.latest("pk")
    assert proposal.form["signed"] == "2024-12-06"
    assert proposal.base["signed"] == "2024-12-05"


def test_the_second_to_save_loses_nothing(administrator, author, guarantees):
    slow = Desk(signed_in(author), guarantees).fill(signed_at="Elsewhere")
    proposed(administrator, guarantees, "_publish", signed="2024-12-05")
    answer = slow.save("The place", "_submit")
    proposal = Proposal.objects.latest("pk")
    assert answer.url == address(Proposal, "change", proposal.pk)
    assert proposal.stage == Stage.DRAFT
    assert (proposal.form["signed"], proposal.form["signed_at"]) == ("2024-12-05", "Elsewhere")
    assert proposal.base["signed"] == "2024-12-05"


def test_two_who_change_one_field_choose(administrator, author, guarantees):
    slow = Desk(signed_in(author), guarantees).fill(signed="2024-12-04", signed_at="Elsewhere")
    proposed(administrator, guarantees, "_publish", signed="2024-12-05")
    slow.save("The date", "_submit")
    proposal = Proposal.objects.latest("pk")
    assert (proposal.stage, proposal.base["signed"]) == (Stage.DRAFT, "2024-12-06")
    client, page = signed_in(author), f"{address(Proposal, 'merge', proposal.pk)}"
    shown = client.get(page).context["choices"]
    assert [(each.name, each.label, each.base, each.mine, each.theirs) for each in shown] == [
        ("record signed", "Signed", ["2024-12-06"], ["2024-12-04"], ["2024-12-05"])
    ]
    assert client.post(page, {"number": proposal.number}).status_code == 200
    sent = {"number": proposal.number, "record signed": "mine"}
    assert client.post(page, sent).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.base["signed"], proposal.form["signed"]) == ("2024-12-05", "2024-12-04")
    assert proposal.form["signed_at"] == "Elsewhere"


def test_a_page_without_its_seal_is_refused(author, guarantees):
    desk = Desk(signed_in(author), guarantees).fill(signed="2024-12-05")
    desk.sent["made_from"] = desk.sent["made_from"][:-1] + "x"
    assert desk.save(WHY, "_draft").status_code == 403
    desk.sent["made_from"] = ""
    assert desk.save(WHY, "_draft").status_code == 403
    assert Proposal.objects.count() == 0


def test_several_are_counted_and_then_published(author, reviewer, guarantees):
    """Of three, one is a draft and one the reviewer's own: one is published."""
    mine = proposed(reviewer, guarantees, term="x")
    draft = proposed(author, guarantees, "_draft", term="y")
    ready = proposed(author, guarantees, signed="2024-12-05")
    client, page = signed_in(reviewer), address(Proposal, "changelist")
    chosen = {"action": "publish_selected", "_selected_action": [mine.pk, draft.pk, ready.pk]}
    shown = client.post(page, chosen)
    assert [each.pk for each in shown.context["ready"]] == [ready.pk]
    assert shown.context["others"] == 1  # somebody else's draft is not even seen
    ready.refresh_from_db()
    assert ready.stage == Stage.IN_REVIEW
    sent = {"confirmed": "yes", f"number-{ready.pk}": ready.number}
    client.post(page, chosen | sent)
    stages = {each.pk: each.stage for each in Proposal.objects.all()}
    assert stages == {mine.pk: "in_review", draft.pk: "draft", ready.pk: "published"}
    guarantees.refresh_from_db()
    assert str(guarantees.signed) == "2024-12-05"


def test_a_page_made_for_another_record_is_refused(author, guarantees):
    """Its seal is good, its record is not."""
    other = Agreement.objects.exclude(pk=guarantees.pk).first()
    sealed = Desk(signed_in(author), other).sent["made_from"]
    desk = Desk(signed_in(author), guarantees).fill(signed="2024-12-05", made_from=sealed)
    assert desk.save(WHY, "_draft").status_code == 403
    draft = proposed(author, guarantees, "_draft", signed="2024-12-05")
    sealed = Desk.draft(signed_in(author), draft).sent["made_from"]
    desk = Desk(signed_in(author), guarantees).fill(signed="2024-12-04", made_from=sealed)
    assert desk.save(WHY, "_draft").status_code == 403
    assert Proposal.objects.count() == 1


def test_a_draft_s_page_takes_no_answer_to_another_draft(author, guarantees):
    """Both are the author's own; and the answer to a record's page is none to a draft's."""
    other = Agreement.objects.exclude(pk=guarantees.pk).first()
    one = proposed(author, guarantees, "_draft", signed="2024-12-05")
    two = proposed(author, other, "_draft", term="x")
    before = list(Proposal.objects.order_by("pk").values())
    for sealed in (
        Desk.draft(signed_in(author), two).sent["made_from"],
        Desk(signed_in(author), guarantees).sent["made_from"],
    ):
        desk = Desk.draft(signed_in(author), one).fill(signed="2024-12-04", made_from=sealed)
        assert desk.save(WHY, "_draft").status_code == 403
    assert list(Proposal.objects.order_by("pk").values()) == before


def test_a_change_of_a_record_that_was_withdrawn_meanwhile(administrator, author):
    """Its author says whether the record comes back, changed, or stays away."""
    event = Event.objects.filter(evidence_for=None).first()
    slow = Desk(signed_in(author), event).fill(title="Otherwise")
    sent = {"post": "yes", "change_reason": "Entered twice", "_publish": "yes"}
    signed_in(administrator).post(address(event, "delete", event.pk), sent)
    assert not Event.objects.filter(ref=event.ref).exists()
    assert slow.save("A better title", "_submit").status_code == 302
    draft = Proposal.objects.latest("pk")
    assert (draft.stage, draft.form["title"]) == (Stage.DRAFT, "Otherwise")
    client, page = signed_in(author), address(Proposal, "merge", draft.pk)
    html = client.get(page).content.decode()
    assert html.count('type="radio" name="record"') == 2
    assert client.post(page, {"number": draft.number, "record": "mine"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.base, draft.form["title"]) == (None, "Otherwise")
    press(author, draft, "submit")
    press(administrator, draft, "publish")
    assert Event.objects.get(ref=event.ref).pk == event.pk


def test_clauses_of_one_agreement_go_together(author, guarantees):
    clauses = list(guarantees.obligations.all()[:2])
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in clauses]}
    sent = chosen | {"post": "yes", "change_reason": "Entered twice", "_submit": "yes"}
    answer = signed_in(author).post(address(Obligation, "changelist"), sent, follow=True)
    proposal = Proposal.objects.get()
    gone = {row["id"] for row in proposal.base["provisions"]} - {
        row["id"] for row in proposal.form["provisions"]
    }
    assert gone == {row.ref for row in clauses}
    assert proposal.stage == Stage.IN_REVIEW
    assert "1 withdrawal is proposed." in answer.content.decode()
