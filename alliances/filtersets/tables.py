"""Room 3: the parameters of the tables that have no page of their own, only data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from alliances.filtersets.codes import LEVEL_CODES, CodesField, choices
from alliances.filtersets.parameters import DayParameters
from alliances.filtersets.records import RecordParameters
from alliances.vocabulary import Region


class StateParameters(RecordParameters):
    """In which region."""

    region = CodesField(label=_("Region"), choices=choices(Region), required=False)


class ParticipationParameters(RecordParameters):
    """Which state, in which agreement."""

    ids = ("state", "agreement")
    state = CodesField(label=_("State"), required=False)
    agreement = CodesField(label=_("Agreement"), required=False)


class ObligationParameters(RecordParameters, DayParameters):
    """Of which agreement, on which rung, as of which day."""

    ids = ("agreement", "level")
    agreement = CodesField(label=_("Agreement"), required=False)
    level = CodesField(label=_("Promises at rung"), choices=LEVEL_CODES, required=False)


class CoverageParameters(RecordParameters):
    """Of which two states."""

    ids = ("promisor", "partner")
    promisor = CodesField(label=_("One state"), required=False)
    partner = CodesField(label=_("The other state"), required=False)
