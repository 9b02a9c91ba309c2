"""A withdrawal leaves the reason in the history of every row that goes."""

import pytest

from alliances.commitments import unequal
from alliances.models import Obligation, ObligationSide
from tests.admin.desk import address

pytestmark = pytest.mark.django_db
WHY = "Entered twice"


def test_a_deleted_clause_takes_its_sides_and_commitments_with_it(client, guarantees):
    clause = guarantees.obligations.get(ref=f"{guarantees.ref}/o3")
    answer = client.post(
        address(clause, "delete", clause.pk),
        {"post": "yes", "change_reason": WHY, "_publish": "yes"},
    )
    assert answer.status_code == 302
    gone = [*Obligation.history.all()[:1], *ObligationSide.history.all()[:2]]
    assert [row.history_type for row in gone] == ["-", "-", "-"]
    assert {row.history_change_reason for row in gone} == {WHY}
    assert {str(row.history_user) for row in gone} == {"ed"}
    assert not guarantees.commitments.filter(obligation=clause.pk).exists()
    assert unequal() == []


def delete_selected(client, clauses, **answers):
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in clauses]}
    return client.post(address(Obligation, "changelist"), chosen | answers)


def test_several_are_deleted_one_by_one_with_the_reason(client, guarantees):
    clauses = list(guarantees.obligations.all()[:2])
    assert (
        delete_selected(client, clauses, post="yes", change_reason=WHY, _publish="yes").status_code
        == 302
    )
    gone = Obligation.history.all()[:2]
    assert {row.ref for row in gone} == {clause.ref for clause in clauses}
    assert {(row.history_type, row.history_change_reason) for row in gone} == {("-", WHY)}
    assert unequal() == []


def test_several_are_not_deleted_without_a_reason(client, guarantees):
    clauses = list(guarantees.obligations.all()[:2])
    answer = delete_selected(client, clauses, post="yes", change_reason="")
    assert answer.status_code == 200
    assert "Say in at most 100 characters why it is to be withdrawn." in answer.content.decode()
    assert guarantees.obligations.count() == 5
