"""Status on a day: the one rule, for an agreement and for a promise between two parties.

Spans are half-open, partial dates are ranges, the stored status speaks from the coverage date on.
The rule and its worked rows stand in docs/decisions/0003-status-on-a-day.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from alliances.partial_dates import PartialDate
from alliances.rules.facts import Agreement, Obligation, Participation
from alliances.vocabulary import HOLDING, DayReason, DayStatus, StoredStatus

OVER = (StoredStatus.EXPIRED, StoredStatus.TERMINATED, StoredStatus.SUPERSEDED)
BEGINNING_OF_TIME, END_OF_TIME = date.min, date.max


@dataclass(frozen=True)
class Standing:
    """How a promise stands on a day.

    `since` is the recorded date that the status rests on, None where none is known. `reason` says
    what is not established, if anything. `suspended` is a flag that changes no status:
    `suspended_since` is the recorded date, None for a suspension without one.
    """

    status: DayStatus
    since: PartialDate | None = None
    reason: DayReason | None = None
    suspended: bool = False
    suspended_since: PartialDate | None = None


@dataclass(frozen=True)
class Span:
    """A standing that holds on every day from `first` up to and without `until`."""

    first: date
    until: date
    standing: Standing


def agreement_on(agreement: Agreement, day: date) -> Standing:
    """The agreement's own standing on `day`, whoever takes part."""
    if agreement.status == StoredStatus.DRAFT:
        return Standing(DayStatus.DRAFT)
    if agreement.ended and day >= agreement.ended.last:
        return Standing(DayStatus.ENDED, since=agreement.ended)
    standing = _without_end_date(agreement, day)
    if agreement.ended and day >= agreement.ended.first and standing.status != DayStatus.NOT_YET:
        return Standing(DayStatus.UNKNOWN, agreement.signed, DayReason.DATE_IMPRECISE)
    return standing


def _without_end_date(agreement: Agreement, day: date) -> Standing:
    signed, stored = agreement.signed, agreement.status
    if signed and day < signed.first:
        return Standing(DayStatus.NOT_YET, since=signed)
    if stored == StoredStatus.UNKNOWN:
        return Standing(DayStatus.UNKNOWN, signed, DayReason.FATE_NOT_ESTABLISHED)
    if stored in OVER and agreement.ended is None:
        if _stored_settles(agreement, day):
            return Standing(DayStatus.ENDED, reason=DayReason.END_NOT_ESTABLISHED)
        return Standing(DayStatus.UNKNOWN, signed, DayReason.END_NOT_ESTABLISHED)
    if agreement.in_force and day >= agreement.in_force.first:
        return _by_start(agreement, agreement.in_force, day)
    if agreement.in_force or stored == StoredStatus.SIGNED:
        return _by_signature(agreement, day)
    if stored not in OVER and _stored_settles(agreement, day):
        return _holding(agreement, day, None)
    return Standing(DayStatus.UNKNOWN, signed, DayReason.START_NOT_ESTABLISHED)


def _by_start(agreement: Agreement, start: PartialDate, day: date) -> Standing:
    if day < start.last:
        return Standing(DayStatus.UNKNOWN, agreement.signed, DayReason.DATE_IMPRECISE)
    return _holding(agreement, day, start)


def _by_signature(agreement: Agreement, day: date) -> Standing:
    signed = agreement.signed
    if signed is None:
        if agreement.in_force is None and _stored_speaks(agreement, day):
            return Standing(DayStatus.SIGNED, reason=DayReason.SIGNATURE_NOT_ESTABLISHED)
        return Standing(DayStatus.UNKNOWN, reason=DayReason.SIGNATURE_NOT_ESTABLISHED)
    if day < signed.last:
        return Standing(DayStatus.UNKNOWN, signed, DayReason.DATE_IMPRECISE)
    return Standing(DayStatus.SIGNED, signed)


def _holding(agreement: Agreement, day: date, since: PartialDate | None) -> Standing:
    provisional = agreement.status == StoredStatus.PROVISIONAL
    return Standing(
        DayStatus.PROVISIONAL if provisional else DayStatus.IN_FORCE,
        since=since,
        reason=None if since else DayReason.START_NOT_ESTABLISHED,
        suspended=agreement.status == StoredStatus.SUSPENDED and _stored_speaks(agreement, day),
    )


def _stored_speaks(agreement: Agreement, day: date) -> bool:
    return agreement.speaks_from is not None and day >= agreement.speaks_from


def _stored_settles(agreement: Agreement, day: date) -> bool:
    """Whether the stored status decides: it speaks, and the signature surely lies behind."""
    signed = agreement.signed
    return _stored_speaks(agreement, day) and not (signed and day < signed.last)


