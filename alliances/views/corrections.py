"""Room 4: readers report an error in a fact, and see what became of their report.

No cache keeps these pages and no search engine lists them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from alliances.filtersets import REPLACEMENT
from alliances.gate.refusals import Refusal, refusal_page
from alliances.models import Correction
from alliances.queries.corrections import Subject, subject, subject_of
from alliances.views.correcting import (
    CorrectionForm,
    Forged,
    ReferenceParameters,
    SubjectParameters,
)
from alliances.views.errors import forged

SENT_BEFORE = Refusal(
    HTTPStatus.FORBIDDEN,
    _("This was sent before"),
    _(
        "This very form was taken once already, and nothing is stored a second time. To report"
        " something else, load the form again."
    ),
)


def private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep the page out of every cache and every search engine."""

    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        response = view(request, **named)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@private
def new(request: HttpRequest) -> HttpResponse:
    """The form for one fact, and what it says when it is sent."""
    asked = SubjectParameters(request.GET)
    about = _subject(asked)
    if request.method != "POST":
        return _form(request, asked, CorrectionForm(about))
    form = CorrectionForm(about, request.POST)
    try:
        is_taken = form.is_valid()
    except Forged:
        return forged(request)
    if not is_taken:
        return _form(request, asked, form, status=400)
    report: Correction = form.instance
    return redirect(report) if Correction.objects.receive(report) else refusal_page(SENT_BEFORE)


def _subject(asked: SubjectParameters) -> Subject:
    """The fact that an address names; Http404 where there is none."""
    if not asked.is_valid():
        raise Http404
    kind, _slash, ref = asked.cleaned_data["record"].partition("/")
    found = subject(kind, ref, asked.cleaned_data["fact"])
    if found is None:
        raise Http404
    return found


def _form(
    request: HttpRequest, asked: SubjectParameters, form: CorrectionForm, status: int = 200
) -> HttpResponse:
    context = {"form": form, "about": form.subject, "ignored": asked.unknown()}
    response = render(request, "corrections/new.html", context, status=status)
    # A page's text cannot hold the null bytes of a refused value.
    response.content = response.content.replace(b"\x00", REPLACEMENT.encode())
    return response


@require_safe
@private
def correction(request: HttpRequest, reference: str) -> HttpResponse:
    """One report: what it is about, its state and the answer; nothing that its reader wrote."""
    report = get_object_or_404(Correction, reference=reference.upper())
    return render(
        request, "corrections/detail.html", {"report": report, "about": subject_of(report)}
    )


@require_safe
@private
def find(request: HttpRequest) -> HttpResponse:
    """Where a reader types the reference that they were given."""
    asked = ReferenceParameters(request.GET)
    context = {"form": asked, "ignored": asked.unknown()}
    if asked.is_valid():
        reference = asked.cleaned_data["reference"].upper()
        if not reference:
            return render(request, "corrections/find.html", context)
        report = Correction.objects.filter(reference=reference).first()
        if report:
            return redirect(report)
    return render(request, "corrections/find.html", context | {"refused": True}, status=404)
