"""JSON-LD: read from the page as a crawler reads it; exact values; nothing beside what is recorded."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from alliances.models import Agreement, Claim, DataVersion, Source, State
from tests.views.reading import get

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
OURS = {"@type": "Organization", "name": "Military commitments", "url": f"{HOST}/"}
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)

# What schema.org knows of each type that we use (https://schema.org, version 29), inherited too.
THING = {"@type", "name", "url", "description", "alternateName", "identifier", "mainEntityOfPage"}
WORK = THING | {
    "about", "archivedAt", "author", "creator", "dateCreated", "dateModified",
    "datePublished", "genre", "inLanguage", "isAccessibleForFree", "isPartOf", "license",
    "publisher", "temporalCoverage", "text", "version",
}  # fmt: skip
KNOWN = {
    "WebPage": WORK,
    "CreativeWork": WORK,
    "Dataset": WORK | {"distribution"},
    "DataDownload": WORK | {"contentUrl", "encodingFormat"},
    "Legislation": WORK
    | {"legislationType", "legislationIdentifier", "legislationDate", "legislationJurisdiction"},
    "Event": THING | {"startDate", "endDate", "about"},
    "Claim": WORK | {"appearance"},
    "ClaimReview": WORK | {"claimReviewed", "itemReviewed", "reviewRating", "reviewBody"},
    "Rating": THING | {"ratingValue", "bestRating", "worstRating"},
    "Country": THING,
    "Organization": THING,
}


def linked(page: str) -> Any:
    (text,) = BLOCK.findall(page)
    return json.loads(text)


def strange(thing: Any) -> list[str]:
    """Types and properties that schema.org does not know, and empty values."""
    if isinstance(thing, list):
        return [found for each in thing for found in strange(each)]
    if not isinstance(thing, dict):
        return [] if thing not in ("", None) else ["empty"]
    own = set(thing) - {"@context"} - KNOWN.get(thing.get("@type", ""), set())
    return sorted(own) + [found for value in thing.values() for found in strange(value)]


RECORDS = [
    "/",
    "/states/north-korea/",
    "/pairs/armenia/russia/",
    "/agreements/csto-collective-security-treaty-1992/",
    "/agreements/rus-lby-arms-contract-2010/",
    "/events/arm-2022-09-csto-appeal/",
    "/claims/c15-irn/",
    "/sources/csto-treaty-gibler/",
]


@pytest.mark.parametrize("address", RECORDS)
def test_every_block_is_made_of_what_schema_org_knows(client: Client, address: str) -> None:
    thing = linked(get(client, address))
    assert thing["@context"] == "https://schema.org"
    assert strange(thing) == []


def test_the_whole_is_a_data_set_with_files(client: Client) -> None:
    version = DataVersion.objects.current()
    whole = linked(get(client, "/"))
    files = whole.pop("distribution")
    assert whole == {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": "Military commitments",
        "description": "Who has promised whom what degree of military support, in which clause, "
        "and what came of it when it was tested.",
        "url": f"{HOST}/",
        "license": LICENCE,
        "creator": OURS,
        "isAccessibleForFree": True,
        "version": version.label,
        "dateModified": version.day.isoformat(),
        "temporalCoverage": "1961-04-18/2026-04",
    }
    assert [file["name"] for file in files] == [
        f"{name} ({form})"
        for name in (
            "Commitments",
            "Agreements",
            "Promises tested",
            "The article checked",
            "Sources",
        )
        for form in ("CSV", "JSON")
    ]
    assert [file["encodingFormat"] for file in files] == ["text/csv", "application/json"] * 5


def test_the_files_hold_everything_whatever_stands_today(client: Client) -> None:
    files = {file["name"]: file["contentUrl"] for file in linked(get(client, "/"))["distribution"]}
    agreements = json.loads(b"".join(client.get(files["Agreements (JSON)"])))["rows"]
    assert len(agreements) == Agreement.objects.count() == 115
    sources = json.loads(b"".join(client.get(files["Sources (JSON)"])))["rows"]
    assert len(sources) == Source.objects.count() == 676


def test_a_treaty_is_legislation_of_its_parties_and_the_page_is_ours(client: Client) -> None:
    treaty = linked(get(client, "/agreements/csto-collective-security-treaty-1992/?on=2026-04-30"))
    assert treaty["@type"] == "Legislation"
    assert treaty["name"] == "Collective Security Treaty (Tashkent Treaty)"
    assert treaty["legislationDate"] == "1992-05-15"
    assert [party["name"] for party in treaty["legislationJurisdiction"]] == [
        "Armenia", "Azerbaijan", "Belarus", "Georgia", "Kazakhstan", "Kyrgyzstan", "Russia",
        "Tajikistan", "Uzbekistan",
    ]  # fmt: skip
    assert "license" not in treaty
    assert treaty["mainEntityOfPage"] == {
        "@type": "WebPage",
        "url": f"{HOST}/agreements/csto-collective-security-treaty-1992/?on=2026-04-30",
        "name": "Collective Security Treaty (1992), as of 2026-04-30",
        "version": DataVersion.objects.current().label,
        "license": LICENCE,
        "publisher": OURS,
        "isPartOf": {
            "@type": "Dataset",
            "name": "Military commitments",
            "url": f"{HOST}/",
            "license": LICENCE,
        },
    }


def test_dates_keep_their_precision_and_what_is_not_known_is_not_said(client: Client) -> None:
    for length in (4, 7, 10):
        dated = next(
            row
            for row in Agreement.objects.filter(force__in=("treaty", "agreement")).exclude(
                signed=None
            )
            if len(row.signed or "") == length
        )
        assert linked(get(client, dated.get_absolute_url()))["legislationDate"] == dated.signed
    undated = Agreement.objects.filter(signed=None).first()
    assert undated
    thing = linked(get(client, undated.get_absolute_url()))
    assert not {"legislationDate", "dateCreated"} & thing.keys()


def test_what_binds_by_no_law_is_a_work(client: Client) -> None:
    declaration = Agreement.objects.filter(force="declaration").exclude(signed=None)[0]
    thing = linked(get(client, declaration.get_absolute_url()))
    assert (thing["@type"], thing["dateCreated"]) == ("CreativeWork", declaration.signed)


def test_a_verdict_is_a_review_in_words_and_context_is_none(client: Client) -> None:
    review = linked(get(client, "/claims/c15-irn/"))
    assert review["@type"] == "ClaimReview"
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "Contradicted"}
    assert review["author"] == OURS
    assert review["itemReviewed"]["appearance"]["publisher"]["name"] == "caspianpost.com"
    assert review["claimReviewed"] == Claim.objects.get(ref="c15-irn").claim
    context = Claim.objects.filter(verdict="").first()
    assert context
    unchecked = linked(get(client, context.get_absolute_url()))
    assert (unchecked["@type"], "reviewRating" in unchecked) == ("Claim", False)


def test_an_event_a_source_a_state_and_a_pair(client: Client) -> None:
    event = linked(get(client, "/events/arm-2022-09-csto-appeal/"))
    assert (event["@type"], event["startDate"], event["endDate"], event["about"]["name"]) == (
        "Event",
        "2022-09-13",
        "2022-09-14",
        "Armenia",
    )
    source = linked(get(client, "/sources/csto-treaty-gibler/"))
    assert (source["@type"], source["datePublished"], source["publisher"]["name"]) == (
        "CreativeWork",
        "2009",
        "CQ Press (D. M. Gibler)",
    )
    state = linked(get(client, "/states/north-korea/"))
    assert (state["@type"], state["identifier"]) == ("Country", "PRK")
    assert state["alternateName"] == [
        "Democratic People's Republic of Korea",
        "Корейская Народно-Демократическая Республика",
        "DPRK",
        "КНДР",
    ]
    pair = linked(get(client, "/pairs/armenia/russia/"))
    assert [each["name"] for each in pair["about"]] == ["Armenia", "Russia"]


def test_no_text_leaves_the_block(client: Client) -> None:
    state = State.objects.get(ref="TGO")
    state.official_name = "</script><script>alert(1)</script>&<!--"
    state.save()
    page = get(client, "/states/togo/")
    assert "<script>alert" not in page
    assert linked(page)["alternateName"][0] == state.official_name


@pytest.mark.parametrize("address", ["/states/", "/claims/", "/about/"])
def test_a_list_says_nothing_of_one_record(client: Client, address: str) -> None:
    assert BLOCK.findall(get(client, address)) == []
