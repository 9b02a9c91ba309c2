"""Editors answer readers' reports: what they see, what they must say, what is mailed, who may."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from alliances.models import Agreement, Correction
from tests.admin.desk import address, refusals
from tests.views.reading import words

pytestmark = pytest.mark.django_db

CST = "csto-collective-security-treaty-1992"
ANSWER = "Thank you.\r\nThe text names 15 May."


def report(reference: str = "K7M3-9QXD", **columns: Any) -> Correction:
    known = {
        "reference": reference,
        "record_kind": "agreement",
        "record_ref": CST,
        "record_name": "Collective Security Treaty (1992)",
        "fact": "signed",
        "fact_words": "date of signature",
        "said": "Signed: 1992-05-14",
        "wrong": "It was signed <b>a day later</b>.",
        "source": "https://example.org/?a=1&b=2",
        "mail": "reader@example.org",
        "nonce": reference,
    }
    return Correction.objects.create(**(known | columns))


class Desk:
    """One report's form, filled in as the page came."""

    def __init__(self, client: Client, row: Correction) -> None:
        self.client, self.page = client, address(row, "change", row.pk)
        form = client.get(self.page).context["adminform"].form
        self.sent = {part.html_name: part.value() for part in form}

    def save(self, **values: str) -> Any:
        """Press the button, after these fields were filled in."""
        return self.client.post(self.page, self.sent | values)


ANSWERED = {"state": "declined", "answer": "No.", "answered_at": "2026-11-29T12:00Z"}


def listed(client: Client, **query: str) -> list[str]:
    page = client.get(address(Correction, "changelist"), query)
    return [row.reference for row in page.context["cl"].result_list]


def test_the_open_ones_come_first_and_can_be_chosen(client: Client) -> None:
    report("K7M3-9QXF", mail="", answered_by="ed", **ANSWERED)
    report(received_at="2026-11-02T00:00Z")
    report("QQQQ-2222", received_at="2026-11-01T00:00Z", record_kind="state", record_ref="ARM")
    assert listed(client) == ["QQQQ-2222", "K7M3-9QXD", "K7M3-9QXF"]
    assert listed(client, state__exact="declined") == ["K7M3-9QXF"]
    assert listed(client, record_kind__exact="state") == ["QQQQ-2222"]
    assert listed(client, q="day later") == ["QQQQ-2222", "K7M3-9QXD", "K7M3-9QXF"]
    assert listed(client, q="qqqq-2222") == ["QQQQ-2222"]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_however_long(
    client: Client, rows: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(rows):
        report(f"QQQQ-222{number}")
    with django_assert_num_queries(7):
        assert len(listed(client)) == rows


def test_an_editor_sees_the_report_the_record_and_only_answers(client: Client) -> None:
    row = report()
    html = client.get(address(row, "change", row.pk)).content.decode()
    said = words(html)
    assert "What the record says now: Signed: 1992-05-15" in said
    assert "What the record said then: Signed: 1992-05-14" in said
    assert "It was signed <b>a day later</b>." in said
    record = Agreement.objects.get(ref=CST)
    for link in (address(record, "change", record.pk), record.get_absolute_url()):
        assert f'<a href="{link}">' in html
    assert (
        '<a href="https://example.org/?a=1&amp;b=2" rel="noreferrer nofollow">'
        "https://example.org/?a=1&amp;b=2</a>"
    ) in html
    typed = re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', html)
    assert {name for name in typed if not name.startswith(("csrf", "_"))} == {
        *("state", "answer", "seen", "next")
    } - {"next"}
    assert "The history" not in said
    assert not re.search(r"<script(?![^>]* src=)(?![^>]*application/json)[^>]*>", html)
    assert not re.search(r"<style|<[a-z][^>]* (style|on[a-z]+)=", html)


def test_what_the_reader_wrote_cannot_be_changed(client: Client) -> None:
    row = report()
    Desk(client, row).save(state="accepted", answer="Yes.", wrong="x", mail="x@x.org")
    row.refresh_from_db()
    assert (row.state, row.wrong) == ("accepted", "It was signed <b>a day later</b>.")


def test_a_record_that_is_gone_is_said_to_be(client: Client) -> None:
    row = report(record_ref="gone")
    said = words(client.get(address(row, "change", row.pk)).content.decode())
    assert (
        "Collective Security Treaty (1992), date of signature, agreement/gone "
        "(there is no such record or fact any more)"
    ) in said


def test_an_answer_is_stored_with_who_and_when_and_mailed(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    row = report()
    with django_capture_on_commit_callbacks(execute=True):
        sent = Desk(client, row).save(state="declined", answer=ANSWER)
    assert sent.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.answer) == ("declined", "Thank you.\nThe text names 15 May.")
    assert (row.answered_by, row.answered_at is None) == ("ed", False)
    assert (row.mail, row.mailed_at is None) == ("", False)
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["reader@example.org"], "Your report K7M3-9QXD")
    assert message.body.split("\n\n") == [
        "An editor answered your report K7M3-9QXD about “Collective Security Treaty (1992)”"
        " (date of signature).",
        "Declined. The editors looked into it and keep what the record says.",
        "Thank you.\nThe text names 15 May.",
        "The report and its answer: http://testserver/corrections/K7M3-9QXD/",
        "Your address was used for this mail alone and is now erased here.",
    ]


