"""What keeps proposals refuses by itself what is not open, whoever asks it and from wherever."""

import pytest

from alliances.admin.refs import numbered
from alliances.models import Obligation
from alliances.proposals.keeping import NotOpen, Unready, keep, keep_again, take
from alliances.proposals.nouns import BY_NAME, published_form
from alliances.proposals.publishing import Contradictory, publish, undo
from alliances.vocabulary import ProposalStep, Stage

pytestmark = pytest.mark.django_db
AGREEMENT = BY_NAME["agreement"]


@pytest.fixture
def draft(author, guarantees):
    base = published_form(AGREEMENT, guarantees.ref)
    form = base | {"signed": "2024-12-05"}
    return keep(AGREEMENT, base, form, author=author, reason="x", title="x")


@pytest.fixture
def in_review(draft, author):
    return take(ProposalStep.SUBMIT, draft, number=draft.number, by=author, note="")


def state_of(proposal):
    proposal.refresh_from_db()
    return proposal.stage, proposal.number, proposal.author_name, proposal.steps.count()


@pytest.mark.parametrize("step", [each for each in ProposalStep if each != ProposalStep.PUBLISH])
def test_no_step_is_taken_with_another_s_draft(step, draft, reviewer):
    before = state_of(draft)
    with pytest.raises(NotOpen):
        take(step, draft, number=draft.number, by=reviewer, note="")
    assert state_of(draft) == before


@pytest.mark.parametrize("who", ["author", "stranger"])
def test_only_who_reviews_publishes(who, in_review, guarantees, request):
    before = state_of(in_review)
    with pytest.raises(NotOpen):
        publish(in_review, number=in_review.number, by=request.getfixturevalue(who))
    assert state_of(in_review) == before
    guarantees.refresh_from_db()
    assert str(guarantees.signed) == "2024-12-06"


def test_what_moved_on_is_neither_sent_on_nor_published(in_review, author, reviewer):
    before = state_of(in_review)
    with pytest.raises(NotOpen):
        take(ProposalStep.SEND_BACK, in_review, number=in_review.number - 1, by=reviewer, note="")
    with pytest.raises(NotOpen):
        publish(in_review, number=in_review.number - 1, by=reviewer)
    assert state_of(in_review) == before


def test_a_draft_is_kept_again_by_its_author_alone(draft, author, reviewer):
    before = state_of(draft)
    with pytest.raises(NotOpen):
        keep_again(draft, draft.form, base=draft.base, reason="y", by=reviewer)
    assert state_of(draft) == before
    kept = keep_again(draft, draft.form, base=draft.base, reason="y", by=author)
    assert (kept.reason, kept.number) == ("y", before[1] + 1)


def test_what_is_in_review_is_not_kept_again(in_review, author):
    before = state_of(in_review)
    with pytest.raises(NotOpen):
        keep_again(in_review, None, base=in_review.base, reason="y", by=author)
    assert state_of(in_review) == before
    assert in_review.stage == Stage.IN_REVIEW


def test_what_lost_a_source_it_needs_is_not_published(draft, administrator, guarantees):
    """However it came to be a proposal: the page would not have sent it on."""
    form = {name: value for name, value in draft.base.items() if name != "citations"}
    lacking = keep(AGREEMENT, draft.base, form, author=administrator, reason="x", title="x")
    with pytest.raises(Unready) as unready:
        publish(lacking, number=lacking.number, by=administrator)
    assert (guarantees.ref, "citations") in {(n.ref, n.field) for n in unready.value.lacking}
    assert state_of(lacking)[0] == Stage.DRAFT
    assert guarantees.citations.count() == len(draft.base["citations"])


def test_what_contradicts_itself_is_not_published(draft, administrator, guarantees):
    """However it came to be a proposal: a page refuses it where it is typed."""
    first, *others = draft.base["provisions"]
    form = draft.base | {"provisions": [first | {"applies_until": "1999"}, *others]}
    contradictory = keep(AGREEMENT, draft.base, form, author=administrator, reason="x", title="x")
    with pytest.raises(Contradictory) as raised:
        publish(contradictory, number=contradictory.number, by=administrator)
    assert raised.value.args == (
        f"{first['id']}: applies_until: A clause applies while the agreement lasts.",
    )
    assert state_of(contradictory)[:2] == (Stage.DRAFT, 1)
    assert published_form(AGREEMENT, guarantees.ref) == draft.base


def test_what_is_undone_has_the_value_from_before_it_and_later_changes_stay(
    administrator, guarantees
):
    """Also where a later change touched the same place."""

    def published(**values):
        base = published_form(AGREEMENT, guarantees.ref)
        made = keep(AGREEMENT, base, base | values, author=administrator, reason="x", title="x")
        return publish(made, number=made.number, by=administrator)

    first = published(signed="2024-12-05", signed_at="Elsewhere")
    published(signed="2024-12-04", term="ten years")
    undone = undo(first, by=administrator, reason="Undoes")
    assert undone.base == published_form(AGREEMENT, guarantees.ref)
    assert undone.form == undone.base | {
        "signed": "2024-12-06",
        "signed_at": first.base["signed_at"],
    }


def test_an_id_that_an_open_proposal_holds_is_not_given_again(draft, author, guarantees):
    stem = f"{guarantees.ref}/o"
    last = numbered(Obligation, stem)
    clause = draft.base["provisions"][0] | {"id": f"{stem}40"}
    form = draft.base | {"provisions": [*draft.base["provisions"], clause]}
    kept = keep_again(draft, form, base=draft.base, reason="x", by=author)
    assert numbered(Obligation, stem) == f"{stem}41"
    take(ProposalStep.SET_ASIDE, kept, number=kept.number, by=author, note="")
    assert numbered(Obligation, stem) == last == f"{stem}6"
