"""Real processes on one database: what one writes, the workers of a server show at once."""

from collections.abc import Iterator

import pytest

from tests.cache.site import REQUESTS, Site, database  # noqa: F401

# Without it no database is made where these tests run alone.
pytestmark = pytest.mark.django_db

AGREEMENT = "rus-tgo-military-cooperation-2025"
PAGES = ("/states/togo/", f"/agreements/{AGREEMENT}/", "/", "/states/", "/matrix/")


@pytest.fixture(scope="module")
def site(
    database: str,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site"), database)
    try:
        site.wait_until_it_answers()
        yield site
    finally:
        site.stop()


def test_what_another_process_writes_shows_at_once_on_every_page(site: Site) -> None:
    before = {address: site.pages(address) for address in PAGES}
    assert not any("Quagmiria" in page for pages in before.values() for page in pages)
    site.write("State", "TGO", "name", "Quagmiria", undone=True)
    assert {address: site.pages(address) for address in PAGES} == before
    site.write("State", "TGO", "name", "Quagmiria")
    for address in PAGES:
        assert all("Quagmiria" in page for page in site.pages(address)), address


def test_what_a_visitor_knows_is_known_to_every_worker_until_it_changes(site: Site) -> None:
    address = f"/agreements/{AGREEMENT}/"
    _status, etag, _page = site.ask(address)
    assert {site.ask(address, etag)[0] for _request in range(REQUESTS)} == {304}
    site.write("Agreement", AGREEMENT, "short_title", "The Quagmirian treaty")
    assert {site.ask(address, etag)[0] for _request in range(REQUESTS)} == {200}
