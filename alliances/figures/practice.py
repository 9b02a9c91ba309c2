"""Room 3: what was asked against what was done, as a table of counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from alliances.vocabulary import Request, Response


@dataclass(frozen=True)
class Count:
    """How often one answer followed one request, and the address that lists those events."""

    response: Response
    number: int
    address: str


@dataclass(frozen=True)
class AskedRow:
    """One kind of request with every kind of answer, and how often it was made."""

    request: Request
    counts: list[Count]
    total: int
    address: str


def asked_against_done(
    counts: Mapping[tuple[str, str], int], address: Callable[..., str]
) -> list[AskedRow]:
    """Requests as rows, answers as columns, in the vocabulary's order; no request is left out."""
    return [
        AskedRow(
            request,
            [
                Count(
                    response,
                    counts.get((request, response), 0),
                    address(request=request, response=response),
                )
                for response in Response
            ],
            sum(counts.get((request, response), 0) for response in Response),
            address(request=request, response=[]),
        )
        for request in Request
    ]


def answers_in_all(
    counts: Mapping[tuple[str, str], int], address: Callable[..., str]
) -> list[Count]:
    """The last row of the table: each answer, whatever was asked."""
    return [
        Count(
            response,
            sum(counts.get((request, response), 0) for request in Request),
            address(request=[], response=response),
        )
        for response in Response
    ]
