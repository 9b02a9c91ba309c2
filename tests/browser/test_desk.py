"""A day at the desk: an author and a reviewer, each in a browser, on a site of their own."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.measures import STICKING_OUT
from tests.browser.site import Site
from tests.browser.tab import Tab

SECONDS_TO_BE_SLOW_ENOUGH = 15
PASSWORD = "correct-horse-battery"
PEOPLE = """
from django.contrib.auth.models import Group, User
for name, role in (("ann", "Authors"), ("rex", "Reviewers")):
    user = User.objects.create_user(name, password="%s", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
"""
TREATY = "rus-tgo-military-cooperation-2025"
SHEET = """id,signed,summary
rus-tgo-military-cooperation-2025,2025-03-27,
csto-charter-2002,2002-13-40,
nobody-knows-this,2020,
csto-collective-security-treaty-1992,someday,
"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A site whose records may be changed, with an author and a reviewer."""
    site = Site()
    made = site.command("shell", "-v0", "-c", PEOPLE % PASSWORD)
    subprocess.run(made, env=site.environment, check=True)
    yield site
    assert site.stop() == ""


class Editor:
    """Somebody signed in, at one tab."""

    def __init__(self, tab: Tab, site: Site, name: str) -> None:
        self.tab, self.site, self.page = tab, site, tab.page
        self.open("/admin/")
        self.page.get_by_label("Username:").fill(name)
        self.page.get_by_label("Password:").fill(PASSWORD)
        self.press("Log in")

    def open(self, path: str) -> Page:
        answer = self.page.goto(f"{self.site.address}{path}")
        assert answer
        assert answer.status == 200, path
        return self.page

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def told(self, words: str) -> None:
        expect(self.page.locator(".messagelist")).to_contain_text(words)
        self.fits()

    def fits(self) -> None:
        """On a phone nothing of the page stands outside it."""
        desk = self.page.viewport_size
        assert desk
        self.page.set_viewport_size({"width": 360, "height": desk["height"]})
        assert self.page.evaluate(STICKING_OUT) == []
        self.page.set_viewport_size(desk)

    def record(self, ref: str) -> None:
        """From the list of agreements to one of them."""
        self.open(f"/admin/alliances/agreement/?q={ref}")
        self.page.locator("#result_list tbody a").first.click()

    def choose(self, row: Locator, name: str) -> None:
        """In a field that looks records up while one types."""
        row.locator(".select2-selection").first.click()
        self.page.locator(".select2-search__field").fill(name)
        self.page.locator(".select2-results__option", has_text=name).first.click()


@pytest.fixture
def editor(browser, site) -> Iterator[Callable[[str], Editor]]:
    tabs: list[Tab] = []

    def sit_down(name: str) -> Editor:
        tabs.append(Tab(browser, site.address))
        return Editor(tabs[-1], site, name)

    yield sit_down
    for tab in tabs:
        tab.context.close()
        assert tab.complaints == []


def test_a_day_at_the_desk(editor: Callable[[str], Editor], site: Site, tmp_path: Path) -> None:
    ann, rex = editor("ann"), editor("rex")
    a_new_agreement(ann)
    published(rex)
    reader = ann.tab.context.new_page()
    reader.goto(f"{site.address}/agreements/xxx-test-2026/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Test accord (2026)")
    corrected(ann)
    lost_race(ann, rex)
    reverted(ann)
    three_bad_rows(ann, tmp_path)
    answered(reader, rex)


def a_new_agreement(ann: Editor) -> None:
    page = ann.open("/admin/alliances/agreement/add/")
    # First, or the page fills it in from the short title.
    page.locator("#id_ref").fill("xxx-test-2026")
    page.locator("#id_title").fill("Accord on a test")
    page.locator("#id_short_title").fill("Test accord (2026)")
    for field, value in {
        "kind": "military_cooperation",
        "force": "agreement",
        "status": "signed",
        "text_disclosure": "full",
        "confidence": "low",
    }.items():
        page.locator(f"#id_{field}").select_option(value)
    page.locator("#id_signed").fill("2026-11")
    for number, state in enumerate(("Togo", "Russia")):
        page.locator("#participations-group .add-row a").click()
        ann.choose(page.locator(f"#participations-{number}"), state)
    ann.press("Send to review")
    ann.told("It cannot be sent on yet. It lacks:")
    expect(page.locator(".lacking")).to_contain_text("At least one citation")
    page.get_by_role("link", name="Go on editing this draft").click()
    page.locator("#citations-group .add-row a").click()
    ann.choose(page.locator("#citations-0"), "Dunia News")
    page.locator("#id_citations-0-supports").fill("signed")
    ann.press("Send to review")
    ann.told("Sent to review. A reviewer publishes it or sends it back.")


def published(rex: Editor) -> None:
    page = rex.open("/admin/")
    rex.fits()
    page.locator(".work summary", has_text="Waiting for a review").click()
    page.locator(".work a").first.click()
    rex.press("Publish")
    rex.told("Published. Readers see it now.")


def corrected(ann: Editor) -> None:
    ann.record("xxx-test-2026")
    ann.page.locator("#id_signed").fill("2026-11-20")
    ann.page.locator("#id_change_reason").fill("The text has the day")
    ann.press("Send to review")
    ann.told("Sent to review.")
    change = ann.page.locator("table.differences tbody tr").first
    expect(change.locator("td")).to_have_text(["2026-11", "2026-11-20"])


def lost_race(ann: Editor, rex: Editor) -> None:
    """Ann opens the record, rex publishes her first correction meanwhile, ann saves another."""
    ann.record("xxx-test-2026")
    ann.page.locator("#id_signed").fill("2026-11-21")
    ann.page.locator("#id_change_reason").fill("No, the day after")
    published(rex)
    ann.press("Send to review")
    ann.told("Somebody published a change of this record after you opened it.")
    expect(ann.page.locator(".moved tbody tr").first.locator("td")).to_have_text(
        ["2026-11", "2026-11-20"]
    )
    ann.page.get_by_role("link", name="Lay this change on the record as it is now").click()
    ann.page.get_by_label("2026-11-21").check()
    ann.press("Lay it on")
    ann.told("Laid on what is published now. Look at it once more.")
    ann.press("Send to review")
    published(rex)


def reverted(ann: Editor) -> None:
    ann.record("xxx-test-2026")
    ann.page.locator("#content").get_by_role("link", name="History").click()
    versions = ann.page.locator("#change-history tbody tr")
    expect(versions).to_have_count(3)
    oldest = versions.last
    ann.fits()
    oldest.get_by_label("from").check()
    versions.first.get_by_label("to").check()
    ann.press("Compare the two versions ticked below")
    change = ann.page.locator("table.differences tbody tr")
    expect(change.locator("td")).to_have_text(["2026-11", "2026-11-21"])
    versions.last.get_by_role("button", name="Propose this version").click()
    expect(change.first.locator("td")).to_have_text(["2026-11-21", "2026-11"])
    ann.press("Set aside")
    ann.told("Set aside. The record is as it was.")


def three_bad_rows(ann: Editor, folder: Path) -> None:
    sheet = folder / "sheet.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    page = ann.open("/admin/alliances/proposal/sheet/")
    page.locator("#id_kind").select_option("agreement")
    page.locator("#id_file").set_input_files(sheet)
    page.locator("#id_reason").fill("From the list of the ministry")
    ann.press("Look at it")
    expect(page.locator(".lead")).to_have_text("New: 0. Changed: 1. Unchanged: 0. Refused: 3.")
    expect(page.locator("table.stacks tbody tr").nth(1)).to_contain_text("2002-13-40")
    expect(page.get_by_role("button", name="Keep as drafts")).to_have_count(0)
    ann.fits()


def answered(reader: Page, rex: Editor) -> None:
    """A reader reports an error of the new record; an editor answers; the reader sees it."""
    reader.goto(f"{rex.site.address}/corrections/new/?record=agreement/xxx-test-2026&fact=signed")
    reader.get_by_label("What is wrong").fill("The gazette has another day.")
    button = reader.get_by_role("button", name="Send to the editors")
    deadline = monotonic() + SECONDS_TO_BE_SLOW_ENOUGH
    while button.count():
        assert monotonic() < deadline, reader.get_by_role("main").inner_text()
        button.click()
    expect(reader.locator(".answer")).to_contain_text("Received. Thank you.")
    page = rex.open("/admin/")
    page.locator(".work summary", has_text="Readers' corrections: 1").click()
    page.locator(".work details[open] a").click()
    page.locator("#id_state").select_option("declined")
    page.locator("#id_answer").fill("The gazette is of the week after.")
    rex.press("Save")
    reader.reload()
    expect(reader.get_by_role("main")).to_contain_text("Declined")
    expect(reader.get_by_role("main")).to_contain_text("The gazette is of the week after.")
