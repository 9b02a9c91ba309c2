"""The changes as an Atom feed: what RFC 4287 asks of it, the same words, sent only when new."""

from typing import Any
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from alliances.dossier.records import Change
from alliances.models import DataVersion, Source

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
ADDRESS = "/changes/feed.atom"


@pytest.fixture
def source() -> Source:
    """A source that an editor corrected, with signs that mean something in markup."""
    source = Source.objects.get(ref="csto-treaty-gibler")
    source.title = "Pacts & <treaties>"
    Change("Seen & read", User.objects.create_superuser("ed")).mark(source).save()
    return source


def feed(client: Client) -> Any:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314


def test_it_is_atom_with_an_entry_per_change(client: Client, source: Source) -> None:
    root = feed(client)
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    assert root.findtext("a:title", "", ATOM) == "Military commitments: changes"
    links = {link.get("rel"): link.get("href") for link in root.findall("a:link", ATOM)}
    assert links == {
        "alternate": "http://testserver/changes/",
        "self": "http://testserver/changes/feed.atom",
    }
    newest, first = root.findall("a:entry", ATOM)
    assert newest.findtext("a:title", "", ATOM) == "Pacts & <treaties>: Source changed."
    summary = newest.find("a:summary", ATOM)
    assert summary.get("type") == "html"
    assert summary.text == (
        "Why: Seen &amp; read. Title: International Military Alliances, 1648-2008: "
        "4.1442 Treaty on Collective Security → Pacts &amp; "
        "&lt;treaties&gt;."
    )
    version = source.history.latest()
    assert newest.findtext("a:updated", "", ATOM) == version.history_date.isoformat()
    assert root.findtext("a:updated", "", ATOM) == version.history_date.isoformat()
    assert newest.find("a:link", ATOM).get("href") == (
        f"http://testserver/sources/{source.ref}/changes/"
        f"#{version.history_date:%Y%m%dT%H%M%S%f}-source-{source.ref}"
    )
    assert first.findtext("a:title", "", ATOM) == "The records were first loaded: 1151 records"


def test_ids_are_stable_and_each_its_own(client: Client, source: Source) -> None:
    def ids(root: Any) -> list[str]:
        return [entry.findtext("a:id", "", ATOM) for entry in root.findall("a:entry", ATOM)]

    before = ids(feed(client))
    assert all(each.startswith("urn:uuid:") for each in before)
    source.note = "Again"
    Change("Again").mark(source)
    source.save()
    after = ids(feed(client))
    assert after[-2:] == before
    assert len(set(after)) == len(after)


def test_a_link_of_the_feed_leads_to_its_entry(client: Client, source: Source) -> None:
    for entry in feed(client).findall("a:entry", ATOM):
        address, _, anchor = entry.find("a:link", ATOM).get("href").partition("#")
        page = client.get(address.removeprefix("http://testserver")).content.decode()
        assert page.count(f'id="{anchor}"') == 1


def test_it_is_sent_again_only_when_the_data_moved(client: Client, source: Source) -> None:
    response = client.get(ADDRESS)
    version = DataVersion.objects.current()
    assert response["ETag"] == f'"{version.label}"'
    same = {"HTTP_IF_NONE_MATCH": response["ETag"]}
    assert client.get(ADDRESS, **same).status_code == 304
    since = {"HTTP_IF_MODIFIED_SINCE": response["Last-Modified"]}
    assert client.get(ADDRESS, **since).status_code == 304
    connection.run_on_commit.clear()  # the test's own transaction never commits
    source.save()
    assert client.get(ADDRESS, **same).status_code == 200


def test_it_makes_few_queries(client: Client, source: Source, django_assert_num_queries: Any):
    with django_assert_num_queries(7):
        feed(client)
