"""Room 2: one state's promises to another on a day, summed up; partners, promisors, the ladder."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from alliances.models import CommitmentSpan, Coverage, ObligationLevel, State
from alliances.models.commitment import SpanQuerySet
from alliances.queries.articles import Article, articles_by_state
from alliances.rules.strength import (
    HEADLINE_HOLLOW,
    Pledge,
    best_standing_by_rank,
    order,
    strongest,
    strongest_cooperation,
)
from alliances.vocabulary import HOLDING, LAST_RANK, SHOWN_BY_DEFAULT, DayStatus, Direction, Family

ON_THE_STRIP = (*SHOWN_BY_DEFAULT, DayStatus.ENDED)


@dataclass
class Relation:
    """One state's promises to another on a day, summed up as one row of a table.

    `other` is the partner (or, read from the partner's side, the promisor). `spans` are all
    standings on the day, also those that ended or have not begun. `is_named`: an article names the
    partner.
    """

    other: State
    spans: list[CommitmentSpan] = field(default_factory=list)
    article: Article = field(default_factory=Article)
    coverage: Coverage | None = None
    is_named: bool = False

    def __post_init__(self) -> None:
        by_ref = {pledge_ref(span): span for span in self.spans}
        shown = [as_pledge(span) for span in self.drawn]
        headline, beside = strongest(shown), strongest_cooperation(shown)
        best = best_standing_by_rank(shown)
        self.headline = by_ref[headline.ref] if headline else None
        self.cooperation = by_ref[beside.ref] if beside and _is_restraint(headline) else None
        self.strip = [
            (rank, by_ref[best[rank].ref] if rank in best else None, rank in self.article.asserted)
            for rank in range(1, LAST_RANK + 1)
        ]
        self.unranked = len(
            {
                pledge.ref
                for pledge in shown
                if pledge.level.rank is None and pledge.status != DayStatus.ENDED
            }
        )
        self.shown, self.equals = self.headline, _equals(headline, shown)

    def show_the_strongest_of(self, matching: Container[int]) -> None:
        """Let the row show the strongest of these promises (primary keys of spans)."""
        found = {pledge_ref(span): span for span in self.spans if span.pk in matching}
        pledges = [as_pledge(span) for span in found.values()]
        best = strongest(pledges) or min(pledges, key=order, default=None)
        self.shown = found[best.ref] if best else None
        self.equals = _equals(best, pledges)

    @property
    def drawn(self) -> list[CommitmentSpan]:
        """The promises that the rungs show: those that stand or may stand, and those that ended."""
        return [span for span in self.spans if span.status in ON_THE_STRIP]

    @property
    def stands(self) -> bool:
        """Whether any promise stands or may stand."""
        return any(span.status in SHOWN_BY_DEFAULT for span in self.spans)

    @property
    def is_listed(self) -> bool:
        """Whether it stands in a table that asks nothing: also where nothing was found or all has
        ended, if an article names it.
        """
        return self.stands or self.is_named

    @property
    def holds(self) -> bool:
        """Whether a promise is in force or applied provisionally."""
        return self.headline is not None and self.headline.status in HOLDING

    @property
    def must_help(self) -> bool:
        """Whether military help is a duty that holds: the first rung."""
        return self.holds and self.headline is not None and self.headline.commitment.level.rank == 1

    @property
    def suspended(self) -> CommitmentSpan | None:
        """A promise that stands with a suspension, if there is one."""
        flagged = [s for s in self.spans if s.suspended and s.status in SHOWN_BY_DEFAULT]
        return min(flagged, key=lambda span: order(as_pledge(span)), default=None)

    @property
    def last(self) -> CommitmentSpan | None:
        """Where nothing stands: what ended last, else what begins first, else a draft."""
        ended = [span for span in self.spans if span.status == DayStatus.ENDED]
        to_come = [span for span in self.spans if span.status == DayStatus.NOT_YET]
        if ended:
            return max(ended, key=lambda span: span.since or "")
        return min(to_come or self.spans, key=lambda span: span.since or "", default=None)


def partners_of(state: State, day: date) -> list[Relation]:
    """Every partner to whom `state` has a promise standing on `day`, strongest first, and every
    partner that an article names.
    """
    return [row for row in ever_partners_of(state, day) if row.is_listed]


def ever_partners_of(
    state: State, day: date, direction: Direction = Direction.MADE
) -> list[Relation]:
    """Also the partners all of whose promises have ended or not begun on `day`.

    In the other direction: every state that ever had a promise to `state`.
    """
    own, other = SIDES[direction]
    spans = CommitmentSpan.objects.on(day).as_pledges().filter(**{f"commitment__{own}": state})
    found: dict[State, list[CommitmentSpan]] = {}
    for span in spans:
        found.setdefault(getattr(span.commitment, other), []).append(span)
    coverage = {row.partner: row for row in state.coverage_as_promisor.select_related("partner")}
    made = direction == Direction.MADE
    named = {partner for partner, row in coverage.items() if made and row.named_in_article}
    articles = articles_by_state()
    rows = [
        Relation(
            partner,
            found.get(partner, []),
            articles.get(partner.pk, Article()) if partner in named else Article(),
            coverage.get(partner),
            partner in named,
        )
        for partner in found.keys() | named
    ]
    return sorted(rows, key=strongest_first)


# Whose side of a commitment the state is on, and the other side.
SIDES = {Direction.MADE: ("promisor", "partner"), Direction.RECEIVED: ("partner", "promisor")}


def by_rung_then_standing(span: CommitmentSpan) -> tuple[int, bool, tuple[object, ...]]:
    """Sorts strongest first; on a rung what stands on the day before what does not."""
    pledge = as_pledge(span)
    gone = pledge.status not in SHOWN_BY_DEFAULT
    return (pledge.level.rank or LAST_RANK + 1, gone, order(pledge))


def military_help_owed_to(partner: State, day: date) -> SpanQuerySet:
    """Each promise of military help (the defence family) to `partner`, as it stands on `day`."""
    return (
        CommitmentSpan.objects.on(day)
        .as_pledges()
        .filter(commitment__partner=partner, commitment__level__rank__lte=3)
        .order_by("commitment__promisor__ref", "commitment__agreement__ref")
    )


def as_pledge(span: CommitmentSpan) -> Pledge:
    """A row of the derived table as the value that the rules compare."""
    commitment = span.commitment
    return Pledge(
        ref=pledge_ref(span),
        level=commitment.level.level,
        status=DayStatus(span.status),
        suspended=span.suspended,
        quoted=bool(commitment.obligation and commitment.obligation.wording),
        since=commitment.agreement.in_force,
    )


def pledge_ref(span: CommitmentSpan) -> str:
    """The clause's permanent id, or the agreement's where no clause is recorded."""
    commitment = span.commitment
    return commitment.obligation.ref if commitment.obligation else commitment.agreement.ref


def strongest_first(row: Relation) -> tuple[int, str]:
    """By the shown promise's rung, then those without a rank, then those without any promise."""
    if row.shown is None:
        return (LAST_RANK + 2, row.other.name)
    return (row.shown.commitment.level.rank or LAST_RANK + 1, row.other.name)


def in_order(rows: Iterable[Relation], name: str, reverse: bool) -> list[Relation]:
    """Rows by `strength`, `partner`, `region`, `date` or `kind` of what they show, strongest first
    and alphabetically within;
    what has no such value comes last in both directions.
    """
    value = ORDERS[name]
    found = sorted(rows, key=strongest_first)
    known = [row for row in found if value(row) is not None]
    known.sort(key=value, reverse=reverse)
    return known + [row for row in found if value(row) is None]


def _rank(row: Relation) -> int | None:
    return row.shown.commitment.level.rank if row.shown else None


def _signed(row: Relation) -> date | None:
    return row.shown.commitment.agreement.signed_first if row.shown else None


def _kind(row: Relation) -> str | None:
    return row.shown.commitment.agreement.kind if row.shown else None


ORDERS: dict[str, Callable[[Relation], Any]] = {
    "strength": _rank,
    "partner": lambda row: row.other.slug,
    "region": lambda row: row.other.region,
    "date": _signed,
    "kind": _kind,
}


def _equals(best: Pledge | None, pledges: Iterable[Pledge]) -> int:
    """How many promises stand where the best one does, itself among them."""
    return sum(1 for p in pledges if best and p.level is best.level and p.status == best.status)


def _is_restraint(headline: Pledge | None) -> bool:
    return headline is not None and headline.level.family == Family.RESTRAINT


@dataclass
class Rung:
    """A rung of the ladder: whose strongest promise it is, with how many partners such a promise
    is in force, and with how many it is only signed or not established.
    """

    level: ObligationLevel
    here: list[Relation]
    holders: int
    hollow: int


def ladder(rows: list[Relation]) -> list[Rung]:
    """The nine rungs, strongest first, each with the partners of `rows` that stand on it."""
    found = []
    for level in ObligationLevel.objects.filter(rank__isnull=False):
        best = [span for row in rows for rank, span, _said in row.strip if rank == level.rank]
        statuses = [span.status for span in best if span]
        here = [row for row in rows if row.headline and row.headline.commitment.level == level]
        holders = sum(status in HOLDING for status in statuses)
        hollow = sum(status in HEADLINE_HOLLOW for status in statuses)
        found.append(Rung(level, here, holders, hollow))
    return found


def grouped_by_level(
    rows: Iterable[Relation],
) -> list[tuple[ObligationLevel | None, list[Relation]]]:
    """Rows in their order, grouped by the shown promise's level; None: nothing stands."""
    groups: dict[ObligationLevel | None, list[Relation]] = {}
    for row in rows:
        level = row.shown.commitment.level if row.shown else None
        groups.setdefault(level, []).append(row)
    return list(groups.items())
