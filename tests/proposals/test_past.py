"""A form put together from the stored versions equals the form that the record had."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alliances.dossier.records import Change, export_record
from alliances.dossier.schema import NOUNS
from alliances.dossier.writing import apply_record
from alliances.models import Event
from alliances.proposals.nouns import BY_NAME, find
from alliances.proposals.past import form_at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.name)
def test_today_gives_todays_form(noun):
    records = list(noun.all().order_by("-pk")[:8])
    assert records
    for record in records:
        assert form_at(noun, record.pk, timezone.now()) == export_record(noun, record)


def test_before_it_was_made_there_was_none(guarantees):
    before = guarantees.history.earliest().history_date - timedelta(seconds=1)
    assert form_at(BY_NAME["agreement"], guarantees.pk, before) is None


def test_each_version_stays_as_it_was(guarantees):
    """Own fields, nested rows made, changed and gone, sides of clauses."""
    noun = BY_NAME["agreement"]
    forms = [export_record(noun, find(noun, guarantees.ref))]
    first = forms[0]
    second = first | {"signed": "2024-12", "provisions": first["provisions"][:3]}
    third = second | {"provisions": [*second["provisions"][1:], first["provisions"][4]]}
    third["provisions"][1] = third["provisions"][1] | {"note": "New"}
    moments = [guarantees.history.latest().history_date]
    for form in (second, third):
        change = Change("test")
        apply_record(noun, form, find(noun, guarantees.ref), change)
        forms.append(export_record(noun, find(noun, guarantees.ref)))
        moments.append(change.at)
    assert forms[1:] == [second, third]
    assert [form_at(noun, guarantees.pk, when) for when in moments] == forms


def test_a_record_that_is_gone_had_a_form():
    noun = BY_NAME["event"]
    event = Event.objects.filter(evidence_for=None).first()
    form, pk, ref = export_record(noun, find(noun, event.ref)), event.pk, event.ref
    when = timezone.now()
    change = Change("test")
    apply_record(noun, None, find(noun, ref), change)
    assert form_at(noun, pk, when) == form
    assert form_at(noun, pk, change.at) is None
