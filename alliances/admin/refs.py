"""Room 4: permanent ids for new records. An id that any row ever had is not given again,
nor one that an open proposal holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.text import slugify

from alliances.models import (
    Citation,
    Claim,
    Coverage,
    Difference,
    ExternalCoding,
    MemberSpell,
    Obligation,
    Omission,
    Participation,
    Proposal,
)


def numbered(model: Any, stem: str) -> str:
    """The stem with the next number: above those of all rows, deleted ones included."""
    tails = (ref.removeprefix(stem) for ref in _ever_given(model, stem))
    return f"{stem}{max((int(tail) for tail in tails if tail.isdigit()), default=0) + 1}"


def unused(model: Any, wanted: str) -> str:
    """The wanted id; with the next number from 2 where a row has or had it."""
    given = set(_ever_given(model, wanted))
    number, ref = 1, wanted
    while ref in given:
        number += 1
        ref = f"{wanted}-{number}"
    return ref


def _ever_given(model: Any, stem: str) -> list[str]:
    """The ids that rows have or had, and those that are proposed."""
    given = model.history.filter(ref__startswith=stem).values_list("ref", flat=True)
    forms = Proposal.objects.open().exclude(form=None).values_list("form", flat=True)
    proposed = (ref for form in forms for ref in _ids_in(form or {}) if ref.startswith(stem))
    return [*given, *proposed]


def _ids_in(form: dict[str, Any]) -> Iterator[str]:
    """The id of a form and of every nested record in it."""
    yield form.get("id", "")
    for value in form.values():
        for part in value if isinstance(value, list) else ():
            if isinstance(part, dict) and "id" in part:
                yield part["id"]


def _participation(row: Participation) -> str:
    return numbered(Participation, f"{row.agreement.ref}/{row.state.ref.lower()}-")


def _obligation(row: Obligation) -> str:
    return numbered(Obligation, f"{row.agreement.ref}/o")


def _citation(row: Citation) -> str:
    owner = row.agreement or row.event
    assert owner is not None
    return numbered(Citation, f"{owner.ref}/c")


def _coverage(row: Coverage) -> str:
    return unused(Coverage, f"{row.promisor.ref}-{row.partner.ref}".lower())


def _claim(row: Claim) -> str:
    return unused(Claim, f"c{row.number}-{row.state.ref.lower()}")


def _omission(row: Omission) -> str:
    return numbered(Omission, "x")


def _coding(row: ExternalCoding) -> str:
    return unused(ExternalCoding, f"{row.dataset.ref}/{row.agreement.ref}")


def _spell(row: MemberSpell) -> str:
    stem = f"{row.dataset.ref}/{row.agreement.ref}/{row.state.ref.lower()}-"
    return numbered(MemberSpell, stem)


def _difference(row: Difference) -> str:
    about = slugify(row.field) or "difference"
    return unused(Difference, f"{row.dataset.ref}/{row.agreement.ref}/{about}")


MAKERS: dict[type, Callable[[Any], str]] = {
    Participation: _participation,
    Obligation: _obligation,
    Citation: _citation,
    Coverage: _coverage,
    Claim: _claim,
    Omission: _omission,
    ExternalCoding: _coding,
    MemberSpell: _spell,
    Difference: _difference,
}


def give_ref(record: Any) -> None:
    """Give a new record its permanent id, where editors do not choose it themselves."""
    if type(record) in MAKERS and not record.ref:
        record.ref = MAKERS[type(record)](record)
