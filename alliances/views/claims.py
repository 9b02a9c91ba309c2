"""Room 4: the article checked, sentence by sentence, and what it leaves out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from alliances import queries
from alliances.filtersets import ClaimParameters
from alliances.models import Article, Claim
from alliances.views.reading import listed

CLAIMS_ON_A_PAGE = 29


def claims(request: HttpRequest) -> HttpResponse:
    """Checked sentences with verdicts; after the last of them omissions, and context apart."""
    rows = queries.claim_codes()
    states = sorted({(row["state__ref"], row["state__name"]) for row in rows}, key=lambda s: s[1])
    parameters = ClaimParameters(request.GET, state=states)

    def shown(keys: list[int]) -> dict[str, Any]:
        claims = Claim.objects.with_evidence().filter(pk__in=keys)
        ordered = claims.order_by("article_id", "number", "state__name", "ref")
        return {
            "articles": Article.objects.select_related("source"),
            "verdicts": queries.verdict_counts(row["verdict"] for row in rows),
            "checked": len(rows),
            "passages": queries.passages(ordered),
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


def claim(request: HttpRequest, ref: str) -> HttpResponse:
    """One statement under its permanent address, with all that its verdict rests on."""
    rows = Claim.objects.with_evidence().select_related("article__source")
    return render(request, "claims/detail.html", {"claim": get_object_or_404(rows, ref=ref)})
