"""What is said once is not said twice, and each part of a key counts."""

from typing import Any

import pytest

from alliances.models import (
    Article,
    Claim,
    Commitment,
    Coverage,
    EventAgreement,
    Evidence,
    ObligationSide,
    Source,
)
from tests.models.refused import is_refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_pair_of_states_has_one_coverage_row_in_either_order(is_turned: bool) -> None:
    row = Coverage.objects.get(ref="rus-arm")
    one, other = (row.partner, row.promisor) if is_turned else (row.promisor, row.partner)
    twin = Coverage(ref="twin", promisor=one, partner=other, researched_to="2026", scope=row.scope)
    assert "coverage_once_per_pair" in is_refused(twin.save)


def copied(row: Any) -> Any:
    """The same row once more, under another id where it has one."""
    row.pk, row._state.adding = None, True
    if hasattr(row, "ref"):
        row.ref = "twin"
    return row


@pytest.mark.parametrize("model", [ObligationSide, EventAgreement, Evidence, Claim, Commitment])
def test_what_is_said_once_is_not_said_twice(model: Any) -> None:
    assert "unique" in is_refused(copied(model.objects.earliest("pk")).save).lower()


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (ObligationSide, ("role", "obligation", "state")),
        (EventAgreement, ("event", "agreement")),
        (Claim, ("article", "number", "state")),
        (Commitment, ("agreement", "obligation", "promisor", "partner")),
    ],
)
def test_each_part_of_what_is_unique_counts(model: Any, changes: tuple[str, ...]) -> None:
    """A row that differs in any one of them is another."""
    for name in changes:
        row = copied(model.objects.earliest("pk"))
        field = model._meta.get_field(name)
        if name == "article":
            source = Source.objects.filter(article=None).first()
            value: Any = Article.objects.create(ref="other", source=source)
        elif name == "number":
            value = 999
        elif name == "role":
            value = {"owes": "owed", "owed": "owes"}[row.role]
        else:
            now = getattr(row, f"{name}_id")
            value = field.related_model.objects.exclude(pk=now).latest("pk")
        setattr(row, name, value)
        assert is_refused(row.save) == "", name


def test_the_way_that_research_reaches_depends_on_no_order() -> None:
    """One row for each pair: nothing to choose from."""
    pairs = [frozenset(pair) for pair in Coverage.objects.values_list("promisor", "partner")]
    assert len(set(pairs)) == len(pairs) == len(Coverage.objects.reach())
