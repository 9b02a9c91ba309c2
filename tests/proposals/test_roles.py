"""What each role may do, page by page: the table of docs/roles.md, which this reads."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from alliances.models import Agreement, Correction, Event, Proposal, State
from alliances.models.roles import ROLES
from alliances.proposals.keeping import keep
from alliances.proposals.nouns import BY_NAME, published_form
from tests.admin.desk import address
from tests.proposals.conftest import signed_in

pytestmark = pytest.mark.django_db
TABLE = settings.BASE_DIR / "docs" / "roles.md"
WHO = ["nobody signed in", "no role", "Authors", "Reviewers", "Administrators"]
ANSWERS = {200: "yes", 403: "no", 302: "sign in", 404: "not there"}


def pages(others_draft: Proposal, in_review: Proposal) -> dict[str, str]:
    correction = Correction.objects.create(wrong="x", nonce="x")
    agreement, state = Agreement.objects.first(), State.objects.first()
    assert agreement
    assert state
    return {
        "the first page of the desk": reverse("admin:index"),
        "the list of agreements": address(Agreement, "changelist"),
        "propose a new agreement": address(Agreement, "add"),
        "propose a change of an agreement": address(Agreement, "change", agreement.pk),
        "propose the withdrawal of an agreement": address(Agreement, "delete", agreement.pk),
        "the history of an agreement": address(Agreement, "history", agreement.pk),
        "look at a state": address(State, "change", state.pk),
        "propose a new state": address(State, "add"),
        "the list of proposals": address(Proposal, "changelist"),
        "somebody else's draft": address(Proposal, "change", others_draft.pk),
        "edit somebody else's draft": address(Proposal, "edit", others_draft.pk),
        "a proposal in review": address(Proposal, "change", in_review.pk),
        "readers' corrections": address(Correction, "changelist"),
        "a reader's correction": address(Correction, "change", correction.pk),
        "the accounts": reverse("admin:auth_user_changelist"),
        "a new account": reverse("admin:auth_user_add"),
    }


@pytest.fixture
def people(author, reviewer, administrator, stranger):
    return dict(zip(WHO, [None, stranger, author, reviewer, administrator], strict=True))


@pytest.fixture
def found(people):
    """Page by page, what each gets to see."""
    other = User.objects.create_user("other", is_staff=True)
    noun, event = BY_NAME["event"], Event.objects.first()
    form = published_form(noun, event.ref)
    draft, sent = [
        keep(noun, form, None, author=other, reason="x", title="x") for _number in range(2)
    ]
    Proposal.objects.filter(pk=sent.pk).update(stage="in_review")
    clients = [signed_in(user) if user else Client() for user in people.values()]
    return {
        page: [ANSWERS[client.get(where).status_code] for client in clients]
        for page, where in pages(draft, sent).items()
    }


def test_the_table_says_what_each_may_see(found):
    lines = [f"| {page} | {' | '.join(answers)} |" for page, answers in found.items()]
    written = [line for line in TABLE.read_text().splitlines() if line.startswith("| ")]
    assert written == ["| page | " + " | ".join(WHO) + " |", *lines]


def test_the_groups_have_exactly_these_permissions(roles):
    for name, wanted in ROLES.items():
        given = Group.objects.get(name=name).permissions.values_list(
            "content_type__app_label", "codename"
        )
        assert {f"{app}.{code}" for app, code in given} == wanted


def test_the_page_for_readers_counts_the_permissions():
    counts = re.findall(r"\*\*(\w+)\*\* \((\d+) permissions\)", TABLE.read_text())
    assert counts == [(name, str(len(wanted))) for name, wanted in ROLES.items()]


@pytest.mark.parametrize(("role", "status"), [("Authors", 403), ("Reviewers", 302)])
def test_a_report_is_answered_by_who_reviews(people, role, status):
    report = Correction.objects.create(wrong="x", nonce="x")
    sent = {"state": "declined", "answer": "No.", "seen": ""}
    page = address(Correction, "change", report.pk)
    assert signed_in(people[role]).post(page, sent).status_code == status
    report.refresh_from_db()
    assert report.is_open is (status == 403)


@pytest.mark.parametrize("name", ["ann", "sam"])
def test_who_may_not_publish_cannot_by_hand(name, author, reviewer, stranger, guarantees):
    noun = BY_NAME["agreement"]
    base = published_form(noun, guarantees.ref)
    proposal = keep(noun, base, base | {"term": "x"}, author=reviewer, reason="x", title="x")
    Proposal.objects.filter(pk=proposal.pk).update(stage="in_review")
    client = signed_in(User.objects.get(username=name))
    sent = {"step": "publish", "number": proposal.number}
    assert client.post(address(Proposal, "change", proposal.pk), sent).status_code == 403
    guarantees.refresh_from_db()
    assert guarantees.term != "x"


def test_the_publish_button_of_an_author_publishes_nothing(author, guarantees):
    from tests.admin.desk import Desk

    client = signed_in(author)
    answer = Desk(client, guarantees).fill(term="x").save("Because", "_publish")
    page = client.get(answer.url).content.decode()
    assert "Kept as a draft. Nobody else sees it yet." in page
    guarantees.refresh_from_db()
    assert guarantees.term != "x"
    assert Proposal.objects.get().stage == "draft"
