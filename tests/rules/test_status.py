"""Status on a day: what holds of every record, and the readings that the dossier does not show."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from alliances.partial_dates import PartialDate
from alliances.rules.facts import Agreement, Obligation, Participation, coverage_day
from alliances.rules.status import (
    Standing,
    agreement_on,
    agreement_spans,
    promise_on,
)
from alliances.vocabulary import DayReason, DayStatus, StoredStatus
from tests.rules.worlds import HELD, OVER, Case, agreements, cases, days, without_suspensions

D = date.fromisoformat
P = PartialDate
DAY = timedelta(days=1)


# The whole rule for an agreement, written a second time: slowly, day by day, without first and last


def possible_days(text: PartialDate) -> list[date]:
    """Every day that a partial date may mean."""
    start = date(int(text[:4]), 1, 1)
    year = [start + n * DAY for n in range(366)]
    return [day for day in year if day.isoformat().startswith(text)]


def passed(text: PartialDate | None, day: date) -> str:
    """Whether the date has come by `day`: yes, no, maybe, or unrecorded."""
    if text is None:
        return "unrecorded"
    come = {possible <= day for possible in possible_days(text)}
    return "maybe" if len(come) == 2 else "yes" if True in come else "no"


def naive_status(agreement: Agreement, day: date) -> str:
    """The status by the decision's sentences, one after the other."""
    signed, begun, ended = (
        passed(text, day) for text in (agreement.signed, agreement.in_force, agreement.ended)
    )
    stored = agreement.status
    speaks = agreement.speaks_from is not None and agreement.speaks_from <= day
    settles = speaks and signed in ("yes", "unrecorded")
    holding = "provisional" if stored == "provisional" else "in_force"
    sentences = [
        (stored == "draft", "draft"),
        (ended == "yes", "ended"),
        (signed == "no", "not_yet"),
        (ended == "maybe" or stored == "unknown", "unknown"),
        (stored in OVER and ended == "unrecorded", "ended" if settles else "unknown"),
        (begun == "yes", holding),
        (begun == "maybe", "unknown"),
        (begun == "no", "signed" if signed == "yes" else "unknown"),
        (stored == "signed" and settles, "signed"),
        (stored == "signed", "signed" if signed == "yes" else "unknown"),
        (stored in HELD and settles, holding),
    ]
    return next((status for holds, status in sentences if holds), "unknown")


@given(agreements, days)
def test_the_rule_says_what_its_sentences_say(agreement: Agreement, day: date) -> None:
    assert agreement_on(agreement, day).status == naive_status(agreement, day)


# Laws


@given(cases())
def test_what_is_said_for_sure_is_true_whatever_the_missing_parts_of_dates_are(case: Case) -> None:
    said = promise_on(*case.record, case.day).status
    assert said in (DayStatus.UNKNOWN, case.world.status_on(case.day))


@given(cases())
def test_a_poorer_record_says_less_and_never_something_else(case: Case) -> None:
    poorer = promise_on(*case.poorer, case.day).status
    assert poorer in (DayStatus.UNKNOWN, promise_on(*case.record, case.day).status)


@given(cases())
def test_full_records_leave_only_what_no_date_tells_unknown(case: Case) -> None:
    truth, stored = case.world.status_on(case.day), case.world.stored
    never_begun = stored in OVER and case.world.in_force is None and truth == DayStatus.SIGNED
    no_end_told = stored == StoredStatus.UNKNOWN and truth != DayStatus.NOT_YET
    said = promise_on(*case.full, case.day).status
    if no_end_told:
        assert said in (DayStatus.UNKNOWN, truth)
    else:
        assert said == (DayStatus.UNKNOWN if never_begun else truth)


@given(agreements, days)
def test_without_a_signature_nothing_is_not_yet(agreement: Agreement, day: date) -> None:
    standing = agreement_on(replace(agreement, signed=None), day)
    assert standing.status != DayStatus.NOT_YET


