"""A record with any value in any place is taken or refused in one line, never an accident."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from alliances.dossier.errors import DossierError
from alliances.dossier.exporter import as_text
from alliances.dossier.reader import read_file
from alliances.dossier.records import Change, export_record
from alliances.dossier.schema import AGREEMENT, CLAIM, EVENT, SOURCE
from alliances.dossier.writing import Unfit, Writing

pytestmark = pytest.mark.django_db

SCALARS = st.one_of(
    st.sampled_from(["", "null", "2012-06", "1", "true", "x" * 700, "a\nb", "é", "\0", "9" * 6]),
    st.text(max_size=20),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
)


def outcome(noun: Any, form: Any, path: Path) -> str:
    """Read and apply one form, then undo it: what refused it, or nothing."""
    path.write_text(as_text(noun, [form]), encoding="utf-8")
    try:
        with transaction.atomic():
            (read,) = read_file(noun, path)
            record = noun.model.objects.get(ref=read["id"])
            Writing(Change("mangled")).apply(noun, read, record)
            transaction.set_rollback(True)
    except (DossierError, Unfit) as refusal:
        return str(refusal) or refusal.reason
    return ""


MANGLED = [(noun, key.name) for noun in (AGREEMENT, CLAIM, SOURCE) for key in noun.keys]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    where=st.sampled_from([place for place in MANGLED if place[1] != "id"]),
    number=st.integers(0, 20),
    value=SCALARS,
)
@example(where=(SOURCE, "title"), number=0, value="a\0b")
@example(where=(CLAIM, "claim"), number=0, value="\x1b")
@example(where=(CLAIM, "n"), number=0, value="99999")
@example(where=(CLAIM, "evidence"), number=0, value={"sources": ["\0"]})
@example(where=(AGREEMENT, "participations"), number=0, value=["\0"])
@example(where=(AGREEMENT, "short_title"), number=0, value="x" * 700)
def test_a_mangled_record_is_applied_or_refused_and_never_an_accident(
    tmp_path: Path, where: tuple[Any, str], number: int, value: Any
) -> None:
    noun, key = where
    record = noun.all().order_by("ref")[number]
    form = export_record(noun, record) | {key: value}
    said = outcome(noun, form, tmp_path / "mangled.yaml")
    assert len(said.splitlines()) <= 1
    assert said != "" or "\0" not in str(value)
    again = noun.all().get(pk=record.pk)
    assert export_record(noun, again) == export_record(noun, record)


def test_a_record_that_names_none_where_it_must_is_refused() -> None:
    """What a load has at hand is not asked for again; that nothing is at hand is still noticed."""
    form = export_record(EVENT, EVENT.all()[0]) | {"id": "no-state"}
    with pytest.raises(Unfit) as refused:
        Writing(Change("mangled")).apply(EVENT, form | {"state": ""})
    assert (refused.value.field, refused.value.reason) == ("state", "This field cannot be null.")
