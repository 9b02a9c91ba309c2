"""Nothing of a reader's report is in any page, file, feed, search, API or release."""

from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.http import HttpResponseBase
from django.test import Client

from alliances.api.endpoints import ENDPOINTS
from alliances.columns import TABLES
from alliances.dossier.schema import NOUNS
from alliances.models import Correction, DataVersion, SearchText
from alliances.releases import build_release
from tests.browser.kinds import KINDS
from tests.cache.test_pages import KEPT

pytestmark = pytest.mark.django_db

MARK = "zyxplanted"
CST = "csto-collective-security-treaty-1992"


@pytest.fixture(autouse=True)
def planted() -> Correction:
    """A report all of whose texts hold one word that stands nowhere else."""
    row = Correction(
        reference="K7M3-9QXD",
        record_kind="agreement",
        record_ref=CST,
        record_name=f"Treaty {MARK}",
        fact="signed",
        fact_words=MARK,
        said=MARK,
        wrong=f"It is wrong {MARK}",
        proposed=MARK,
        source=f"https://{MARK}.example/",
        mail=f"{MARK}@example.org",
        nonce=MARK,
        state="accepted",
        answer=MARK,
    )
    row.say_who_answered(MARK)
    row.save()
    return row


def body(response: HttpResponseBase) -> bytes:
    if response.streaming:
        return b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return response.content  # type: ignore[attr-defined, no-any-return]


PAGES = {kind.path for kind in KINDS} | set(KEPT.values())
FILES = [
    "/changes/feed.atom",
    "/sitemap.xml",
    "/robots.txt",
    "/api/v1/",
    "/api/v1/openapi.json",
    *(f"/api/v1/{endpoint.name}/" for endpoint in ENDPOINTS),
    *(
        f"{path}?format={form}"
        for path in (
            *("/states/", "/commitments/", "/agreements/", "/events/", "/claims/", "/sources/"),
            *("/changes/", f"/agreements/{CST}/", f"/agreements/{CST}/changes/"),
        )
        for form in ("csv", "json")
    ),
]
SEARCHES = [f"{path}?q={MARK}" for path in ("/states/", "/commitments/", "/agreements/")]


@pytest.mark.parametrize("address", sorted(PAGES) + FILES)
def test_no_page_and_no_file_tells_of_it(client: Client, address: str) -> None:
    found = body(client.get(address)).decode("utf-8", "replace")
    assert found
    assert MARK not in found
    assert "K7M3-9QXD" not in found.replace("It looks like K7M3-9QXD", "")


@pytest.mark.parametrize("address", SEARCHES)
def test_no_search_finds_it(client: Client, address: str) -> None:
    page = body(client.get(address)).decode()
    # The word stands in the field that asked, and in no row.
    assert page.count('scope="row"') == 0
    assert not SearchText.objects.filter(folded__contains=MARK).exists()


def test_no_table_and_no_file_of_the_dossier_is_about_it() -> None:
    assert "correction" not in {table.name.rstrip("s") for table in TABLES}
    assert Correction not in {noun.model for noun in NOUNS}


def test_no_release_and_no_export_holds_it(tmp_path: Path, settings: Any) -> None:
    settings.RELEASES_DIR = tmp_path / "releases"
    release = build_release(date(2026, 4, 30), quotations=True)
    with ZipFile(release.file) as archive:
        for name in archive.namelist():
            assert MARK.encode() not in archive.read(name), name
    call_command("export_dossier", str(tmp_path / "dossier"), verbosity=0)
    files = [path for path in (tmp_path / "dossier").rglob("*") if path.is_file()]
    assert len(files) > 5
    assert [path.name for path in files if MARK.encode() in path.read_bytes()] == []


def test_its_own_page_shows_its_answer_and_nothing_else_of_it(client: Client) -> None:
    page = body(client.get("/corrections/K7M3-9QXD/")).decode()
    # The answer, and of a record that is still there its name now; its fact as it was called.
    assert page.count(MARK) == 2


def test_it_moves_no_data_version(planted: Correction) -> None:
    before = DataVersion.objects.current().number
    planted.answer = "Another answer."
    planted.save()
    planted.delete()
    assert DataVersion.objects.current().number == before