@given(agreements, days, days)
def test_what_has_ended_stays_ended(agreement: Agreement, one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    for status_on in (on_its_own(agreement), between_the_first_two(agreement)):
        if status_on(earlier).status == DayStatus.ENDED:
            assert status_on(later).status == DayStatus.ENDED


@given(agreements, days, days)
def test_what_has_not_begun_had_not_begun_before(
    agreement: Agreement, one: date, other: date
) -> None:
    earlier, later = sorted((one, other))
    for status_on in (on_its_own(agreement), between_the_first_two(agreement)):
        if status_on(later).status == DayStatus.NOT_YET:
            assert status_on(earlier).status == DayStatus.NOT_YET


@given(agreements, days)
def test_a_suspension_changes_no_status(agreement: Agreement, day: date) -> None:
    free = without_suspensions(agreement)
    for suspended, unsuspended in (
        (on_its_own(agreement)(day), on_its_own(free)(day)),
        (between_the_first_two(agreement)(day), between_the_first_two(free)(day)),
    ):
        assert replace(suspended, suspended=False, suspended_since=None) == unsuspended


@given(agreements, days)
def test_a_suspension_is_flagged_only_while_the_promise_can_hold(
    agreement: Agreement, day: date
) -> None:
    standing = between_the_first_two(agreement)(day)
    if standing.status in (DayStatus.NOT_YET, DayStatus.ENDED, DayStatus.DRAFT):
        assert not standing.suspended
    if standing.suspended_since:
        assert standing.suspended


@given(agreements, days)
def test_a_reason_is_given_for_every_unknown_and_for_no_dated_status(
    agreement: Agreement, day: date
) -> None:
    for standing in (on_its_own(agreement)(day), between_the_first_two(agreement)(day)):
        if standing.status == DayStatus.UNKNOWN:
            assert standing.reason
        elif standing.since:
            assert standing.reason is None
        else:
            assert standing.reason or standing.status == DayStatus.DRAFT


@given(agreements, days)
def test_what_counts_as_begun_or_ended_since_a_date_is_never_before_it(
    agreement: Agreement, day: date
) -> None:
    for standing in (on_its_own(agreement)(day), between_the_first_two(agreement)(day)):
        if standing.since and standing.status not in (DayStatus.NOT_YET, DayStatus.UNKNOWN):
            assert standing.since.last <= day
        if standing.since and standing.status == DayStatus.NOT_YET:
            assert day < standing.since.last


@given(agreements, days)
def test_spans_cover_every_day_once_and_say_what_the_rule_says(
    agreement: Agreement, day: date
) -> None:
    spans = agreement_spans(agreement)
    assert (spans[0].first, spans[-1].until) == (date.min, date.max)
    for before, after in itertools.pairwise(spans):
        assert before.first < before.until == after.first
        assert before.standing != after.standing
    for asked in (day, *(span.first for span in spans), *(span.until - DAY for span in spans)):
        (standing,) = [span.standing for span in spans if span.first <= asked < span.until]
        assert standing == agreement_on(agreement, asked)


def on_its_own(agreement: Agreement) -> Callable[[date], Standing]:
    return lambda day: agreement_on(agreement, day)


def between_the_first_two(agreement: Agreement) -> Callable[[date], Standing]:
    clause = next(iter(agreement.obligations), None)
    own, other, *_rest = agreement.participations
    return lambda day: promise_on(agreement, clause, (own, other), day)


# Readings without a row in the dossier. The agreement between A and B is signed in 2000, begins in
# 2001, and its stored status speaks from 2020 on.

TREATY = Agreement(
    ref="x",
    status=StoredStatus.IN_FORCE,
    signed=P("2000-02-03"),
    in_force=P("2001-04-05"),
    speaks_from=D("2020-01-31"),
)
A, B = Participation("AAA"), Participation("BBB")


def stand(
    agreement: Agreement,
    day: str,
    own: Participation = A,
    other: Participation = B,
    clause: Obligation | None = None,
) -> Standing:
    return promise_on(agreement, clause, (own, other), D(day))


def test_joining_before_the_agreement_begins_begins_nothing() -> None:
    early = replace(A, joined=P("2000-02-03"))
    assert stand(TREATY, "2001-04-04", early) == Standing(DayStatus.SIGNED, P("2000-02-03"))
    assert stand(TREATY, "2001-04-05", early) == Standing(DayStatus.IN_FORCE, P("2001-04-05"))


def test_joining_in_an_unknown_month_leaves_the_year_open() -> None:
    late = replace(A, joined=P("2005"))
    unknown = Standing(DayStatus.UNKNOWN, P("2000-02-03"), DayReason.DATE_IMPRECISE)
    assert stand(TREATY, "2004-12-31", late) == Standing(DayStatus.NOT_YET, P("2005"))
    assert stand(TREATY, "2005-01-01", late) == unknown
    assert stand(TREATY, "2005-12-30", late) == unknown
    assert stand(TREATY, "2005-12-31", late) == Standing(DayStatus.IN_FORCE, P("2005"))


def test_leaving_in_an_unknown_month_leaves_the_year_open() -> None:
    gone = replace(B, left=P("2005"))
    unknown = Standing(DayStatus.UNKNOWN, P("2000-02-03"), DayReason.DATE_IMPRECISE)
    assert stand(TREATY, "2004-12-31", other=gone) == Standing(DayStatus.IN_FORCE, P("2001-04-05"))
    assert stand(TREATY, "2005-01-01", other=gone) == unknown
    assert stand(TREATY, "2005-12-30", other=gone) == unknown
    assert stand(TREATY, "2005-12-31", other=gone) == Standing(DayStatus.ENDED, P("2005"))


def test_the_first_end_ends_it() -> None:
    gone, earlier = replace(A, left=P("2010-06-01")), replace(B, left=P("2010-05-01"))
    clause = Obligation("x/o1", "consultation", applies_until=P("2010"))
    assert stand(TREATY, "2011-01-01", gone, earlier, clause).since == "2010-05-01"
    assert stand(TREATY, "2011-01-01", gone, B, clause).since == "2010-06-01"
    ended = replace(TREATY, status=StoredStatus.EXPIRED, ended=P("2010-04"))
    assert stand(ended, "2011-01-01", gone, earlier, clause).since == "2010-04"


def test_the_last_start_begins_it() -> None:
    late, later = replace(A, joined=P("2002-05-01")), replace(B, joined=P("2002-06-01"))
    clause = Obligation("x/o1", "consultation", applies_from=P("2003"))
    assert stand(TREATY, "2011-01-01", late, later, clause).since == "2003"
    assert stand(TREATY, "2011-01-01", late, later).since == "2002-06-01"
    assert stand(TREATY, "2002-05-31", late, later) == Standing(DayStatus.NOT_YET, P("2002-06-01"))


def test_a_joining_stands_in_for_no_unknown_start() -> None:
    undated = replace(TREATY, in_force=None)
    late = replace(A, joined=P("2002-05-01"))
    assert stand(undated, "2019-01-01", late) == Standing(
        DayStatus.UNKNOWN, P("2000-02-03"), DayReason.START_NOT_ESTABLISHED
    )
    assert stand(undated, "2020-01-31", late) == Standing(
        DayStatus.IN_FORCE, reason=DayReason.START_NOT_ESTABLISHED
    )


def test_a_suspension_is_flagged_on_every_possible_day_of_it() -> None:
    frozen = replace(A, suspended_from=P("2010-03"), suspended_until=P("2012"))
    flagged = Standing(
        DayStatus.IN_FORCE, P("2001-04-05"), suspended=True, suspended_since=P("2010-03")
    )
    for side in ({"own": frozen}, {"other": replace(frozen, state="BBB")}):
        assert not stand(TREATY, "2010-02-28", **side).suspended
        assert stand(TREATY, "2010-03-01", **side) == flagged
        assert stand(TREATY, "2012-12-30", **side) == flagged
        assert stand(TREATY, "2012-12-31", **side) == Standing(DayStatus.IN_FORCE, P("2001-04-05"))


def test_of_two_suspensions_the_earlier_is_named() -> None:
    one, other = (
        replace(A, suspended_from=P("2010-03-01")),
        replace(B, suspended_from=P("2009-03-01")),
    )
    assert stand(TREATY, "2010-02-01", one, other).suspended_since == "2009-03-01"
    assert stand(TREATY, "2010-03-01", one, other).suspended_since == "2009-03-01"


def test_a_suspended_agreement_is_flagged_from_the_coverage_date() -> None:
    suspended = replace(TREATY, status=StoredStatus.SUSPENDED)
    assert stand(suspended, "2020-01-30") == Standing(DayStatus.IN_FORCE, P("2001-04-05"))
    assert stand(suspended, "2020-01-31") == Standing(
        DayStatus.IN_FORCE, P("2001-04-05"), suspended=True
    )


@pytest.mark.parametrize("status", HELD)
def test_unestablished_parties_leave_what_would_hold_unknown(status: StoredStatus) -> None:
    loose = replace(TREATY, status=status, participations_known=False)
    unknown = (DayStatus.UNKNOWN, P("2000-02-03"), DayReason.PARTIES_NOT_ESTABLISHED)
    for day in ("2000-02-03", "2001-04-05", "2021-01-01"):
        standing = stand(loose, day)
        assert (standing.status, standing.since, standing.reason) == unknown
        assert standing.suspended == (status == StoredStatus.SUSPENDED and day > "2020-01-31")
    assert stand(loose, "2000-02-02") == Standing(DayStatus.NOT_YET, P("2000-02-03"))


def test_unestablished_parties_do_not_hide_an_end() -> None:
    loose = replace(
        TREATY, status=StoredStatus.EXPIRED, ended=P("2010-01-01"), participations_known=False
    )
    assert stand(loose, "2010-01-01") == Standing(DayStatus.ENDED, P("2010-01-01"))


@pytest.mark.parametrize("status", OVER)
def test_an_undated_end_lies_at_the_latest_on_the_coverage_date(status: StoredStatus) -> None:
    over = replace(TREATY, status=status)
    assert stand(over, "2000-02-02") == Standing(DayStatus.NOT_YET, P("2000-02-03"))
    assert stand(over, "2020-01-30") == Standing(
        DayStatus.UNKNOWN, P("2000-02-03"), DayReason.END_NOT_ESTABLISHED
    )
    assert stand(over, "2020-01-31") == Standing(
        DayStatus.ENDED, reason=DayReason.END_NOT_ESTABLISHED
    )


def test_an_end_after_the_coverage_date_does_not_tell_when_it_began() -> None:
    over = replace(TREATY, status=StoredStatus.TERMINATED, in_force=None, ended=P("2025-06-01"))
    assert stand(over, "2025-05-31") == Standing(
        DayStatus.UNKNOWN, P("2000-02-03"), DayReason.START_NOT_ESTABLISHED
    )
    assert stand(over, "2025-06-01") == Standing(DayStatus.ENDED, P("2025-06-01"))


def test_a_dated_end_of_the_promise_prevails_over_an_undated_end_of_the_agreement() -> None:
    over = replace(TREATY, status=StoredStatus.EXPIRED)
    gone = replace(A, left=P("2010-01-01"))
    assert stand(over, "2010-01-01", gone) == Standing(DayStatus.ENDED, P("2010-01-01"))
    assert stand(over, "2020-01-31", gone) == Standing(DayStatus.ENDED, P("2010-01-01"))
    assert stand(over, "2020-01-31", replace(A, left=P("2020-02-01"))) == Standing(
        DayStatus.ENDED, reason=DayReason.END_NOT_ESTABLISHED
    )


@pytest.mark.parametrize("status", [StoredStatus.IN_FORCE, *OVER])
def test_the_stored_status_settles_nothing_before_the_signature(status: StoredStatus) -> None:
    after = replace(TREATY, status=status, signed=P("2021-06"), in_force=None)
    assert agreement_on(after, D("2021-05-31")) == Standing(DayStatus.NOT_YET, P("2021-06"))
    assert agreement_on(after, D("2021-06-01")).status == DayStatus.UNKNOWN
    assert agreement_on(after, D("2021-06-29")).status == DayStatus.UNKNOWN
    assert agreement_on(after, D("2021-06-30")).status == (
        DayStatus.IN_FORCE if status == StoredStatus.IN_FORCE else DayStatus.ENDED
    )


def test_a_stored_signature_without_a_day_speaks_from_the_coverage_date() -> None:
    signed = replace(TREATY, status=StoredStatus.SIGNED, signed=None, in_force=None)
    reason = DayReason.SIGNATURE_NOT_ESTABLISHED
    assert agreement_on(signed, D("2020-01-30")) == Standing(DayStatus.UNKNOWN, reason=reason)
    assert agreement_on(signed, D("2020-01-31")) == Standing(DayStatus.SIGNED, reason=reason)


def test_without_a_signature_nothing_is_signed_before_a_start_yet_to_come() -> None:
    coming = replace(TREATY, signed=None, in_force=P("2025-06-01"))
    assert agreement_on(coming, D("2025-05-31")) == Standing(
        DayStatus.UNKNOWN, reason=DayReason.SIGNATURE_NOT_ESTABLISHED
    )
    assert agreement_on(coming, D("2025-06-01")) == Standing(DayStatus.IN_FORCE, P("2025-06-01"))


def test_where_nothing_was_researched_the_stored_status_never_speaks() -> None:
    alone = replace(TREATY, in_force=None, speaks_from=None)
    assert agreement_on(alone, D("9999-12-30")) == Standing(
        DayStatus.UNKNOWN, P("2000-02-03"), DayReason.START_NOT_ESTABLISHED
    )


def test_a_date_in_the_year_9999_never_comes() -> None:
    forever = replace(TREATY, status=StoredStatus.EXPIRED, ended=P("9999-12-31"))
    assert [(span.first, span.until) for span in agreement_spans(forever)] == [
        (date.min, D("2000-02-03")),
        (D("2000-02-03"), D("2001-04-05")),
        (D("2001-04-05"), date.max),
    ]


# The coverage date


def researched(**pairs: str) -> dict[frozenset[str], PartialDate]:
    return {frozenset(pair.split("_")): P(reach) for pair, reach in pairs.items()}


def test_the_coverage_date_is_the_earliest_reach_between_two_parties() -> None:
    reach = researched(A_B="2026-06", A_C="2026-04", A_D="2020", X_Y="2019-01-01")
    assert coverage_day(["A", "B"], reach) == D("2026-06-30")
    assert coverage_day(["A", "B", "C"], reach) == D("2026-04-30")
    assert coverage_day(["B", "A", "D", "C"], reach) == D("2020-12-31")


def test_of_pairs_that_were_not_researched_the_coverage_date_is_the_earliest_of_all() -> None:
    reach = researched(A_B="2026-06", A_C="2026-04-15")
    assert coverage_day(["B", "C"], reach) == D("2026-04-15")
    assert coverage_day(["A"], reach) == D("2026-04-15")
    assert coverage_day(["A", "B"], {}) is None
