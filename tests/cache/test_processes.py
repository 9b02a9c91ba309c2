"""Real processes on one database: what one writes, the workers of a server show at once."""

import pytest

from tests.cache.site import REQUESTS, Site, database, site  # noqa: F401

# Without it no database is made where these tests run alone.
pytestmark = pytest.mark.django_db

AGREEMENT = "rus-tgo-military-cooperation-2025"
PAGES = ("/states/togo/", f"/agreements/{AGREEMENT}/", "/", "/states/", "/matrix/")


def test_what_another_process_writes_shows_at_once_on_every_page(
    site: Site,  # noqa: F811
) -> None:
    before = {address: site.pages(address) for address in PAGES}
    assert not any("Quagmiria" in page for pages in before.values() for page in pages)
    site.write("State", "TGO", "name", "Quagmiria", undone=True)
    assert {address: site.pages(address) for address in PAGES} == before
    site.write("State", "TGO", "name", "Quagmiria")
    for address in PAGES:
        assert all("Quagmiria" in page for page in site.pages(address)), address


def test_what_a_visitor_knows_is_known_to_every_worker_until_it_changes(
    site: Site,  # noqa: F811
) -> None:
    address = f"/agreements/{AGREEMENT}/"
    _status, etag, _page = site.ask(address)
    assert {site.ask(address, etag)[0] for _request in range(REQUESTS)} == {304}
    site.write("Agreement", AGREEMENT, "short_title", "The Quagmirian treaty")
    assert {site.ask(address, etag)[0] for _request in range(REQUESTS)} == {200}
