"""What an editor may not save: the message names the rule, nothing is written, the input stays."""

import pytest

from alliances.models import (
    Agreement,
    Claim,
    Coverage,
    Event,
    ExternalCoding,
    MemberSpell,
    Participation,
    Source,
    State,
)
from tests.admin.desk import Desk, address, refusals
from tests.every_row import every_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def nothing_changes(db):
    before = every_row()
    yield
    assert every_row() == before


def test_no_state_takes_part_before_the_signature(client, guarantees, nothing_changes):
    desk = Desk(client, guarantees).fill(notes="Half of an edit")
    desk.fill_row(f"{guarantees.ref}/rus-1", joined="2024-11")
    answer = desk.save("Found a date")
    assert refusals(answer) == [
        f"{guarantees.ref}/rus-1: joined: No state takes part before the signature."
    ]
    html = answer.content.decode()
    assert 'value="2024-11"' in html
    assert "Half of an edit</textarea>" in html
    assert 'value="Found a date"' in html


def test_a_new_row_that_contradicts_is_kept_in_the_form(client, guarantees, nothing_changes):
    armenia = State.objects.get(ref="ARM")
    desk = Desk(client, guarantees).add_row("participations", state=armenia.pk, joined="1999")
    answer = desk.save("Armenia acceded")
    assert refusals(answer) == [
        f"{guarantees.ref}/arm-1: joined: No state takes part before the signature."
    ]
    assert f'<option value="{armenia.pk}" selected>Armenia</option>' in answer.content.decode()


def test_a_side_that_takes_no_part_any_more(client, guarantees, nothing_changes):
    desk = Desk(client, guarantees).fill_row(f"{guarantees.ref}/blr-1", DELETE="on")
    assert refusals(desk.save("Not a party")) == [
        f"{guarantees.ref}: participations: An agreement needs at least two parties.",
        f"{guarantees.ref}/o3: owed: BLR takes no part in this agreement.",
        f"{guarantees.ref}/o4: owes: BLR takes no part in this agreement.",
    ]


def test_a_side_that_never_took_part(client, guarantees, nothing_changes):
    clause = guarantees.obligations.get(ref=f"{guarantees.ref}/o3")
    togo = State.objects.get(ref="TGO")
    answer = Desk(client, clause).fill(owes=[togo.pk]).save("Togo owes it")
    assert refusals(answer) == [
        f"Select a valid choice. {togo.pk} is not one of the available choices."
    ]


def test_a_mutual_obligation_with_sides(client, guarantees, nothing_changes):
    clause = guarantees.obligations.get(ref=f"{guarantees.ref}/o3")
    assert refusals(Desk(client, clause).fill(mutual="on").save("It is mutual")) == [
        f"{clause.ref}: owes: A mutual obligation names no sides."
    ]


def test_a_wording_without_its_source(client, guarantees, nothing_changes):
    desk = Desk(client, guarantees)
    desk.fill_row(f"{guarantees.ref}/o1", wording="An attack on one", source="")
    assert refusals(desk.save("Quoted")) == ["A wording needs its source."]


def test_a_change_without_a_reason(client, guarantees, nothing_changes):
    answer = Desk(client, guarantees).fill(signed_at="Brest").save("  ")
    assert refusals(answer) == ["This field is required."]
    assert 'value="Brest"' in answer.content.decode()


@pytest.mark.parametrize(
    ("model", "values", "message"),
    [
        (Agreement, {"signed": "2024-13"}, "“2024-13” is not a possible date"),
        (Agreement, {"signed": "May"}, "“May” is not a date of the form YYYY, YYYY-MM or"),
        (Agreement, {"signed": "3 April 2025"}, "“3 April 2025” is not a date of the form YYYY, "),
        (Agreement, {"notes": "a\x01b"}, "The character U+0001 cannot stand in a text."),
        (ExternalCoding, {"facts": '{"a": "\\u0000"}'}, "The character U+0000 cannot stand in"),
        (State, {"cow": "32768"}, "Ensure this value is less than or equal to 32767."),
        (State, {"continued_by": "self"}, "It leads back to itself: "),
        (ExternalCoding, {"begin": "1999", "end": "1998"}, "It cannot end before it begins."),
        (MemberSpell, {"entry": "1999", "exit": "1998"}, "A state cannot leave before it joins."),
        (Agreement, {"status": ""}, "This field is required."),
        (
            Agreement,
            {"status": "signed", "signed": "2020", "in_force": "2021", "ended": ""},
            "With a date of entry into force it is more than signed.",
        ),
        (
            State,
            {"exists_from": "2000", "exists_until": "1999-12"},
            "It cannot end before it begins.",
        ),
        (Event, {"date": "2020-02", "ended": "2020-01-31"}, "It cannot end before it begins."),
        (Claim, {"quote": "word " * 26}, "At most 25 words of a sentence are quoted."),
        (Claim, {"verdict": ""}, "A verdict needs its reasons and how sure it is."),
        (ExternalCoding, {"facts": "[1]"}, "Numbers, true and false stand in quotes here"),
        (ExternalCoding, {"facts": "{"}, "Enter a valid JSON."),
        (ExternalCoding, {"facts": '["a"]'}, "Write names with their values"),
    ],
)
def test_a_field_that_contradicts(client, nothing_changes, model, values, message):
    record = model.objects.exclude(verdict="").first() if model is Claim else model.objects.first()
    values = {name: record.pk if value == "self" else value for name, value in values.items()}
    found = refusals(Desk(client, record).fill(**values).save("A slip"))
    assert len(found) == 1
    assert found[0].startswith(message)


