"""Room 4: the scale: what each rung means, how many clauses hold it, why it is disputed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alliances.models import ObligationLevel


def obligations(request: HttpRequest) -> HttpResponse:
    """The nine rungs and the states without a rank."""
    levels = ObligationLevel.objects.with_clause_counts()
    return render(request, "obligations/list.html", {"levels": levels})