def test_who_left_no_address_is_not_written_to(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    row = report(mail="")
    with django_capture_on_commit_callbacks(execute=True) as waiting:
        Desk(client, row).save(state="accepted", answer="Yes.")
    assert (waiting, mail.outbox) == ([], [])
    row.refresh_from_db()
    assert (row.state, row.mailed_at) == ("accepted", None)


def test_nothing_is_mailed_of_what_is_not_stored(client: Client) -> None:
    Desk(client, report()).save(state="accepted", answer="Yes.")
    # The test's transaction never commits.
    assert mail.outbox == []


class Unreachable(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("planted")


def test_an_answer_that_cannot_be_mailed_is_kept_and_sent_by_the_next_save(
    client: Client, settings: Any, django_capture_on_commit_callbacks: Any, caplog: Any
) -> None:
    row = report()
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    with django_capture_on_commit_callbacks(execute=True):
        sent = Desk(client, row).save(state="accepted", answer="Yes.")
    assert sent.status_code == 302
    assert [each.getMessage() for each in caplog.records] == [
        "The answer to report K7M3-9QXD was not mailed"
    ]
    row.refresh_from_db()
    assert (row.state, row.answer, row.mail) == ("accepted", "Yes.", "reader@example.org")
    assert (row.is_to_be_mailed, row.mailed_at) == (True, None)
    first = row.answered_at
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True):
        Desk(client, row).save()
    row.refresh_from_db()
    assert (row.is_to_be_mailed, row.mail, row.answered_at) == (False, "", first)
    assert len(mail.outbox) == 1


def test_an_editor_is_told_that_an_answer_was_not_mailed(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    # As where the request's own transaction commits, which a test's does not.
    at_once = SimpleNamespace(on_commit=lambda hook: hook())
    monkeypatch.setattr("alliances.admin.correction.transaction", at_once)
    sent = Desk(client, report()).save(state="accepted", answer="Yes.")
    assert ("The answer is stored, but could not be mailed. To try again, save it again.") in words(
        client.get(sent["Location"]).content.decode()
    )


@pytest.mark.parametrize(
    ("state", "answer", "refusal"),
    [
        ("accepted", "", "Say in words why it is accepted or declined."),
        ("declined", " \n ", "Say in words why it is accepted or declined."),
        ("received", "Yes.", "An answer needs a state: accepted or declined."),
        ("accepted", "a" * 4_001, "Ensure this value has at most 4000 characters (it has 4001)."),
        ("accepted", "a\x07", "The character U+0007 cannot stand in a text."),
        ("lost", "Yes.", "Select a valid choice. lost is not one of the available choices."),
    ],
)
def test_an_answer_needs_its_words(client: Client, state: str, answer: str, refusal: str) -> None:
    row = report()
    assert refusals(Desk(client, row).save(state=state, answer=answer)) == [refusal]
    row.refresh_from_db()
    assert (row.state, row.answer, row.answered_at) == ("received", "", None)


def test_the_second_to_answer_overwrites_nothing(client: Client) -> None:
    row = report()
    first, second = Desk(client, row), Desk(client, row)
    assert first.save(state="accepted", answer="Yes.").status_code == 302
    assert refusals(second.save(state="declined", answer="No.")) == [
        "Another editor answered this meanwhile. Load the page again to see it."
    ]
    row.refresh_from_db()
    assert (row.state, row.answer) == ("accepted", "Yes.")
    assert Desk(client, row).save(answer="Yes, thank you.").status_code == 302
    row.refresh_from_db()
    assert row.answer == "Yes, thank you."


def editor_with(*permissions: str) -> Client:
    editor = User.objects.create_user("plain", is_staff=True)
    editor.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(editor)
    return client


def test_permissions_are_to_look_to_answer_and_to_delete() -> None:
    found = Permission.objects.filter(content_type__model="correction")
    assert set(found.values_list("codename", flat=True)) == {
        *("view_correction", "change_correction", "delete_correction")
    }


@pytest.mark.parametrize(
    ("permissions", "looks", "answers"),
    [
        ((), 403, 403),
        (("view_correction",), 200, 403),
        (("view_correction", "change_correction", "delete_correction"), 200, 302),
    ],
)
def test_who_may_what(permissions: tuple[str, ...], looks: int, answers: int) -> None:
    row, client = report(), editor_with(*permissions)
    page = address(row, "change", row.pk)
    assert client.get(address(Correction, "changelist")).status_code == looks
    assert client.get(page).status_code == looks
    sent = {"state": "accepted", "answer": "Yes.", "seen": ""}
    assert client.post(page, sent).status_code == answers
    assert client.get(address(Correction, "add")).status_code == 403
    deletion = client.post(address(row, "delete", row.pk), {"post": "yes"})
    assert deletion.status_code == 403
    assert Correction.objects.exists()


def test_a_superuser_may_delete_what_must_go(client: Client) -> None:
    row = report()
    assert client.get(address(row, "delete", row.pk)).status_code == 200
    assert client.get(address(row, "history", row.pk)).status_code == 200
    client.post(address(row, "delete", row.pk), {"post": "yes"})
    assert not Correction.objects.exists()


def test_a_stranger_is_asked_to_log_in() -> None:
    page = address(Correction, "changelist")
    assert Client().get(page)["Location"] == f"/admin/login/?next={page}"
