"""Room 2: what one state promises several others on a day, rung by rung."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from alliances.models import CommitmentSpan, Coverage, ObligationLevel, State
from alliances.queries.articles import Article, articles_by_state
from alliances.queries.pledges import made_to
from alliances.queries.relations import Relation, as_pledge
from alliances.rules.strength import STANDING_ORDER, order
from alliances.vocabulary import SHOWN_BY_DEFAULT, Blank, Level


@dataclass
class ComparedCell:
    """What one partner is promised on one rung: the promise that stands best in full, the others
    by name, and those of other days; where there is none, which blank it is.
    """

    relation: Relation
    standing: list[CommitmentSpan]
    gone: list[CommitmentSpan]
    blank: Blank

    @property
    def best(self) -> CommitmentSpan | None:
        """The promise whose words are shown."""
        return self.standing[0] if self.standing else None

    @property
    def also(self) -> list[CommitmentSpan]:
        """The other promises that stand or may stand on this rung."""
        return self.standing[1:]


@dataclass
class ComparedRung:
    """A rung, or what has no rank, with one cell per partner in the order asked for."""

    level: ObligationLevel | None
    cells: list[ComparedCell]

    @property
    def anyone(self) -> bool:
        """Whether anybody is or was promised anything here."""
        return any(cell.standing or cell.gone for cell in self.cells)


@dataclass
class Comparison:
    """The partners (as columns) and the rungs (as rows)."""

    columns: list[Relation]
    rungs: list[ComparedRung]


def compared(promisor: State, partners: Sequence[State], day: date) -> Comparison:
    """Every rung with what each partner is promised on it; last what has no rank."""
    spans = CommitmentSpan.objects.on(day).as_pledges()
    found: dict[State, list[CommitmentSpan]] = {partner: [] for partner in partners}
    for span in spans.filter(made_to(promisor, partners)):
        found[span.commitment.partner].append(span)
    rows = Coverage.objects.filter(promisor=promisor, partner__in=partners)
    coverage = {row.partner_id: row for row in rows}
    articles = articles_by_state()
    columns = [
        Relation(
            partner,
            sorted(found[partner], key=_best_standing_first),
            articles.get(partner.pk, Article()) if partner.pk in coverage else Article(),
            coverage.get(partner.pk),
        )
        for partner in partners
    ]
    levels = ObligationLevel.objects.filter(rank__isnull=False)
    rungs = [_rung(level, columns) for level in levels]
    return Comparison(columns, [*rungs, _rung(None, columns)])


def _best_standing_first(span: CommitmentSpan) -> tuple[object, ...]:
    pledge = as_pledge(span)
    return (STANDING_ORDER.index(pledge.status), *order(pledge))


def _rung(level: ObligationLevel | None, columns: Iterable[Relation]) -> ComparedRung:
    return ComparedRung(level, [_cell(level, relation) for relation in columns])


def _cell(level: ObligationLevel | None, relation: Relation) -> ComparedCell:
    rank = level.rank if level else None
    here = [span for span in relation.spans if span.commitment.level.rank == rank]
    standing = [span for span in here if span.status in SHOWN_BY_DEFAULT]
    gone = [span for span in here if span.status not in SHOWN_BY_DEFAULT]
    return ComparedCell(relation, standing, gone, blank_of(relation))


def blank_of(relation: Relation) -> Blank:
    """What an empty rung of these two says: nobody looked, a text is closed or was not read, or
    nothing was found.
    """
    if relation.coverage is None:
        return Blank.NOT_RESEARCHED
    unread = {s.commitment.level.level for s in relation.spans if s.status in SHOWN_BY_DEFAULT}
    if Level.UNDISCLOSED in unread:
        return Blank.TEXT_NOT_PUBLIC
    if Level.NOT_ESTABLISHED in unread:
        return Blank.NOT_ESTABLISHED
    return Blank.NONE_FOUND
