"""Room 4: the scale: what each rung means, how many clauses hold it, why it is disputed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alliances import queries
from alliances.models import DataSet


def obligations(request: HttpRequest) -> HttpResponse:
    """The nine rungs and the states without a rank; disputes; how others rank."""
    context = {"scale": queries.scale(), "datasets": DataSet.objects.all()}
    return render(request, "obligations/list.html", context)
