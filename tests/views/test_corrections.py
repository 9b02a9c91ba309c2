"""A reader reports an error: the form says about what, guards itself, and leads to a reference."""

import re
from collections.abc import Callable
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from alliances.models import Agreement, Claim, Correction, Omission
from alliances.views.correcting import signed_form
from tests.views.detail import answers
from tests.views.reading import get, words

pytestmark = pytest.mark.django_db

CST = "csto-collective-security-treaty-1992"
NEW = "/corrections/new/"
SIGNED = f"{NEW}?record=agreement/{CST}&fact=signed"
MINUTE, DAY = 60, 24 * 60 * 60
SENT = {
    "wrong": "It was signed a day later.\r\nSee the source.",
    "proposed": "1992-05-16",
    "source": "https://example.org/treaty",
    "mail": "reader@example.org",
    "homepage": "",
}
UNTRUE = "Nothing was stored: what was sent did not come from a form of this site"


class Clock(SimpleNamespace):
    """The time by which forms are signed; tests move it."""

    now: float = 1_000_000.5

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(signing, "time", clock)
    return clock


def signed_in(page: str) -> str:
    """The signed number that a form on a page holds."""
    (found,) = re.findall(r'name="form" value="([^"]+)"', page)
    return str(unescape(found))


@pytest.fixture
def form(client: Client, clock: Clock) -> dict[str, str]:
    """A form on the signature, filled in, open for a minute."""
    signed = signed_in(get(client, SIGNED))
    clock.now += MINUTE
    return SENT | {"form": signed}


def refusals(page: str) -> list[str]:
    """What is said above the form and beside its fields."""
    found = re.findall(r'<p class="(?:refusal|errors)"[^>]*>(.*?)</p>', page, re.DOTALL)
    return [words(each) for each in found]


def test_the_form_says_what_it_is_about_and_what_the_record_says(client: Client) -> None:
    page = get(client, SIGNED)
    assert answers(page) == ["Agreement Collective Security Treaty (1992), date of signature."]
    assert "What the record says now Signed 15 May 1992 Your report" in words(page)
    assert f'action="{SIGNED.replace("&", "&amp;")}"' in page
    labels = re.findall(r"<label[^>]*>(.*?)</label>", page)
    assert [words(label) for label in labels] == [
        *("What is wrong", "What it should say", "Where this can be read", "Your mail address"),
        "Leave this empty: only programs fill it in:",
    ]
    assert "Ignored" not in page


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        (f"record=agreement/{CST}", "Agreement Collective Security Treaty (1992), as a whole."),
        (
            f"record=agreement/{CST}&fact=o2",
            "Agreement Collective Security Treaty (1992), obligation Art. 4 (1992 text).",
        ),
        ("record=state/ARM", "State Armenia, as a whole."),
        ("record=claim/c15-irn&fact=verdict", "Claim 15: Iran, verdict."),
    ],
)
def test_any_fact_of_any_record_has_one(client: Client, address: str, answer: str) -> None:
    assert answers(get(client, f"{NEW}?{address}")) == [answer]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?record=",
        "?record=agreement",
        f"?record={CST}",
        "?record=agreement/nothing",
        f"?record=agreement/{CST}&fact=colour",
        f"?record=agreement/{CST}&fact=signed&fact=ended",
        f"?record=agreement/{CST}&record=state/ARM",
        "?record=agreement/%00",
        f"?record=agreement/{CST}&fact=%00",
        f"?record=agreement/{'a' * 300}",
        "?record=user/1",
    ],
)
def test_where_there_is_no_such_fact_there_is_no_form(client: Client, query: str) -> None:
    for response in (client.get(NEW + query), client.post(NEW + query, SENT)):
        assert response.status_code == 404
        assert 'class="report"' not in response.content.decode()
    assert not Correction.objects.exists()


@settings(max_examples=25)
@given(st.text(), st.text())
def test_any_nonsense_is_not_found(kind: str, fact: str) -> None:
    client = Client()
    assert client.get(NEW, {"record": f"{kind}/x", "fact": fact}).status_code == 404
    asked = client.get(NEW, {"record": f"agreement/{CST}", "fact": f"?{fact}"})
    assert asked.status_code == 404


def test_what_else_the_address_asks_is_named(client: Client) -> None:
    assert "Ignored, because this page does not know them: colour" in get(
        client, f"{SIGNED}&colour=red"
    )


