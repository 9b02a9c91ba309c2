"""Room 4: which tables the API gives, under which parameters and in which order. No request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q
from django.http import QueryDict

from alliances import queries
from alliances.columns import (
    AGREEMENTS,
    CLAIMS,
    COMMITMENTS,
    COVERAGE,
    EVENTS,
    OBLIGATIONS,
    PARTICIPATIONS,
    SCALE,
    SOURCES,
    STATES,
    Table,
)
from alliances.filtersets import (
    AgreementFilters,
    ClaimParameters,
    CommitmentFilters,
    CoverageParameters,
    EventParameters,
    Listed,
    ObligationParameters,
    Parameters,
    ParticipationParameters,
    SourceParameters,
    StateParameters,
    by_name,
)
from alliances.models import (
    AgreementSpan,
    Claim,
    CommitmentSpan,
    Coverage,
    Event,
    Obligation,
    Participation,
    Source,
    State,
)
from alliances.releases import RELEASES, Release, released
from alliances.vocabulary import language_name

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Question:
    """What a list is asked: `form` judges the parameters; `rows` are those that they leave, in a
    total order, to be asked for once the form is valid.
    """

    form: Parameters
    rows: Callable[[], Any]


@dataclass(frozen=True)
class Endpoint:
    """One table: `many` reads the parameters of its list, `one` gives the rows with a key: one or
    none. `dated`: its rows stand as they do on a day.
    """

    table: Table
    many: Callable[[QueryDict], Question]
    one: Callable[[str, date], Any]
    dated: bool = False

    @property
    def name(self) -> str:
        """The last part of its address."""
        return self.table.name


def _agreements(query: QueryDict) -> Question:
    filters = AgreementFilters(query)
    return Question(filters.form, lambda: filters.ordered)


def _commitments(query: QueryDict) -> Question:
    filters = CommitmentFilters(query)
    return Question(filters.form, lambda: Listed(filters))


def _named(rows: Any, code: str, name: str) -> Choices:
    """The codes that some rows hold, with their names."""
    return by_name(rows.order_by().values_list(code, name).distinct())


def _of(model: type[Model]) -> Callable[[str, date], Any]:
    """A row of a table whose rows are the model's own."""
    return lambda key, _day: model._default_manager.filter(ref=key)


def _states(query: QueryDict) -> Question:
    form = StateParameters(query)
    return Question(form, lambda: form.choose(State.objects.order_by("ref")))


def _participations(query: QueryDict) -> Question:
    rows = Participation.objects.order_by("ref")
    states = _named(rows, "state__ref", "state__name")
    agreements = _named(rows, "agreement__ref", "agreement__short_title")
    form = ParticipationParameters(query, state=states, agreement=agreements)
    return Question(form, lambda: form.choose(rows))


def _obligations(query: QueryDict) -> Question:
    agreements = _named(Obligation.objects.all(), "agreement__ref", "agreement__short_title")
    form = ObligationParameters(query, agreement=agreements)

    def rows() -> Any:
        return form.choose(queries.clauses_standing_on(form.day).order_by("ref"))

    return Question(form, rows)


def _events(query: QueryDict) -> Question:
    rows = Event.objects.latest_first()
    form = EventParameters(query, state=_named(rows, "state__ref", "state__name"))
    return Question(form, lambda: form.choose(rows))


def _claims(query: QueryDict) -> Question:
    rows = Claim.objects.checked().in_the_articles_order()
    form = ClaimParameters(query, state=_named(rows, "state__ref", "state__name"))
    return Question(form, lambda: form.choose(rows))


def _sources(query: QueryDict) -> Question:
    rows = Source.objects.by_title()
    codes = rows.order_by("language").values_list("language", flat=True).distinct()
    languages = by_name((code, language_name(code)) for code in codes)
    form = SourceParameters(query, language=languages)
    return Question(form, lambda: form.choose(rows))


def _coverage(query: QueryDict) -> Question:
    rows = Coverage.objects.order_by("ref")
    sides = {
        side: _named(rows, f"{side}__ref", f"{side}__name") for side in ("promisor", "partner")
    }
    form = CoverageParameters(query, **sides)
    return Question(form, lambda: form.choose(rows))


def _rung(key: str, _day: date) -> Iterable[queries.LevelUse]:
    return [use for use in queries.scale() if use.level.ref == key]


def _agreement(key: str, day: date) -> Any:
    return AgreementSpan.objects.on(day).filter(agreement__ref=key)


def _commitment(key: str, day: date) -> Any:
    """By "<clause>:PROMISOR-PARTNER"; the agreement, where no clause is recorded."""
    text, _colon, sides = key.rpartition(":")
    promisor, _hyphen, partner = sides.partition("-")
    which = Q(commitment__obligation__ref=text) | Q(
        commitment__obligation=None, commitment__agreement__ref=text
    )
    who = Q(commitment__promisor__ref=promisor, commitment__partner__ref=partner)
    return CommitmentSpan.objects.on(day).filter(who & which).marked_as_tested()


def _releases() -> list[Release]:
    """The first one first: a new one comes at the end, so that no cursor skips or doubles one."""
    return released()[::-1]


def _release(key: str, _day: date) -> list[Release]:
    return [release for release in released() if release.version == key]


ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(STATES, _states, _of(State)),
    Endpoint(AGREEMENTS, _agreements, _agreement, dated=True),
    Endpoint(PARTICIPATIONS, _participations, _of(Participation)),
    Endpoint(
        OBLIGATIONS,
        _obligations,
        lambda key, day: queries.clauses_standing_on(day).filter(ref=key),
        dated=True,
    ),
    Endpoint(COMMITMENTS, _commitments, _commitment, dated=True),
    Endpoint(EVENTS, _events, _of(Event)),
    Endpoint(CLAIMS, _claims, _of(Claim)),
    Endpoint(SOURCES, _sources, _of(Source)),
    Endpoint(SCALE, lambda query: Question(Parameters(query), queries.scale), _rung),
    Endpoint(COVERAGE, _coverage, _of(Coverage)),
    Endpoint(RELEASES, lambda query: Question(Parameters(query), _releases), _release),
)
