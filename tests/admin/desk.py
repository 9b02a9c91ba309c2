"""An editor at the desk: opens a page, changes fields of its form, sends it as a browser would."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse


def address(model: type[Model] | Model, page: str, *args: Any) -> str:
    return reverse(f"admin:alliances_{model._meta.model_name}_{page}", args=args)


class Desk:
    """One record's form, filled in as the page came."""

    def __init__(self, client: Client, record: Model | type[Model], page: str = "") -> None:
        new = isinstance(record, type)
        self.client = client
        own = address(record, "add") if new else address(record, "change", record.pk)
        self.address = page or own
        self.page: Any = client.get(self.address)
        assert self.page.status_code == 200
        self.sent: dict[str, Any] = {"made_from": self.page.context["made_from"]}
        for form in self._forms():
            self.sent |= {part.html_name: _as_sent(part.value()) for part in form}
        self.sent = {name: value for name, value in self.sent.items() if value is not None}

    @classmethod
    def draft(cls, client: Client, proposal: Model) -> Desk:
        """The form of a draft."""
        return cls(client, proposal, address(proposal, "edit", proposal.pk))

    def fill(self, **values: Any) -> Desk:
        """Change fields of the record itself."""
        self.sent |= values
        return self

    def fill_row(self, ref: str, **values: Any) -> Desk:
        """Change fields of the nested row with this id."""
        rows = (form for form in self._forms() if getattr(form, "instance", None) is not None)
        prefix = next(form.prefix for form in rows if getattr(form.instance, "ref", "") == ref)
        self.sent |= {f"{prefix}-{name}": value for name, value in values.items()}
        return self

    def add_row(self, formset: str, **values: Any) -> Desk:
        """Add a nested row, as the page's “Add another” does."""
        number = int(self.sent[f"{formset}-TOTAL_FORMS"])
        self.sent[f"{formset}-TOTAL_FORMS"] = number + 1
        self.sent |= {f"{formset}-{number}-{name}": value for name, value in values.items()}
        return self

    def save(self, why: str, button: str = "_publish") -> HttpResponse:
        """Press a button: by default the one that publishes at once, if the editor may."""
        return self.client.post(self.address, self.sent | {"change_reason": why, button: "yes"})

    def _forms(self) -> list[Any]:
        forms = [self.page.context["adminform"].form]
        for inline in self.page.context["inline_admin_formsets"]:
            forms += [inline.formset.management_form, *inline.formset.forms]
        return forms


def _as_sent(value: Any) -> Any:
    """The value as a browser sends it; None where it sends nothing."""
    if value is True:
        return "on"
    if value is None or value is False:
        return None
    return value.replace("\n", "\r\n") if isinstance(value, str) else value


def refusals(response: Any) -> list[str]:
    """The messages above the form and beside its fields, in their order on the page."""
    assert response.status_code == 200
    found: list[str] = []
    for errors in response.context["errors"]:
        found += [errors] if isinstance(errors, str) else map(str, errors)
    return found
