"""The history keeps who wrote: an editor under the account's name, the loader under its own."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from alliances.dossier.records import Change
from alliances.models import Agreement, Obligation, ObligationSide
from alliances.models.base import LOADER
from tests.admin.desk import address
from tests.views.reading import words

pytestmark = pytest.mark.django_db
TOGO = "rus-tgo-military-cooperation-2025"


@pytest.fixture
def corrected() -> Agreement:
    """A record that an editor corrected whose account is gone."""
    editor = User.objects.create_superuser("ed")
    agreement = Agreement.objects.get(ref=TOGO)
    agreement.signed_at = "Lomé"
    Change("Read the text", editor).mark(agreement).save()
    editor.delete()
    return agreement


def test_a_deleted_account_leaves_its_name_in_the_history(corrected: Agreement) -> None:
    version = corrected.history.latest()
    assert (version.history_user, version.history_by) == (None, "ed")


def test_the_history_page_tells_a_former_editor_from_the_loader(corrected: Agreement) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("other"))
    page = client.get(address(corrected, "history", corrected.pk)).content.decode()
    told = [
        words(row) for row in re.findall(r"<td>(.*?)</td>", page.split("<tbody>")[1], re.DOTALL)
    ]
    assert told[:2] == ["ed", "Read the text"]
    assert told[2].startswith("Agreement changed. Signed at")
    assert told[3:5] == ["the loader", "First load of the dossier"]


def test_no_account_can_bear_the_loader_s_name() -> None:
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        User(username=LOADER, password="x").full_clean()


def test_what_nobody_owned_up_to_is_not_the_loader_s() -> None:
    agreement = Agreement.objects.get(ref=TOGO)
    agreement.save()
    assert agreement.history.latest().history_by == ""


def test_rows_that_go_with_their_owner_name_who_and_why() -> None:
    clause = Obligation.objects.filter(mutual=False).first()
    assert clause is not None
    pk = clause.pk
    Change("Not in the text").delete(clause)
    gone = ObligationSide.history.filter(obligation=pk, history_type="-")
    assert gone.exists()
    assert {(row.history_by, row.history_change_reason) for row in gone} == {
        (LOADER, "Not in the text")
    }
