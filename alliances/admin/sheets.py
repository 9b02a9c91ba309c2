"""Room 4: a spreadsheet is shown row by row before anything is kept, and then kept as drafts."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from tablib import Dataset

from alliances.admin.forms import REASON_LENGTH
from alliances.proposals.sheet_files import MOST_ROWS, Unreadable, read_sheet
from alliances.proposals.sheets import KINDS, run
from alliances.vocabulary import RowOutcome

SALT = "a sheet that was looked at"
MOST_KB = 700


class SheetForm(forms.Form):
    """Which kind of rows, the file, and why."""

    kind = forms.ChoiceField(label=_("What its rows are"))
    file = forms.FileField(
        label=_("The sheet"),
        help_text=_(
            "CSV (UTF-8) or XLSX, at most %(rows)d rows. The first row names the columns as the "
            "dossier's files do; “id” must be among them. A blank cell takes the value away; a "
            "column that is not there changes nothing. Semicolons separate several values."
        )
        % {"rows": MOST_ROWS},
    )
    reason = forms.CharField(label=_("Why?"), max_length=REASON_LENGTH)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [
            (name, capfirst(str(kind.rows.model._meta.verbose_name_plural)))
            for name, kind in KINDS.items()
        ]
        self.fields["kind"].choices = sorted(choices, key=lambda choice: choice[1])  # type: ignore[attr-defined]

    def clean_file(self) -> Dataset:
        """The rows of the file."""
        file = self.cleaned_data["file"]
        if file.size > MOST_KB * 1000:
            raise forms.ValidationError(_("The file is larger than %(n)d kB.") % {"n": MOST_KB})
        try:
            return read_sheet(file.name, file.read())
        except Unreadable as problem:
            raise forms.ValidationError(str(problem)) from problem


def sheet_view(request: HttpRequest, site: Any, may_propose: Any) -> HttpResponse:
    """Ask for a sheet; show what it would do; keep it. `may_propose` says so of a kind's model."""
    if "looked_at" in request.POST:
        return _kept(request, may_propose)
    form = SheetForm(request.POST or None, request.FILES or None)
    context = {**site.each_context(request), "title": _("Propose from a spreadsheet"), "form": form}
    if request.method == "POST" and form.is_valid():
        kind, dataset = KINDS[form.cleaned_data["kind"]], form.cleaned_data["file"]
        if not may_propose(kind.noun.model):
            raise PermissionDenied
        reason = form.cleaned_data["reason"]
        try:
            outcomes, _none = run(kind, dataset, user=request.user, reason=reason, dry_run=True)
        except Unreadable as problem:
            form.add_error("file", str(problem))
        else:
            context |= _shown(kind.name, dataset, reason, outcomes)
    return TemplateResponse(request, "admin/alliances/proposal/sheet.html", context)


def _shown(kind: str, dataset: Dataset, reason: str, outcomes: list[Any]) -> dict[str, Any]:
    found = Counter(outcome.what for outcome in outcomes)
    counts = {what: found[what] for what in RowOutcome}
    rows = {"kind": kind, "reason": reason, "head": dataset.headers, "rows": list(dataset)}
    fits = not found[RowOutcome.REFUSED] and found[RowOutcome.NEW] + found[RowOutcome.CHANGED]
    looked_at = signing.dumps(json.dumps(rows), salt=SALT, compress=True) if fits else ""
    refused = found[RowOutcome.REFUSED]
    return {"outcomes": outcomes, "counts": counts, "refused": refused, "looked_at": looked_at}


def _kept(request: HttpRequest, may_propose: Any) -> HttpResponse:
    """Keep what was looked at; what no longer fits is refused as a whole."""
    try:
        rows = json.loads(signing.loads(request.POST["looked_at"], salt=SALT, max_age=3600))
    except signing.BadSignature as error:
        raise PermissionDenied from error
    kind = KINDS[rows["kind"]]
    if not may_propose(kind.noun.model):
        raise PermissionDenied
    dataset = Dataset(*rows["rows"], headers=rows["head"])
    outcomes, kept = run(kind, dataset, user=request.user, reason=rows["reason"], dry_run=False)
    if not kept:
        refused = [each for each in outcomes if each.what == RowOutcome.REFUSED]
        lost = _("Nothing was kept: the records changed meanwhile, and %(n)d rows no longer fit.")
        messages.error(request, lost % {"n": len(refused)})
        return redirect("admin:alliances_proposal_sheet")
    words = ngettext("%d draft is kept.", "%d drafts are kept.", len(kept)) % len(kept)
    messages.success(request, words)
    return redirect("admin:alliances_proposal_changelist")