def promise_on(
    agreement: Agreement,
    obligation: Obligation | None,
    stays: tuple[Participation, Participation],
    day: date,
) -> Standing:
    """The standing on `day` of one clause between two stays (the promisor's and the partner's).

    Without an obligation: of the agreement between the two. The span is the overlap of the
    agreement's life, both stays and the clause's own span.
    """
    whole = agreement_on(agreement, day)
    if whole.status == DayStatus.DRAFT:
        return whole
    starts, ends = _bounds_within(obligation, stays)
    over = [end for end in ends if day >= end.last]
    if over or whole.status == DayStatus.ENDED:
        return _ended(whole, over)
    if whole.status == DayStatus.NOT_YET or any(day < start.first for start in starts):
        return Standing(DayStatus.NOT_YET, since=_latest([*starts, whole.since]))
    suspended, suspended_since = _suspension(stays, day)
    standing = Standing(
        whole.status,
        _latest([whole.since, *starts]) if _rests_on_start(whole) else whole.since,
        whole.reason,
        suspended or whole.suspended,
        suspended_since,
    )
    doubt = _doubt(agreement, starts, ends, day)
    if doubt and standing.status != DayStatus.UNKNOWN:
        return Standing(
            DayStatus.UNKNOWN,
            agreement.signed,
            doubt,
            standing.suspended,
            standing.suspended_since,
        )
    return standing


def _ended(whole: Standing, over: list[PartialDate]) -> Standing:
    """Ended by what came first; an end that is not established gives way to one that is."""
    since = _earliest([*over, whole.since if whole.status == DayStatus.ENDED else None])
    return Standing(DayStatus.ENDED, since, None if since else whole.reason)


def _rests_on_start(standing: Standing) -> bool:
    """A later joining moves a known start; it must not stand in for a start that is unknown."""
    return standing.status in (*HOLDING, DayStatus.SIGNED) and standing.since is not None


def _bounds_within(
    obligation: Obligation | None, stays: tuple[Participation, Participation]
) -> tuple[list[PartialDate], list[PartialDate]]:
    starts = [stay.joined for stay in stays if stay.joined]
    ends = [stay.left for stay in stays if stay.left]
    if obligation and obligation.applies_from:
        starts.append(obligation.applies_from)
    if obligation and obligation.applies_until:
        ends.append(obligation.applies_until)
    return starts, ends


def _doubt(
    agreement: Agreement, starts: list[PartialDate], ends: list[PartialDate], day: date
) -> DayReason | None:
    if any(day < start.last for start in starts) or any(day >= end.first for end in ends):
        return DayReason.DATE_IMPRECISE
    return None if agreement.participations_known else DayReason.PARTIES_NOT_ESTABLISHED


def _suspension(
    stays: tuple[Participation, Participation], day: date
) -> tuple[bool, PartialDate | None]:
    """Raised on every day on which a suspension is possible; the words give the date recorded."""
    found = [
        stay.suspended_from
        for stay in stays
        if stay.suspended_from
        and day >= stay.suspended_from.first
        and not (stay.suspended_until and day >= stay.suspended_until.last)
    ]
    return bool(found), _earliest(found)


def _earliest(dates: Iterable[PartialDate | None]) -> PartialDate | None:
    return min((d for d in dates if d), key=lambda d: (d.last, d.first), default=None)


def _latest(dates: Iterable[PartialDate | None]) -> PartialDate | None:
    return max((d for d in dates if d), key=lambda d: (d.last, d.first), default=None)


def turning_days(*dates: PartialDate | date | None) -> list[date]:
    """The days on which a standing that depends on `dates` may change, in order."""
    days: set[date] = set()
    for value in dates:
        if isinstance(value, PartialDate):
            days |= {value.first, value.last}
        elif value is not None:
            days.add(value)
    return sorted(days)


def agreement_spans(agreement: Agreement) -> tuple[Span, ...]:
    """The agreement's standing over all days, as the fewest spans that cover them."""
    return spans_of(agreement_turns(agreement), lambda day: agreement_on(agreement, day))


def agreement_turns(agreement: Agreement) -> list[date]:
    """The days on which the agreement's own standing may change."""
    return turning_days(
        agreement.signed, agreement.in_force, agreement.ended, agreement.speaks_from
    )


def spans_of(turns: list[date], standing_on: Callable[[date], Standing]) -> tuple[Span, ...]:
    """The fewest spans over all days before END_OF_TIME of a standing that changes only on `turns`
    (sorted).
    """
    return tuple(_spans(turns, standing_on))


def _spans(turns: list[date], standing_on: Callable[[date], Standing]) -> Iterator[Span]:
    first = BEGINNING_OF_TIME
    current = standing_on(first)
    for turn in turns:
        following = standing_on(turn)
        if following != current and turn < END_OF_TIME:
            yield Span(first, turn, current)
            first, current = turn, following
    yield Span(first, END_OF_TIME, current)
