"""What an editor saves: the record, its nested rows and sets, the derived rows and the history."""

import pytest
from django.utils.html import strip_tags

from alliances.commitments import unequal
from alliances.models import (
    Agreement,
    AgreementSpan,
    Citation,
    CommitmentSpan,
    Coverage,
    Event,
    Obligation,
    ObligationLevel,
    ObligationSide,
    Participation,
    Source,
    State,
)
from tests.admin.desk import Desk, address

pytestmark = pytest.mark.django_db


def state(code: str) -> State:
    return State.objects.get(ref=code)


def last(model):
    """Kind, person and reason of the last thing that the history says of a model."""
    version = model.history.latest()
    return version.history_type, str(version.history_user), version.history_change_reason


def history_rows(client, record) -> list[str]:
    """The history page's first entry, as words."""
    page = client.get(address(record, "history", record.pk)).content.decode()
    entry = page.split("<tbody>")[1].split("</tr>")[0]
    cells = [" ".join(strip_tags(cell).split()) for cell in entry.split("</td>")]
    return [cell for cell in cells[1:] if cell]  # the first chooses versions to compare


def test_a_corrected_date_reaches_the_derived_rows_and_the_history(client, guarantees):
    answer = Desk(client, guarantees).fill(signed="2024-12-05").save("The text is dated the 5th")
    assert answer.status_code == 302
    spans = AgreementSpan.objects.filter(agreement=guarantees, first="2024-12-05")
    assert [span.status for span in spans] == ["signed"]
    signed = CommitmentSpan.objects.filter(commitment__agreement=guarantees, status="signed")
    assert {str(span.first) for span in signed} == {"2024-12-05"}
    assert unequal() == []
    assert last(Agreement) == ("~", "ed", "The text is dated the 5th")
    _when_and_who, why, what = history_rows(client, guarantees)
    assert _when_and_who.endswith(" ed")
    assert why == "The text is dated the 5th"
    assert what == "Agreement changed. Signed: 6 Dec 2024 → 5 Dec 2024"


def test_the_first_load_opens_the_history(client, guarantees):
    _when_and_who, why, what = history_rows(client, guarantees)
    assert _when_and_who.endswith(" the loader")
    assert why == "First load of the dossier"
    assert what.startswith("Agreement added. Added, citation: ")
    assert what.count("Added, participation: ") == 2


def test_nested_rows_share_the_reason_the_person_and_the_moment(client, guarantees):
    ref = guarantees.ref
    desk = Desk(client, guarantees)
    desk.fill_row(f"{ref}/rus-1", ratified="2025-03-01")
    desk.fill_row(f"{ref}/o4", note="Checked")
    desk.fill_row(f"{ref}/c2", DELETE="on")
    assert desk.save("Read the text again").status_code == 302
    versions = [each.history.latest() for each in (Participation, Obligation, Citation)]
    assert [version.ref for version in versions] == [f"{ref}/rus-1", f"{ref}/o4", f"{ref}/c2"]
    assert {version.history_change_reason for version in versions} == {"Read the text again"}
    assert {str(version.history_user) for version in versions} == {"ed"}
    assert len({version.history_date for version in versions}) == 1
    assert guarantees.history.count() == 1
    assert history_rows(client, guarantees)[2] == (
        "Agreement changed. Removed, citation: Федеральный закон от 28.02.2025 № 12-ФЗ о "
        f"ратификации Договора о гарантиях безопасности ({ref}/c2) "
        f"Changed, obligation: Art. 5, Grants bases or access ({ref}/o4) Note: blank → Checked "
        f"Changed, participation: Russia ({ref}/rus-1) Ratified: 28 Feb 2025 → 1 Mar 2025"
    )


