"""Room 4: the article checked, sentence by sentence, and what it leaves out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alliances import queries
from alliances.models import Article, Claim


def claims(request: HttpRequest) -> HttpResponse:
    """Checked sentences with verdicts and evidence; omissions; context apart."""
    checked = Claim.objects.checked().with_evidence()
    return render(
        request,
        "claims/list.html",
        {
            "articles": Article.objects.select_related("source"),
            "checked": checked,
            "verdicts": queries.verdict_counts(checked),
            "omissions": queries.omissions_with_evidence(),
            "context": Claim.objects.context().select_related("state"),
        },
    )
