"""A newer dossier changes what an editor changed too: its change is proposed, and nothing is lost."""

import pytest

from alliances.dossier.records import Change
from alliances.models import Agreement, Event, LoadedRecord, Proposal, State
from alliances.proposals.keeping import keep, open_steps
from alliances.proposals.nouns import BY_NAME, published_form
from tests.admin.desk import address
from tests.dossier.conftest import Folder, folder
from tests.proposals.conftest import signed_in

__all__ = ["folder"]
pytestmark = pytest.mark.django_db
AS_LOADED = "Lomé (27 March 2025) and Moscow (3 April 2025)"
TOGO = "rus-tgo-military-cooperation-2025"
CLASH = "Changed here and in the files; kept, and what else the files changed is proposed: "


@pytest.fixture
def togo() -> Agreement:
    """As an editor left it: the place of its signing corrected."""
    agreement = Agreement.objects.get(ref=TOGO)
    agreement.signed_at = "Lomé"
    Change("corrected by an editor").mark(agreement).save()
    return agreement


def told(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What the command says after its first line."""
    return capsys.readouterr().out.splitlines()[1:]


def step(user, proposal, name):
    proposal.refresh_from_db()
    sent = {"step": name, "number": proposal.number}
    answer = signed_in(user).post(address(Proposal, "change", proposal.pk), sent)
    proposal.refresh_from_db()
    return answer.status_code


def test_other_fields_are_laid_on_what_the_editor_left(folder: Folder, togo, reviewer, capsys):
    folder.change("agreements.yaml", TOGO, lambda form: form.update(term="ten years"))
    folder.load()
    assert told(capsys) == [f"{CLASH}agreement {TOGO}: signed_at, term"]
    proposal = Proposal.objects.get()
    assert (proposal.stage, proposal.author, proposal.author_name) == (
        "in_review",
        None,
        "(loader)",
    )
    assert (proposal.reason, proposal.title) == (
        "The files changed what an editor had changed here",
        str(togo),
    )
    assert (proposal.base["signed_at"], proposal.base["term"]) == ("Lomé", "indefinite")
    assert proposal.form == proposal.base | {"term": "ten years"}
    togo.refresh_from_db()
    assert togo.term == "indefinite"
    assert step(reviewer, proposal, "publish") == 302
    togo.refresh_from_db()
    assert (proposal.stage, togo.signed_at, togo.term) == ("published", "Lomé", "ten years")


def test_the_same_files_propose_nothing_twice(folder: Folder, togo, capsys):
    folder.change("agreements.yaml", TOGO, lambda form: form.update(term="ten years"))
    folder.load()
    told(capsys)
    folder.load()
    assert told(capsys) == [f"Kept as an editor left it: agreement {TOGO}: signed_at, term"]
    assert Proposal.objects.count() == 1


def test_what_was_set_aside_does_not_come_back_with_the_next_change(folder: Folder, togo, reviewer):
    folder.change("agreements.yaml", TOGO, lambda form: form.update(term="ten years"))
    folder.load()
    assert step(reviewer, Proposal.objects.get(), "set_aside") == 302
    folder.change("agreements.yaml", TOGO, lambda form: form.update(title="A better title"))
    folder.load()
    proposal = Proposal.objects.get(stage="in_review")
    assert proposal.form == proposal.base | {"title": "A better title"}
    assert proposal.base["term"] == "indefinite"


def test_what_the_editor_has_already_is_not_proposed(folder: Folder, togo, capsys):
    folder.change("agreements.yaml", TOGO, lambda form: form.update(term="ten years"))
    togo.term = "ten years"
    Change("corrected by an editor").mark(togo).save()
    folder.load()
    assert told(capsys) == [f"{CLASH}agreement {TOGO}: signed_at"]
    assert Proposal.objects.count() == 0
    assert LoadedRecord.objects.get(ref=TOGO).form["term"] == "ten years"


def test_where_both_changed_one_field_somebody_takes_it_up_and_chooses(
    folder: Folder, togo, author, reviewer
):
    folder.change(
        "agreements.yaml", TOGO, lambda form: form.update(signed_at="Kara", term="ten years")
    )
    folder.load()
    proposal = Proposal.objects.get()
    assert proposal.base["signed_at"] == AS_LOADED
    assert (proposal.form["signed_at"], proposal.form["term"]) == ("Kara", "ten years")
    assert step(reviewer, proposal, "publish") == 302
    assert proposal.stage == "in_review"  # the record is not what it was made from
    assert step(author, proposal, "take_up") == 302
    assert (proposal.stage, proposal.author, proposal.author_name) == ("draft", author, "ann")
    client, page = signed_in(author), address(Proposal, "merge", proposal.pk)
    (choice,) = client.get(page).context["choices"]
    assert (choice.part, choice.label) == ("", "Signed at")
    assert (choice.base, choice.mine, choice.theirs) == (
        [AS_LOADED],
        ["Kara"],
        ["Lomé"],
    )
    assert client.post(page, {"number": proposal.number, choice.name: "theirs"}).status_code == 302
    assert step(author, proposal, "submit") == 302
    assert step(reviewer, proposal, "publish") == 302
    togo.refresh_from_db()
    assert (togo.signed_at, togo.term) == ("Lomé", "ten years")
    assert [(note.stage, note.by_name) for note in proposal.steps.all()] == [
        ("in_review", "(loader)"),
        ("draft", "ann"),
        ("in_review", "ann"),
        ("published", "rex"),
    ]


def test_a_record_that_is_gone_here_comes_back_only_by_choice(folder: Folder, author):
    event = Event.objects.filter(evidence_for=None).get(ref="ind-1971-12-war")
    event.delete()
    folder.change("events.yaml", event.ref, lambda form: form.update(title="Another title"))
    folder.load()
    assert not Event.objects.filter(ref=event.ref).exists()
    proposal = Proposal.objects.get()
    assert (proposal.title, proposal.form["title"]) == ("Another title", "Another title")
    assert step(author, proposal, "take_up") == 302
    client, page = signed_in(author), address(Proposal, "merge", proposal.pk)
    (choice,) = client.get(page).context["choices"]
    assert (choice.part, choice.label) == ("", "")
    assert (choice.base, choice.mine, choice.theirs) == (
        ["was there"],
        ["kept, with its changes"],
        ["taken away"],
    )
    assert client.post(page, {"number": proposal.number, choice.name: "mine"}).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.base, proposal.form["title"]) == (None, "Another title")


def test_who_may_not_propose_such_a_record_takes_nothing_up(folder: Folder, author, administrator):
    state = State.objects.get(ref="TGO")
    state.name = "Togo, as edited"
    Change("corrected by an editor").mark(state).save()
    folder.change("states.yaml", state.ref, lambda form: form.update(subregion="West Africa"))
    folder.load()
    proposal = Proposal.objects.get()
    assert open_steps(proposal, author) == []
    assert step(author, proposal, "take_up") == 403
    assert proposal.author is None
    assert step(administrator, proposal, "take_up") == 302
    assert proposal.author == administrator


def test_the_draft_of_a_deleted_account_is_not_lost(author, administrator, togo):
    noun = BY_NAME["agreement"]
    base = published_form(noun, togo.ref)
    draft = keep(noun, base, base | {"term": "x"}, author=author, reason="x", title="x")
    author.delete()
    draft.refresh_from_db()
    assert open_steps(draft, administrator) == ["take_up"]
    assert step(administrator, draft, "take_up") == 302
    assert (draft.stage, draft.author) == ("draft", administrator)
