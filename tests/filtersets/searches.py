"""Searches of the three lists as readers may make them: random, equal for equal numbers."""

from functools import cache
from random import Random
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from alliances.filtersets import AgreementFilters, CommitmentFilters, PartnersFilters
from tests.filtersets import independent
from tests.filtersets.independent import Params

SEED = 20260430

ADDRESSES = {
    "/states/": (independent.PartnersList, PartnersFilters),
    "/commitments/": (independent.CommitmentsList, CommitmentFilters),
    "/agreements/": (independent.AgreementsList, AgreementFilters),
}


@cache
def turning_days() -> list[str]:
    """The days on which some standing changes, within the years that are asked about."""
    spans = [s for row in (*independent.promises(), *independent.agreements()) for s in row.spans]
    return sorted({s.first.isoformat() for s in spans if 1950 <= s.first.year <= 2027})


def a_day(chance: Random) -> str:
    """Two of three times a turning day."""
    if chance.random() < 0.67:
        return chance.choice(turning_days())
    return f"{chance.randint(1950, 2027)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"


def words_of(texts: list[str], chance: Random) -> str:
    """One or two words, or pieces of words, of a text, written as a reader might."""
    found = [w for w in chance.choice(texts).split() if len(w) > 1 or not w.isascii()]
    words = chance.sample(found, min(len(found), chance.randint(1, 2)))
    return " ".join(as_typed(word, chance) for word in words)[:200].strip()


def as_typed(word: str, chance: Random) -> str:
    start = chance.randint(0, max(0, len(word) - 4)) if chance.random() < 0.4 else 0
    word = word[start:]
    change = chance.choice((str.upper, str.lower, str.title, str.swapcase, str))
    return change(word).translate(str.maketrans(*chance.choice(("её", "–-", "-–", '“"', "  "))))


@cache
def a_search(number: int) -> tuple[str, Params]:
    """The address and the parameters of one set; equal numbers give equal sets."""
    chance = Random(f"{SEED} {number}")  # noqa: S311
    address = list(ADDRESSES)[number % 3]
    listing = ADDRESSES[address][0]
    params: Params = {"on": [a_day(chance)]}
    if address == "/states/" and chance.random() < 0.6:
        params["promisor"] = [chance.choice(["RUS", "RUS", "SUN", *promisors()])]
    near = a_row(listing(params), chance)
    for name in chance.sample(listing.facets, chance.choice((0, 1, 1, 2, 2, 3, 4))):
        values = chance.sample(
            independent.choices()[name], min(len(independent.choices()[name]), chance.randint(1, 3))
        )
        if near.get(name) and chance.random() < 0.8:
            values[0] = near[name]
        params[name] = list(dict.fromkeys(values))
    if chance.random() < 0.35:
        params["q"] = [words_of(near["texts"], chance)]
    if chance.random() < 0.7:
        params["sort"] = [chance.choice(("", "-")) + chance.choice(listing.sorts)]
    if chance.random() < 0.25:
        params["page"] = [str(chance.choice((1, 2, 2, 3, 9)))]
    return address, params


def filters_of(address: str, params: dict[str, list[str]]) -> Any:
    """The filters of one set, valid."""
    filters = ADDRESSES[address][1](QueryDict(urlencode(params, doseq=True)))
    assert filters.is_valid()
    return filters


@cache
def promisors() -> list[str]:
    return sorted({promise.key[1] for promise in independent.promises()})


def a_row(listing: Any, chance: Random) -> dict[str, Any]:
    """The codes and texts of one row, so that most searches find something."""
    if isinstance(listing, independent.AgreementsList):
        text = chance.choice(listing.texts)
        party = chance.choice(text.parties)
        codes = {
            "party": party,
            "region": independent.states()[party]["region"],
            "level": chance.choice(sorted(text.levels)),
            "kind": text.record["kind"],
            "force": text.record["force"],
            "status": listing.status[text.key],
        }
        return {**codes, "texts": text.texts}
    shown = [row for row in listing.rows if row[1]["status"] in independent.SHOWN]
    promise, codes = chance.choice(shown or listing.rows)
    return {**codes, "texts": promise.texts}
