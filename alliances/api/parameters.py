"""Room 4: the parameters that only the API has: which columns, how many rows, from where on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from alliances.api.problems import BadParameters
from alliances.columns import Table
from alliances.filtersets import CodesField, FixedChoices, PageField, Parameters, faults

ROWS_ON_A_PAGE = 25
MOST_ROWS = 500
LONGEST_CURSOR = 400


class PageSizeField(PageField):
    """How many rows: a whole number up to the most that one answer holds."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_value=MOST_ROWS, **options)
        message = _("Write a number from 1 to %s, for example 100.") % MOST_ROWS
        self.error_messages |= dict.fromkeys(("invalid", "min_value", "max_value"), message)


class RowParameters(Parameters):
    """Which columns. Without `fields` all."""

    def __init__(self, data: Any, table: Table) -> None:
        super().__init__(data)
        names = FixedChoices((column.name, column.label) for column in table.columns)
        columns = CodesField(label=_("Only these columns"), choices=names, required=False)
        self.fields["fields"] = columns
        self.all_columns = table

    @property
    def table(self) -> Table:
        """The table with the columns asked for."""
        names = self.cleaned_data["fields"]
        return self.all_columns.only(names) if names else self.all_columns


class ListParameters(RowParameters):
    """Also how many rows, and after which."""

    page_size = PageSizeField(label=_("Rows in one answer"), required=False)
    cursor = forms.CharField(
        label=_("Where the answer begins"), max_length=LONGEST_CURSOR, required=False
    )

    @property
    def size(self) -> int:
        """The number of rows asked for, else the usual one."""
        return self.cleaned_data["page_size"] or ROWS_ON_A_PAGE


def refuse_unless_valid(query: QueryDict, *forms: Parameters) -> None:
    """BadParameters, naming each parameter that no form knows or that one of them refuses."""
    found = faults(*forms)
    if "page" in query:
        found["page"] = [say("There are no page numbers here: follow “next”.")]
    if found:
        raise BadParameters(found)
