"""Room 4: what readers reported as wrong: editors look at the record, and answer in words."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from alliances.filtersets.plain_text import PlainText
from alliances.models import Correction
from alliances.queries.corrections import subject_of
from alliances.vocabulary import CorrectionState

logger = logging.getLogger(__name__)

# What the reader and the machine wrote: to be read, not to be changed.
ABOUT = ("reference", "about", "says", "said", "received_at")
REPORT = ("wrong", "proposed", "source_link", "mail")
OUTCOME = ("answered_by", "answered_at", "mailed_at")


class AnswerForm(forms.ModelForm):
    """The state and the answer, unless another editor answered while this one wrote."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Correction
        fields = ("state", "answer")
        field_classes = {"answer": PlainText}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seen"].initial = _when(self.instance)

    def clean(self) -> dict[str, Any] | None:
        """Refuse a state without its words, and to overwrite an answer that was not seen."""
        state, answer = self.cleaned_data.get("state"), self.cleaned_data.get("answer")
        if state == CorrectionState.RECEIVED and answer:
            self.add_error("state", _("An answer needs a state: accepted or declined."))
        if state and state != CorrectionState.RECEIVED and answer == "":
            self.add_error("answer", _("Say in words why it is accepted or declined."))
        stored = Correction.objects.select_for_update().get(pk=self.instance.pk)
        if self.cleaned_data.get("seen", "") != _when(stored):
            meanwhile = _("Another editor answered this meanwhile. Load the page again to see it.")
            raise ValidationError(meanwhile)
        return super().clean()


def _when(report: Correction) -> str:
    return report.answered_at.isoformat() if report.answered_at else ""


@admin.register(Correction)
class CorrectionAdmin(admin.ModelAdmin):
    """The open ones first, the longest waiting first."""

    form = AnswerForm
    fieldsets = (
        (_("What it is about"), {"fields": ABOUT}),
        (_("What the reader says"), {"fields": REPORT}),
        (_("The answer"), {"fields": ("state", "answer", *OUTCOME, "seen")}),
    )
    readonly_fields = (*ABOUT, *REPORT, *OUTCOME)
    list_display = ("reference", "record_name", "fact_words", "wrong_cut", "received_at", "state")
    list_filter = ("state", "record_kind", "received_at")
    list_per_page = 50
    search_fields = ("reference", "record_ref", "record_name", "wrong", "proposed", "answer")

    class Media:
        css = {"all": ("css/admin.css",)}

    @admin.display(description=_("what is wrong"))
    def wrong_cut(self, report: Correction) -> str:
        """The beginning of what the reader says."""
        return report.wrong if len(report.wrong) <= 100 else f"{report.wrong[:99]}…"

    @admin.display(description=_("record"))
    def about(self, report: Correction) -> Any:
        """The record with its page here and its page in public, as long as there is one."""
        found = subject_of(report)
        what = ", ".join(filter(None, (report.record_name, report.fact_words)))
        if found is None:
            gone = _now("%s (there is no such record or fact any more)")
            return gone % f"{what}, {report.record_kind}/{report.record_ref}"
        address = reverse(f"admin:alliances_{found.kind}_change", args=[found.record.pk])
        return format_html(
            '{} · <a href="{}">{}</a> · <a href="{}">{}</a>',
            *(what, address, _now("correct it")),
            *(found.record.get_absolute_url(), _now("public page")),
        )

    @admin.display(description=_("what the record says now"))
    def says(self, report: Correction) -> str:
        """The fact as it is now: another editor may have corrected it."""
        found = subject_of(report)
        return found.text if found else ""

    @admin.display(description=_("address of a source"))
    def source_link(self, report: Correction) -> Any:
        """Where the reader says it can be read; opened without telling it from where."""
        link = '<a href="{0}" rel="noreferrer nofollow">{0}</a>'
        return format_html(link, report.source) if report.source else ""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Readers report; editors correct the record itself."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A report and its answer stay, unless the law asks otherwise."""
        return bool(request.user.is_active and request.user.is_superuser)

    def save_model(self, request: HttpRequest, obj: Correction, form: Any, change: bool) -> None:
        """Store the answer, then, when it is surely stored, mail it."""
        if form.changed_data:
            obj.say_who_answered(request.user.get_username())
        super().save_model(request, obj, form, change)
        if obj.is_to_be_mailed:
            transaction.on_commit(partial(_mail, request, obj))


def _mail(request: HttpRequest, report: Correction) -> None:
    """Send the reader the answer. Where that fails it stays to be sent: a save tries again."""
    page = request.build_absolute_uri(report.get_absolute_url())
    text = render_to_string("corrections/answer.txt", {"report": report, "page": page}).strip()
    subject = _now("Your report %s") % report.reference
    try:
        send_mail(subject, text, None, [report.mail])
    except Exception:  # whatever the mail's backend may raise, the answer is stored
        logger.exception("The answer to report %s was not mailed", report.reference)
        failed = _now("The answer is stored, but could not be mailed. To try again, save it again.")
        messages.warning(request, failed)
    else:
        report.say_it_was_mailed()
