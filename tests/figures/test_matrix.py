"""The matrix as a figure: in each cell the promise that stands best, and how many there are."""

from hypothesis import given
from hypothesis import strategies as st

from alliances.figures.matrix import Promise, Row, grouped, sums
from alliances.rules.strength import STANDING_ORDER, Pledge
from alliances.vocabulary import HOLDING, DayStatus, Level

GONE = {"ended", "not_yet", "draft"}


def promise(ref: str, rank: int | None, status: str = "in_force", **details: bool) -> Promise:
    level = next(level for level in Level if level.rank == rank)
    return Promise(Pledge(ref, level, DayStatus(status), **details), f"subject of {ref}")


def row(*promises: Promise, group: str = "") -> Row:
    return Row("a state", group, promises)


PROMISES = st.lists(
    st.builds(
        promise,
        ref=st.uuids().map(str),
        rank=st.sampled_from([None, *range(1, 10)]),
        status=st.sampled_from(list(DayStatus)),
    ),
    max_size=12,
)


@given(PROMISES)
def test_nine_cells_hold_every_ranked_promise_and_the_best_standing_of_each_rung(
    found: list[Promise],
) -> None:
    cells = row(*found).cells
    assert [cell.rank for cell in cells] == list(range(1, 10))
    for cell in cells:
        here = [p for p in found if p.pledge.level.rank == cell.rank]
        standing = [p for p in here if p.pledge.status not in GONE]
        assert cell.count == (len(standing) or len(here))
        assert (cell.best is None) == (not here)
        if cell.best:
            best = min(STANDING_ORDER.index(p.pledge.status) for p in here)
            assert STANDING_ORDER.index(cell.best.pledge.status) == best


@given(st.lists(PROMISES, max_size=5))
def test_the_sums_count_states_once_per_rung_in_force_or_perhaps(
    found: list[list[Promise]],
) -> None:
    rows = [row(*promises) for promises in found]
    best = [[cell.best.pledge.status for cell in each.cells if cell.best] for each in rows]
    counted = sums(rows)
    assert sum(counted.holding) == sum(s in HOLDING for statuses in best for s in statuses)
    hollow = sum(s in ("signed", "unknown") for statuses in best for s in statuses)
    assert sum(counted.hollow) == hollow
    assert len(counted.holding) == len(counted.hollow) == (9 if rows else 0)


def test_a_cell_leads_to_the_promise_that_stands_best() -> None:
    (first, *_rest) = row(
        promise("signed", 1, "signed"),
        promise("held", 1, suspended=True),
        promise("free", 1),
        promise("over", 1, "ended"),
    ).cells
    assert first.best is not None
    assert (first.best.subject, first.count) == ("subject of free", 3)
    assert first.gone == ()


def test_where_none_stands_the_cell_counts_what_is_gone() -> None:
    (first, *_rest) = row(promise("over", 1, "ended"), promise("plan", 1, "draft")).cells
    assert first.best is not None
    assert (first.best.subject, first.count) == ("subject of over", 2)
    assert first.gone == ("ended", "draft")


def test_texts_without_a_rank_stand_apart_and_only_while_they_stand() -> None:
    found = row(promise("a", None, "signed"), promise("b", None, "ended"), promise("c", 1))
    assert [each.pledge.ref for each in found.unranked] == ["a"]


def test_rows_stand_under_their_headings_in_order() -> None:
    one, two, three = row(group="X"), row(group="X"), row(group="Y")
    assert grouped([one, two, three]) == [("X", [one, two]), ("Y", [three])]
