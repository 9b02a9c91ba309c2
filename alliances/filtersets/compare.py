"""Room 3: the parameters of the comparison: two to six partners, whose promises, which day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from alliances.filtersets.codes import LONGEST_REPEATED
from alliances.filtersets.parameters import PartnersParameters
from alliances.models import State

FEWEST, MOST = 2, 6


@dataclass(frozen=True)
class Offered:
    """A state that can be compared, and whether it is."""

    state: State
    chosen: bool


class StatesField(forms.MultipleChoiceField):
    """Two to six codes of states, each once, in the order given; an empty value asks nothing."""

    def to_python(self, value: Any) -> list[str]:
        """The codes that were given."""
        return [code for code in super().to_python(value) if code]

    def validate(self, value: list[str]) -> None:
        """Refuse an unknown code, one that is given twice, and too few or too many."""
        listed: Any = self.choices
        known = {code for code, _name in listed}
        for code in value:
            shown = {"code": code[:LONGEST_REPEATED]}
            if code not in known:
                raise ValidationError(_("“%(code)s” is no code of a state."), params=shown)
            if value.count(code) > 1:
                raise ValidationError(_("“%(code)s” is given more than once."), params=shown)
        if value and not FEWEST <= len(value) <= MOST:
            words = _("Choose two to six partners; %(count)s given.")
            raise ValidationError(words, params={"count": len(value)})


class CompareParameters(PartnersParameters):
    """Which partners of one promisor stand side by side, on which day."""

    state = StatesField(label=_("Partners"), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.asked = data
        self.states = {state.ref: state for state in State.objects.all()}
        field: Any = self.fields["state"]
        field.choices = [(state.ref, state.name) for state in self.states.values()]

    def clean(self) -> dict[str, Any]:
        """Also refuse to compare the promisor with its own partners."""
        super().clean()
        asked = self.cleaned_data.get("state", [])
        if "promisor" in self.cleaned_data and self.whose.ref in asked:
            words = _("%(state)s makes the promises here; choose states that it made them to.")
            self.add_error("state", ValidationError(words, params={"state": self.whose.name}))
        return self.cleaned_data

    @property
    def partners(self) -> list[State]:
        """The states asked for, in the order of the address."""
        return [self.states[code] for code in self.cleaned_data["state"]]

    def offered(self) -> list[Offered]:
        """Who can be chosen: whoever the promisor has promised something or was researched with,
        and whoever is asked for; also where something else in the address is refused.
        """
        asked = self.asked.getlist("state")
        whose = self.whose if "promisor" in self.cleaned_data else None
        found = State.objects.filter(
            Q(promises_received__promisor=whose)
            | Q(coverage_as_partner__promisor=whose)
            | Q(ref__in=asked)
        )
        others = found.exclude(pk=whose.pk) if whose else found
        return [Offered(state, state.ref in asked) for state in others.distinct()]

    def comparing(self, codes: Iterable[str]) -> str:
        """The query that compares these states under the same promisor and day."""
        query = QueryDict(mutable=True)
        if self.whose.ref != settings.FOCUS_STATE:
            query["promisor"] = self.whose.ref
        if self.cleaned_data["on"]:
            query["on"] = self.day.isoformat()
        query.setlist("state", list(codes))
        return f"?{query.urlencode()}"

    @property
    def cleared(self) -> str:
        """The query that asks for no partner and no day; whose promises are compared stays."""
        return self.address(state=None, on=None)

    def address_without(self, state: State) -> str:
        """The query that drops one; nothing where too few would be left."""
        left = [code for code in self.cleaned_data["state"] if code != state.ref]
        return self.comparing(left) if len(left) >= FEWEST else ""