def test_a_report_is_stored_with_what_the_record_said(client: Client, form: Any) -> None:
    response = client.post(SIGNED, form)
    report = Correction.objects.get()
    assert (response.status_code, response["Location"]) == (302, report.get_absolute_url())
    assert re.fullmatch(r"/corrections/[2-9B-Y]{4}-[2-9B-Y]{4}/", response["Location"])
    assert (report.record_kind, report.record_ref, report.fact) == ("agreement", CST, "signed")
    assert report.record_name == "Collective Security Treaty (1992)"
    assert (report.fact_words, report.said) == ("date of signature", "Signed: 1992-05-15")
    assert report.wrong == "It was signed a day later.\nSee the source."
    assert (report.proposed, report.source) == ("1992-05-16", "https://example.org/treaty")
    assert (report.mail, report.state, report.answer) == ("reader@example.org", "received", "")


def test_only_what_is_wrong_must_be_said(client: Client, form: Any) -> None:
    client.post(
        SIGNED, {"form": form["form"], "wrong": "https://spam.example https://more.example"}
    )
    report = Correction.objects.get()
    assert report.wrong == "https://spam.example https://more.example"
    assert (report.proposed, report.source, report.mail) == ("", "", "")


def test_an_address_may_be_typed_without_its_scheme(client: Client, form: Any) -> None:
    client.post(SIGNED, form | {"source": "example.org/treaty"})
    assert Correction.objects.get().source == "https://example.org/treaty"


@pytest.mark.parametrize(
    ("name", "value", "refusal"),
    [
        ("wrong", "", "This field is required."),
        ("wrong", " \r\n ", "This field is required."),
        ("wrong", "a" * 2_001, "Ensure this value has at most 2000 characters (it has 2001)."),
        ("wrong", "a\x07b", "The character U+0007 cannot stand in a text."),
        ("wrong", "a\x00b", "Null characters are not allowed."),
        ("proposed", "a" * 1_001, "Ensure this value has at most 1000 characters (it has 1001)."),
        ("proposed", "a\x9fb", "The character U+009F cannot stand in a text."),
        ("source", "nonsense", "Enter a valid URL."),
        ("source", "javascript:alert(1)", "Enter a valid URL."),
        ("source", "ftp://example.org/a", "Enter a valid URL."),
        (
            "source",
            "https://example.org/" + "a" * 600,
            "Ensure this value has at most 600 characters (it has 620).",
        ),
        ("mail", "reader", "Enter a valid email address."),
        ("mail", "a@example.org\nBcc: b@example.org", "Enter a valid email address."),
    ],
)
def test_what_cannot_be_stored_is_said_beside_its_field(
    client: Client, form: Any, name: str, value: str, refusal: str
) -> None:
    response = client.post(SIGNED, form | {name: value})
    page = response.content.decode()
    assert response.status_code == 400
    assert refusals(page) == [refusal]
    assert "\x00" not in page
    assert not Correction.objects.exists()
    # What was written stands in the form, which is good to be sent again.
    assert client.post(SIGNED, SENT | {"form": signed_in(page)}).status_code == 302


@pytest.mark.parametrize("elapsed", [0, 1, 2.4])
def test_too_quick_is_asked_to_wait_and_loses_nothing(
    client: Client, clock: Clock, elapsed: float
) -> None:
    clock.now = 1_000_000.0
    signed = signed_in(get(client, SIGNED))
    clock.now += elapsed
    response = client.post(SIGNED, SENT | {"form": signed})
    page = response.content.decode()
    assert response.status_code == 400
    assert refusals(page) == ["That was very quick. Please wait a few seconds and send it again."]
    assert "It was signed a day later." in page
    assert not Correction.objects.exists()
    clock.now += 3.1
    assert client.post(SIGNED, SENT | {"form": signed_in(page)}).status_code == 302


def test_a_form_of_yesterday_is_shown_again(client: Client, form: Any, clock: Clock) -> None:
    clock.now += DAY
    response = client.post(SIGNED, form)
    page = response.content.decode()
    assert response.status_code == 400
    assert refusals(page) == [
        "The form was open for more than a day. Please look again and send it."
    ]
    assert not Correction.objects.exists()
    clock.now += MINUTE
    assert client.post(SIGNED, form | {"form": signed_in(page)}).status_code == 302


def is_plainly_refused(response: Any, said: str = UNTRUE) -> bool:
    page = words(response.content.decode())
    return response.status_code == 403 and said in page and "<form" not in page


@pytest.mark.parametrize("signed", ["", "a", "a:b:c", "::", "\x00", "é:ü:ß", None])
def test_a_forged_form_is_plainly_refused(client: Client, form: Any, signed: str | None) -> None:
    sent = {name: value for name, value in form.items() if name != "form"}
    response = client.post(SIGNED, sent if signed is None else sent | {"form": signed})
    assert is_plainly_refused(response)
    assert not Correction.objects.exists()


