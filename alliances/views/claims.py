"""Room 4: the article checked, sentence by sentence, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from alliances import queries
from alliances.columns import CLAIMS
from alliances.filtersets import ClaimParameters, Parameters, by_name
from alliances.models import Article, Claim
from alliances.views.data import Offer, with_data
from alliances.views.pages import shared_page
from alliances.views.reading import listed

CLAIMS_ON_A_PAGE = 29


def _parameters(request: HttpRequest, rows: Iterable[Mapping[str, Any]]) -> ClaimParameters:
    states = by_name((row["state__ref"], row["state__name"]) for row in rows)
    return ClaimParameters(request.GET, state=states)


def _offer(request: HttpRequest) -> Offer:
    form = _parameters(request, queries.claim_codes())
    return Offer(CLAIMS, form, lambda: form.choose(Claim.objects.checked().in_the_articles_order()))


@with_data(_offer)
def claims(request: HttpRequest) -> HttpResponse:
    """Checked sentences with verdicts; after the last of them omissions, and context apart."""
    rows = queries.claim_codes()
    parameters = _parameters(request, rows)

    def shown(keys: list[int]) -> dict[str, Any]:
        claims = Claim.objects.with_evidence().in_the_articles_order().filter(pk__in=keys)
        return {
            "articles": Article.objects.select_related("source"),
            "verdicts": queries.verdict_counts(row["verdict"] for row in rows),
            "checked": len(rows),
            "passages": queries.passages(claims),
            "elsewhere": [row for row in rows if row["pk"] not in keys],
            **_beside(parameters),
        }

    return listed(request, "claims/list.html", parameters, rows, shown, CLAIMS_ON_A_PAGE)


def _beside(parameters: ClaimParameters) -> dict[str, Any]:
    """What stands beside the checked sentences; it has no verdict and no category to choose by."""
    asked = parameters.asked
    if asked["verdict"] or asked["category"]:
        return {}
    context = Claim.objects.context().select_related("state")
    return {
        "omissions": queries.omissions_with_evidence(asked["state"]),
        "context": context.filter(state__ref__in=asked["state"]) if asked["state"] else context,
    }


def _one(request: HttpRequest, ref: str) -> Offer:
    only = Claim.objects.filter(pk=get_object_or_404(Claim, ref=ref).pk)
    return Offer(CLAIMS, Parameters(request.GET), lambda: only, subject=ref)


@with_data(_one)
def claim(request: HttpRequest, ref: str) -> HttpResponse:
    """One statement under its permanent address, with all that its verdict rests on."""
    rows = Claim.objects.with_evidence().select_related("article__source")
    return shared_page(request, "claims/detail.html", {"claim": get_object_or_404(rows, ref=ref)})
