"""What an editor changed is reported and kept; what only the file changed is taken over."""

import pytest

from alliances.dossier.records import Change
from alliances.models import (
    Agreement,
    Event,
    EventAgreement,
    MemberSpell,
    Obligation,
    Participation,
    Source,
    State,
)
from alliances.models.base import LOADER
from tests.dossier.conftest import Folder

pytestmark = pytest.mark.django_db
TOGO = "rus-tgo-military-cooperation-2025"


def by_editor(record: object) -> None:
    Change("corrected by an editor").mark(record).save()  # type: ignore[arg-type]


def test_an_editor_s_correction_is_kept_and_named(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    agreement = Agreement.objects.get(ref=TOGO)
    agreement.signed_at = "Lomé"
    by_editor(agreement)
    folder.load()
    assert capsys.readouterr().out == (
        "Dossier: 0 created, 0 updated, 1150 unchanged.\n"
        f"Kept as an editor left it: agreement {TOGO}: signed_at\n"
    )
    agreement.refresh_from_db()
    assert agreement.signed_at == "Lomé"


def test_what_only_the_file_changed_is_taken_over_with_one_history_entry(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.change("agreements.yaml", TOGO, lambda form: form.update(term="ten years"))
    before = Obligation.history.count()
    folder.load()
    assert capsys.readouterr().out == "Dossier: 0 created, 1 updated, 1150 unchanged.\n"
    history = Agreement.history.filter(ref=TOGO).order_by("history_id")
    assert [(row.history_type, row.term, row.history_change_reason) for row in history] == [
        ("+", "indefinite", "First load of the dossier"),
        ("~", "ten years", "Reload of the dossier"),
    ]
    assert Obligation.history.count() == before


def test_nested_records_come_change_and_go_with_the_file(folder: Folder) -> None:
    def change(form: dict) -> None:  # type: ignore[type-arg]
        form["provisions"][0]["confidence"] = "low"
        form["provisions"].append({**form["provisions"].pop(), "id": f"{TOGO}/o9"})

    folder.change("agreements.yaml", TOGO, change)
    folder.load()
    clauses = Obligation.objects.filter(agreement__ref=TOGO).order_by("ref")
    assert [(clause.ref.rpartition("/")[2], clause.confidence) for clause in clauses] == [
        ("o1", "low"),
        ("o2", "high"),
        ("o9", "low"),
    ]
    gone = Obligation.history.get(ref=f"{TOGO}/o3", history_type="-")
    assert gone.history_change_reason == "Reload of the dossier"


def test_a_set_that_an_editor_changed_is_kept(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    event = Event.objects.get(ref="kaz-2022-01-csto-deployment")
    link = event.agreement_links.first()
    assert isinstance(link, EventAgreement)
    link.delete()
    left = event.agreement_links.count()
    folder.load()
    assert f"Kept as an editor left it: event {event.ref}: agreements\n" in capsys.readouterr().out
    assert event.agreement_links.count() == left


def test_what_an_editor_deleted_stays_deleted(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    Event.objects.filter(evidence_for=None).get(ref="ind-1971-12-war").delete()
    folder.load()
    assert (
        "Kept as an editor left it: event ind-1971-12-war: deleted here\n"
        in capsys.readouterr().out
    )
    assert Event.objects.count() == 73


def test_what_an_editor_added_is_left_alone(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    Source.objects.create(ref="new", title="New", kind="news", language="en", seen="page")
    folder.load()
    assert "Here and not in the files; left alone: source new\n" in capsys.readouterr().out


def test_a_refused_reload_leaves_an_earlier_update_of_the_same_load_undone(folder: Folder) -> None:
    folder.change("agreements.yaml", TOGO, lambda form: form.update(term="ten years"))
    folder.change("claims.yaml", "c3-blr", lambda form: form.pop("reasons"))
    folder.refusal()
    assert Agreement.objects.get(ref=TOGO).term == "indefinite"
    assert Participation.history.filter(history_change_reason="Reload of the dossier").count() == 0


def test_what_was_taken_over_is_the_base_of_the_next_load(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second change of the same file is an update again, not a conflict with the first."""
    for term in ("ten years", "five years"):
        folder.change("agreements.yaml", TOGO, lambda form, term=term: form.update(term=term))
        folder.load()
        assert capsys.readouterr().out == "Dossier: 0 created, 1 updated, 1150 unchanged.\n"
    assert Agreement.objects.get(ref=TOGO).term == "five years"


def test_a_file_that_comes_to_say_what_the_editor_said_is_remembered(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    """From then on the two agree, so that a later change of the file is taken over."""
    agreement = Agreement.objects.get(ref=TOGO)
    agreement.term = "ten years"
    by_editor(agreement)
    folder.change("agreements.yaml", TOGO, lambda form: form.update(term="ten years"))
    folder.load()
    assert capsys.readouterr().out == "Dossier: 0 created, 0 updated, 1151 unchanged.\n"
    folder.change("agreements.yaml", TOGO, lambda form: form.update(term="five years"))
    folder.load()
    assert capsys.readouterr().out == "Dossier: 0 created, 1 updated, 1150 unchanged.\n"
    assert Agreement.objects.get(ref=TOGO).term == "five years"


def test_links_go_and_come_with_the_file(folder: Folder) -> None:
    event = Event.objects.get(ref="kaz-2022-01-csto-deployment")
    links = event.agreement_links.order_by("agreement__ref")
    first, *rest = links.values_list("agreement__ref", flat=True)

    def change(form: dict) -> None:  # type: ignore[type-arg]
        form["agreements"] = sorted([*rest, TOGO])

    folder.change("events.yaml", event.ref, change)
    folder.load()
    assert list(links.values_list("agreement__ref", flat=True)) == sorted([*rest, TOGO])
    gone = EventAgreement.history.get(event=event.pk, history_type="-")
    assert gone.agreement.ref == first
    assert gone.history_change_reason == "Reload of the dossier"


def renamed(folder: Folder) -> tuple[str, str, str]:
    """A participation that a member spell names, under another id in the agreements' file."""
    spell = MemberSpell.objects.exclude(participation=None).earliest("ref")
    assert spell.participation is not None
    old, new = spell.participation.ref, f"{spell.participation.ref}1"

    def change(form: dict) -> None:  # type: ignore[type-arg]
        next(stay for stay in form["participations"] if stay["id"] == old)["id"] = new

    folder.change("agreements.yaml", spell.agreement.ref, change)
    return spell.ref, old, new


def test_a_participation_is_renamed_together_with_the_spells_that_name_it(folder: Folder) -> None:
    ref, old, new = renamed(folder)
    for spell in MemberSpell.objects.filter(participation__ref=old):
        folder.change("member_spells.yaml", spell.ref, lambda form: form.update(participation=new))
    folder.load()
    spell = MemberSpell.objects.get(ref=ref)
    assert spell.participation is not None
    assert spell.participation.ref == new
    assert not Participation.objects.filter(ref=old).exists()
    gone = Participation.history.get(ref=old, history_type="-")
    assert (gone.history_by, gone.history_change_reason) == (LOADER, "Reload of the dossier")


def test_a_participation_that_a_spell_still_names_does_not_go(folder: Folder) -> None:
    _ref, old, _new = renamed(folder)
    folder.replace("member_spells.yaml", f"  participation: {old}\n", "")
    spells = MemberSpell.objects.filter(participation__ref=old).order_by("ref")
    kept = spells.last()
    assert kept is not None
    kept.external_id = "kept by an editor"
    by_editor(kept)
    assert (
        folder.refusal() == f"agreements.yaml: {old}: id: is gone, but member spell {kept} names it"
    )


def test_a_record_is_named_by_the_command_s_own_reason(empty_db: None, folder: Folder) -> None:
    """The first load says so, a later one too; whether anything was loaded before decides."""
    for path in folder.path.glob("*.yaml"):
        if path.name != "states.yaml":
            path.write_text("[]\n", encoding="utf-8")
    folder.load()
    folder.change("states.yaml", "TGO", lambda form: form.update(name_ru="Тоголезская Республика"))
    folder.load()
    versions = State.history.filter(ref="TGO").order_by("history_id")
    assert [(row.history_change_reason, row.history_by) for row in versions] == [
        ("First load of the dossier", LOADER),
        ("Reload of the dossier", LOADER),
    ]