@given(st.data())
def test_a_changed_signature_is_a_forged_one(data: Any) -> None:
    about = SimpleNamespace(key=f"agreement/{CST}", fact="signed")
    signed = signed_form(about)  # type: ignore[arg-type]
    place = data.draw(st.integers(0, len(signed) - 1))
    other = data.draw(st.characters().filter(lambda each: each != signed[place]))
    changed = signed[:place] + other + signed[place + 1 :]
    assert is_plainly_refused(Client().post(SIGNED, SENT | {"form": changed}))


@pytest.mark.parametrize(
    "other",
    [
        f"{NEW}?record=agreement/{CST}&fact=ended",
        f"{NEW}?record=agreement/{CST}",
        f"{NEW}?record=agreement/csto-charter-2002&fact=signed",
    ],
)
def test_a_form_is_good_for_its_own_fact_alone(client: Client, form: Any, other: str) -> None:
    assert is_plainly_refused(client.post(other, form))
    assert not Correction.objects.exists()


def test_what_only_programs_fill_in_is_plainly_refused(client: Client, form: Any) -> None:
    assert is_plainly_refused(client.post(SIGNED, form | {"homepage": "https://spam.example"}))
    assert not Correction.objects.exists()


def test_a_form_that_is_sent_twice_is_taken_once(client: Client, form: Any) -> None:
    assert client.post(SIGNED, form).status_code == 302
    again = client.post(SIGNED, form | {"wrong": "Another text."})
    assert is_plainly_refused(again, "This very form was taken once already")
    assert Correction.objects.get().wrong.startswith("It was signed")


