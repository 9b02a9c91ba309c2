"""Who may take which step: the whole table, and what a change may lack."""

from itertools import product

import pytest

from alliances.rules.publishing import STEPS, Rights, Whose, steps_open
from alliances.vocabulary import ProposalStep, Stage

MINE, ANOTHERS, NOBODYS = Whose
ALL_RIGHTS = [Rights(*each) for each in product((False, True), repeat=3)]
AUTHOR = Rights(propose=True)
REVIEWER = Rights(propose=True, review=True)
ADMINISTRATOR = Rights(propose=True, review=True, publish_own=True)


@pytest.mark.parametrize(
    ("stage", "whose", "author", "reviewer", "administrator"),
    [
        (
            Stage.DRAFT,
            MINE,
            ["submit", "set_aside"],
            ["submit", "set_aside"],
            ["submit", "publish", "set_aside"],
        ),
        (
            Stage.IN_REVIEW,
            MINE,
            ["send_back", "set_aside"],
            ["send_back", "set_aside"],
            ["send_back", "publish", "set_aside"],
        ),
        (Stage.DRAFT, ANOTHERS, [], [], []),
        (
            Stage.IN_REVIEW,
            ANOTHERS,
            [],
            ["send_back", "publish", "set_aside"],
            ["send_back", "publish", "set_aside"],
        ),
        (Stage.DRAFT, NOBODYS, ["take_up"], ["take_up"], ["take_up"]),
        (
            Stage.IN_REVIEW,
            NOBODYS,
            ["take_up"],
            ["take_up", "publish", "set_aside"],
            ["take_up", "publish", "set_aside"],
        ),
    ],
)
def test_the_table_of_steps(stage, whose, author, reviewer, administrator):
    open_to = [steps_open(stage, whose, rights) for rights in (AUTHOR, REVIEWER, ADMINISTRATOR)]
    assert open_to == [author, reviewer, administrator]


@pytest.mark.parametrize("rights", ALL_RIGHTS)
@pytest.mark.parametrize("whose", Whose)
@pytest.mark.parametrize("stage", [Stage.PUBLISHED, Stage.SET_ASIDE])
def test_what_is_ended_stays_so(stage, whose, rights):
    assert steps_open(stage, whose, rights) == []


@pytest.mark.parametrize("rights", ALL_RIGHTS)
@pytest.mark.parametrize("stage", Stage)
def test_nobody_publishes_without_the_right_to(stage, rights):
    for whose in Whose:
        may = ProposalStep.PUBLISH in steps_open(stage, whose, rights)
        reviewed = rights.review and whose != MINE and stage == Stage.IN_REVIEW
        alone = rights.publish_own and whose == MINE and stage in STEPS[ProposalStep.PUBLISH][0]
        assert may == (reviewed or alone)
