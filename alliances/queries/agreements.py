"""Room 2: agreements with their standing on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch

from alliances.models import Agreement, AgreementSpan, Participation
from alliances.models.agreement import AgreementQuerySet


def agreements_on(day: date) -> AgreementQuerySet:
    """Every agreement with its parties, its clauses' levels and, as `on_day`, its standing."""
    standing: Any = Prefetch("spans", AgreementSpan.objects.on(day), to_attr="on_day")
    stays: Any = Prefetch("participations", Participation.objects.select_related("state"))
    return Agreement.objects.prefetch_related(standing, stays, "obligations__level")