def test_a_form_without_its_cookie_is_plainly_refused(form: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    assert is_plainly_refused(client.post(SIGNED, form))
    (token,) = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', get(client, SIGNED))
    assert client.post(SIGNED, form | {"csrfmiddlewaretoken": token}).status_code == 302


def report(**columns: Any) -> Correction:
    known = {
        "reference": "K7M3-9QXD",
        "record_kind": "agreement",
        "record_ref": CST,
        "record_name": "Collective Security Treaty (1992)",
        "fact": "signed",
        "fact_words": "date of signature",
        "wrong": "planted words",
        "proposed": "planted proposal",
        "source": "https://planted.example/",
        "mail": "planted@example.org",
        "nonce": "planted nonce",
    }
    return Correction.objects.create(**(known | columns))


def test_its_reader_sees_its_state(client: Client) -> None:
    row = report(received_at="2026-11-29T12:00Z")
    page = get(client, "/corrections/K7M3-9QXD/")
    assert answers(page) == [
        "Received. Thank you. An editor will read your report and answer here."
    ]
    assert (
        "About Collective Security Treaty (1992), date of signature Received 29 Nov 2026"
        in words(page)
    )
    row.state, row.answer = "declined", "The text says 15 May.\n\n<b>See</b> its last page."
    row.say_who_answered("ed the editor")
    row.save()
    page = get(client, "/corrections/K7M3-9QXD/")
    assert answers(page) == ["Declined. The editors looked into it and keep what the record says."]
    assert "The editors’ answer The text says 15 May. <b>See</b> its last page." in words(page)
    assert "ed the editor" not in page
    assert "planted" not in page


def test_a_report_on_a_record_that_is_gone_still_says_what_it_was_about(client: Client) -> None:
    report(record_ref="gone")
    assert "About Collective Security Treaty (1992), date of signature" in words(
        get(client, "/corrections/K7M3-9QXD/")
    )


@pytest.mark.parametrize("typed", ["K7M3-9QXD", "k7m3-9qxd", " K7M3-9QXD "])
def test_who_has_the_reference_finds_the_report(client: Client, typed: str) -> None:
    report()
    found = client.get("/corrections/", {"reference": typed})
    assert (found.status_code, found["Location"]) == (302, "/corrections/K7M3-9QXD/")
    assert client.get(f"/corrections/{typed.strip()}/").status_code == 200


@pytest.mark.parametrize("typed", ["K7M3-9QXX", "?", "\x00", "a" * 50, "new"])
def test_another_reference_finds_nothing(client: Client, typed: str) -> None:
    report()
    found = client.get("/corrections/", {"reference": typed})
    assert found.status_code == 404
    assert refusals(found.content.decode()) == [
        "There is no report with this reference. It looks like K7M3-9QXD."
    ]
    assert client.get("/corrections/K7M3-9QXX/").status_code == 404


@pytest.mark.parametrize("address", [SIGNED, "/corrections/", "/corrections/K7M3-9QXD/"])
def test_no_cache_and_no_search_engine_keeps_these_pages(client: Client, address: str) -> None:
    report()
    response = client.get(address)
    assert response.status_code == 200
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store", "noindex")
    assert '<meta name="robots" content="noindex">' in response.content.decode()


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        (SIGNED, 2),
        (f"{NEW}?record=agreement/{CST}&fact=o1", 5),
        (f"{NEW}?record=agreement/{CST}&fact=participations", 3),
        ("/corrections/", 1),
        ("/corrections/K7M3-9QXD/", 3),
    ],
)
def test_each_page_asks_little(
    client: Client,
    address: str,
    queries: int,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    report()
    get(client, address)
    with django_assert_num_queries(queries):
        get(client, address)


# The quiet links beside the facts.


def reported(page: str) -> list[tuple[str, str]]:
    """The facts beside which an error can be reported: their addresses, and what they are called."""
    found = re.findall(
        r'<a class="wrong" href="([^"]+)" title="Report an error: ([^"]+)"></a>', page
    )
    return [
        (unescape(address).removeprefix(f"{NEW}?record="), unescape(name))
        for address, name in found
    ]


def facts(page: str, record: str) -> list[str]:
    """The facts of one record among them."""
    return [
        address.removeprefix(record).removeprefix("&fact=")
        for address, _name in reported(page)
        if address.startswith(record)
    ]


def test_every_fact_of_an_agreement_has_its_link(client: Client) -> None:
    page = get(client, f"/agreements/{CST}/?on=2026-04-30")
    record = f"agreement/{CST}"
    assert facts(page, record)[:11] == [
        *("title", "summary", "kind", "signed", "signed_at", "in_force", "status", "term"),
        *("registration", "text_disclosure", "confidence"),
    ]
    assert facts(page, record)[11:18] == ["o1", "o2", "o3", "o4", "o6", "o5", "participations"]
    assert facts(page, record)[18:-1] == [
        stay.ref.rpartition("/")[2]
        for stay in Agreement.objects.get(ref=CST).participations.order_by("joined_first", "ref")
    ]
    assert facts(page, record)[-1] == "notes"
    assert dict(reported(page))[f"{record}&fact=signed"] == "date of signature"
    assert dict(reported(page))[f"{record}&fact=o1"] == "Art. 4 (as amended 10 December 2010)"
    assert dict(reported(page))[f"{record}&fact=uzb-1"] == "Uzbekistan"


@pytest.mark.parametrize(
    ("address", "record", "expected"),
    [
        (
            "/events/arm-2022-09-csto-appeal/",
            "event/arm-2022-09-csto-appeal",
            "title date state summary threat request response agreement_links confidence",
        ),
        (
            "/claims/c15-irn/",
            "claim/c15-irn",
            "claim state verdict quote reasons level stated_support prospect verdict_confidence",
        ),
        (
            "/sources/csto-treaty-gibler/",
            "source/csto-treaty-gibler",
            "title publisher published kind language seen url",
        ),
    ],
)
def test_every_fact_of_other_records_has_its_link(
    client: Client, address: str, record: str, expected: str
) -> None:
    assert " ".join(facts(get(client, address), record)) == expected


def test_a_state_s_page_has_links_for_its_names_clauses_passages_and_omissions(
    client: Client,
) -> None:
    page = get(client, "/states/armenia/?on=2026-04-30")
    assert facts(page, "state/") == ["ARM"]
    claims = Claim.objects.filter(state__ref="ARM").order_by("number")
    assert facts(page, "claim/") == [claim.ref for claim in claims]
    omissions = Omission.objects.filter(state__ref="ARM").order_by("pk")
    assert facts(page, "omission/") == [omission.ref for omission in omissions]
    clauses = facts(page, "agreement/")
    assert f"{CST}&fact=o1" in clauses
    assert len(clauses) == page.count('<article class="clause">') - len(claims) - len(omissions)


LINKED = [
    f"/agreements/{CST}/",
    "/agreements/rus-aes-defence-memorandum-2025/",
    "/states/armenia/",
    "/states/russia/",
    "/pairs/armenia/russia/",
    "/events/arm-2022-09-csto-appeal/",
    "/claims/c15-irn/",
    "/sources/csto-treaty-gibler/",
    "/obligations/",
]


@pytest.mark.parametrize("address", LINKED)
def test_every_link_leads_to_a_form(client: Client, address: str) -> None:
    page = get(client, address)
    found = set(re.findall(rf'href="({NEW}[^"]+)"', page))
    assert len(found) > 3
    for link in found:
        assert len(answers(get(client, unescape(link)))) == 1


@pytest.mark.parametrize("address", [each for each in LINKED if "/pairs/" not in each][:-1])
def test_a_record_s_page_ends_with_the_link_in_words(client: Client, address: str) -> None:
    page = get(client, address)
    link = rf'<a href="{NEW}\?record=[^"&]+">Report an error in it</a>'
    assert len(re.findall(link, page)) == 1


@pytest.mark.parametrize("address", ["/agreements/", "/commitments/", "/events/", "/claims/", "/"])
def test_lists_have_none(client: Client, address: str) -> None:
    assert reported(get(client, address)) == []