def test_new_rows_get_ids_that_no_row_ever_had(client, guarantees):
    ref, source = guarantees.ref, Source.objects.get(ref="blr-2024-guarantees-text")
    Desk(client, guarantees).fill_row(f"{ref}/c11", DELETE="on").save("Not about this treaty")
    level = ObligationLevel.objects.get(ref="consultation")
    clause = {"level": level.pk, "trigger_code": "not_stated", "confidence": "low", "mutual": "on"}
    clause |= {"source": source.pk, "note": "They consult where one is threatened."}
    desk = Desk(client, guarantees)
    desk.add_row("participations", state=state("ARM").pk, joined="2025-04")
    desk.add_row("obligations", **clause)
    desk.add_row("citations", source=source.pk, supports="parties\r\n\r\n in_force ")
    assert desk.save("Armenia acceded").status_code == 302
    guarantees.refresh_from_db()
    assert guarantees.participations.get(state__ref="ARM").ref == f"{ref}/arm-1"
    assert guarantees.obligations.get(level=level).ref == f"{ref}/o6"
    assert guarantees.citations.latest("pk").ref == f"{ref}/c12"
    assert guarantees.citations.latest("pk").supports == ["parties", "in_force"]


def test_a_new_agreement_comes_with_its_parties_clauses_and_sides(client):
    level = ObligationLevel.objects.get(ref="consultation")
    source = Source.objects.get(ref="blr-2024-guarantees-text")
    desk = Desk(client, Agreement).fill(
        ref="xxx-test-2026",
        title="Treaty",
        short_title="Treaty (2026)",
        kind="friendship_treaty",
        force="treaty",
        signed="2026-02",
        status="signed",
        text_disclosure="full",
        confidence="high",
        participations_known="on",
    )
    desk.add_row("participations", state=state("RUS").pk)
    desk.add_row("participations", state=state("TGO").pk)
    desk.add_row(
        "obligations",
        level=level.pk,
        trigger_code="not_stated",
        confidence="low",
        source=source.pk,
        note="As reported.",
        owes=[state("RUS").pk],
        owed=[state("TGO").pk],
    )
    desk.add_row("citations", source=source.pk, supports="signed")
    assert desk.save("").status_code == 302
    made = Agreement.objects.get(ref="xxx-test-2026")
    assert [str(commitment.partner) for commitment in made.commitments.all()] == ["Togo"]
    assert last(ObligationSide) == ("+", "ed", "")
    assert unequal() == []


def test_sides_are_saved_one_by_one_with_history(client, guarantees):
    clause = guarantees.obligations.get(ref=f"{guarantees.ref}/o3")
    before = ObligationSide.history.count()
    desk = Desk(client, clause).fill(owes=[state("BLR").pk], owed=[state("RUS").pk])
    assert desk.save("It is the other way round").status_code == 302
    assert clause.history.count() == 1
    assert ObligationSide.history.count() == before + 4
    newest = ObligationSide.history.all()[:4]
    assert sorted(f"{row.history_type} {row.instance}" for row in newest) == [
        "+ Belarus owes",
        "+ Russia is owed",
        "- Belarus is owed",
        "- Russia owes",
    ]
    assert {row.history_change_reason for row in newest} == {"It is the other way round"}
    directions = clause.commitments.values_list("promisor__ref", "partner__ref")
    assert list(directions) == [("BLR", "RUS")]


def test_a_pair_gets_its_id_from_its_states(client):
    desk = Desk(client, Coverage).fill(
        promisor=state("RUS").pk,
        partner=state("USA").pk,
        researched_to="2026-04",
        scope="multilateral only",
    )
    assert desk.save("").status_code == 302
    assert Coverage.objects.get(partner__ref="USA").ref == "rus-usa"
    assert str(Coverage.objects.get(partner__ref="USA").researched_to_first) == "2026-04-01"


def test_an_event_gets_its_agreements(client, guarantees):
    event = Event.objects.exclude(agreement_links__agreement=guarantees).first()
    linked = set(event.agreement_links.values_list("agreement__ref", flat=True))
    desk = Desk(client, event).add_row("agreement_links", agreement=guarantees.pk)
    assert desk.save("The treaty applied").status_code == 302
    now = set(event.agreement_links.values_list("agreement__ref", flat=True))
    assert now == linked | {guarantees.ref}