def test_a_pair_of_one_state(client, nothing_changes):
    pair = Coverage.objects.first()
    answer = Desk(client, pair).fill(partner=pair.promisor_id).save("A slip")
    assert refusals(answer) == ["A state has no agreements with itself."]


def test_the_same_pair_the_other_way_round(client, nothing_changes):
    pair, other = Coverage.objects.get(ref="rus-arm"), Coverage.objects.get(ref="rus-aze")
    desk = Desk(client, other).fill(promisor=pair.partner_id, partner=pair.promisor_id)
    assert refusals(desk.save("A slip")) == ["This pair of states has a row already."]


def test_a_sentence_checked_twice_for_a_state(client, nothing_changes):
    claim = Claim.objects.get(ref="c3-blr")
    desk = Desk(client, Claim.objects.get(ref="c1-rus"))
    desk.fill(article=claim.article_id, number=claim.number, state=claim.state_id)
    assert refusals(desk.save("A slip")) == ["This sentence is checked for this state already."]


def test_a_circle_of_successors(client, nothing_changes):
    earlier = Agreement.objects.exclude(succeeded_by=None).first()
    later = earlier.succeeded_by
    answer = Desk(client, later).fill(succeeded_by=earlier.pk).save("A slip")
    chain = f"{later.ref} → {earlier.ref}"
    assert refusals(answer) == [f"It leads back to itself: {chain}."]


def test_a_spell_beside_another_state_s_participation(client, nothing_changes):
    spell = MemberSpell.objects.exclude(participation=None).first()
    other = Participation.objects.filter(agreement=spell.agreement).exclude(state=spell.state)
    answer = Desk(client, spell).fill(participation=other.first().pk).save("A slip")
    assert refusals(answer) == ["It is of another agreement or state than this spell."]


def test_a_participation_whose_spell_would_be_another_state_s(client, nothing_changes):
    spell = MemberSpell.objects.exclude(participation=None).first()
    togo = State.objects.get(ref="TGO")
    desk = Desk(client, spell.agreement).fill_row(spell.participation.ref, state=togo.pk)
    assert (
        f"{spell.ref}: participation: It is of another agreement or state than this spell."
        in refusals(desk.save("A slip"))
    )


def test_a_state_that_would_end_before_it_left(client, nothing_changes):
    union = State.objects.get(ref="SUN")
    found = refusals(Desk(client, union).fill(exists_until="1980").save("A slip"))
    assert "sun-cub-friendship-treaty-1989/sun-1: state: The state did not exist any more." in found


def test_a_departure_contradicts_a_membership_once_research_reaches_it(client, guarantees):
    stay = guarantees.participations.get(state__ref="BLR")
    stay.left, stay.status = "2026-06", "member"
    stay.save()
    pair = Coverage.objects.get(ref="rus-blr")
    assert Desk(client, guarantees).save("Looked at it").status_code == 302
    found = refusals(Desk(client, pair).fill(researched_to="2026-06").save("Read on"))
    assert found == [f"{stay.ref}: status: A state that has left takes part no more."]


def test_evidence_named_twice(client, nothing_changes):
    claim = Claim.objects.filter(evidence__source__isnull=False).first()
    source = claim.evidence.filter(source__isnull=False).first().source
    answer = Desk(client, claim).add_row("evidence", source=source.pk).save("Once more")
    assert refusals(answer) == ["Name each agreement, event or source once."]


def test_what_only_the_database_notices_is_no_crash(client, guarantees, monkeypatch):
    before = every_row()
    taken = f"{guarantees.ref}/c1"
    monkeypatch.setattr("alliances.admin.forms.give_ref", lambda row: setattr(row, "ref", taken))
    source = Source.objects.first()
    answer = Desk(client, guarantees).add_row("citations", source=source.pk).save("At once")
    assert refusals(answer)[0].startswith("The database refused this: ")
    assert every_row() == before


def test_a_cited_source_stays(client, nothing_changes):
    source = Source.objects.get(ref="blr-2024-guarantees-text")
    answer = client.post(
        address(source, "delete", source.pk), {"post": "yes", "change_reason": "Dead link"}
    )
    assert answer.status_code == 200
    assert "would require deleting the following protected related objects" in (
        answer.content.decode()
    )


@pytest.mark.parametrize("why", ["", "  ", "x" * 101])
def test_a_deletion_without_a_reason(client, guarantees, nothing_changes, why):
    clause = guarantees.obligations.first()
    page = address(clause, "delete", clause.pk)
    answer = client.post(page, {"post": "yes", "change_reason": why}, follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "Say in at most 100 characters why it is to be withdrawn." in answer.content.decode()


def test_an_id_that_no_address_could_hold(client, nothing_changes):
    desk = Desk(client, Source).fill(
        ref="Not An Id", title="A", kind="official", language="en", seen="page"
    )
    assert refusals(desk.save("")) == [
        "Small letters a to z and digits, joined by hyphens, underscores or slashes."
    ]
