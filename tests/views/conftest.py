"""Small worlds beside the dossier: states and promises of a length that a test chooses."""

from collections.abc import Callable
from itertools import product
from string import ascii_uppercase

import pytest

from alliances.commitments import rebuilt_at_the_end
from alliances.models import Agreement, Obligation, ObligationLevel, Participation, State
from alliances.partial_dates import PartialDate

CODES = ("".join(letters) for letters in product("X", ascii_uppercase, ascii_uppercase))


def make_state(name: str) -> State:
    code = next(CODES)
    return State.objects.create(
        ref=code,
        name=name,
        slug=f"made-up-{code.lower()}",
        official_name=f"The {name}",
        region="Europe",
        subregion="Nowhere",
    )


def make_promise(promisor: State, partner: State, level: str = "consultation") -> Agreement:
    ref = f"test-{promisor.ref}-{partner.ref}-{level}".lower().replace("_", "-")
    agreement = Agreement.objects.create(
        ref=ref,
        title=f"Treaty with {partner}",
        short_title=f"Treaty with {partner}",
        kind="friendship_treaty",
        force="treaty",
        signed=PartialDate("2001-02-03"),
        in_force=PartialDate("2002-03-04"),
        status="in_force",
        text_disclosure="full",
        confidence="high",
    )
    for number, state in enumerate((promisor, partner), start=1):
        Participation.objects.create(ref=f"{ref}/p{number}", agreement=agreement, state=state)
    Obligation.objects.create(
        ref=f"{ref}/o1",
        agreement=agreement,
        article="Art. 1",
        level=ObligationLevel.objects.get(ref=level),
        confidence="high",
    )
    return agreement


@pytest.fixture
def promisor_with(db: None) -> Callable[[int], State]:
    """A made-up state with this many partners, each promised consultation."""

    def build(partners: int) -> State:
        with rebuilt_at_the_end():
            promisor = make_state(f"Promisor of {partners}")
            for number in range(partners):
                make_promise(promisor, make_state(f"Partner {partners}.{number:03}"))
        return promisor

    return build


@pytest.fixture
def promise(db: None) -> Callable[..., Agreement]:
    """Makes one promise between two states."""
    return make_promise


@pytest.fixture
def state(db: None) -> Callable[[str], State]:
    """Makes one state."""
    return make_state
