"""Room 3: records and the whole as JSON-LD, in the words of schema.org.

Nothing is said that is not recorded: dates keep their precision, a verdict is a word and no number.
Our licence is on our pages, not on the treaties and works that they describe.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alliances.exports.citing import Work
from alliances.exports.ours import LICENCE, SITE
from alliances.models import Agreement, Claim, DataVersion, Event, Source, State
from alliances.vocabulary import Force

Thing = dict[str, Any]

CONTEXT = "https://schema.org"
# Whose form makes them law; the rest are works of another kind.
LEGISLATION = (Force.TREATY, Force.AGREEMENT)


def of_page(entity: Thing, work: Work, home: str) -> Thing:
    """What a page is mainly about, with the page: ours, a part of the whole."""
    page = {
        "@type": "WebPage",
        "url": work.url,
        "name": work.title_with_day,
        "version": work.version.label,
        "license": LICENCE["url"],
        "publisher": publisher(home),
        "isPartOf": {"@type": "Dataset", "name": SITE, "url": home, "license": LICENCE["url"]},
    }
    return {"@context": CONTEXT, **entity, "mainEntityOfPage": page}


def publisher(home: str) -> Thing:
    """Who publishes the reference."""
    return {"@type": "Organization", "name": SITE, "url": home}


def whole(
    home: str, description: str, version: DataVersion, days: str, files: Iterable[Thing]
) -> Thing:
    """The whole data set; `days`: from the first signature to where evidence begins to end."""
    return {
        "@context": CONTEXT,
        "@type": "Dataset",
        "name": SITE,
        "description": description,
        "url": home,
        "license": LICENCE["url"],
        "creator": publisher(home),
        "isAccessibleForFree": True,
        "version": version.label,
        "dateModified": version.day.isoformat(),
        "temporalCoverage": days,
        "distribution": list(files),
    }


def file(name: str, address: str, media_type: str) -> Thing:
    """A table of the data set as a file."""
    media_type = media_type.partition(";")[0]
    found = {"name": name, "contentUrl": address, "encodingFormat": media_type}
    return {"@type": "DataDownload", **found, "license": LICENCE["url"]}


def state(record: State, url: str) -> Thing:
    """A state."""
    names = [record.official_name, record.native_name, record.name_ru, *record.other_names]
    others = list(dict.fromkeys(name for name in names if name and name != record.name))
    return {**country(record), "alternateName": others, "identifier": record.ref, "url": url}


def country(record: State) -> Thing:
    """A state by name."""
    return {"@type": "Country", "name": record.name}


def agreement(record: Agreement, url: str) -> Thing:
    """An agreement: legislation where its form binds, else a work; reads `participations`."""
    names = [name for name in (record.short_title, record.native_title) if name]
    shared = _known(name=record.title, alternateName=names, url=url)
    parties = [country(each) for each in record.states]
    kind = str(record.get_kind_display())
    if record.force not in LEGISLATION:
        own = _known(genre=kind, dateCreated=record.signed, about=parties)
        return {"@type": "CreativeWork", **shared, **own}
    own = _known(
        legislationType=kind,
        legislationIdentifier=record.registration,
        legislationDate=record.signed,
        legislationJurisdiction=parties,
    )
    return {"@type": "Legislation", **shared, **own}


def event(record: Event, url: str) -> Thing:
    """A day when a promise was tested."""
    found = _known(
        name=record.title,
        url=url,
        startDate=record.date,
        endDate=record.ended,
        description=record.summary,
        about=country(record.state),
    )
    return {"@type": "Event", **found}


def claim(record: Claim, url: str, home: str) -> Thing:
    """A sentence of the article; with a verdict, our review of it."""
    where = record.article.source
    appearance = _known(
        name=where.title,
        url=where.url,
        datePublished=where.published,
        publisher=_organization(where.publisher),
    )
    sentence = {
        "@type": "Claim",
        "text": record.claim,
        "about": country(record.state),
        "appearance": {"@type": "CreativeWork", **appearance},
    }
    if not record.verdict:
        return {**sentence, "url": url}
    return {
        "@type": "ClaimReview",
        "url": url,
        "author": publisher(home),
        "claimReviewed": record.claim,
        "itemReviewed": sentence,
        "reviewRating": {"@type": "Rating", "alternateName": str(record.get_verdict_display())},
        "reviewBody": record.reasons,
    }


def source(record: Source) -> Thing:
    """A work that is cited, under its own address."""
    found = _known(
        name=record.title,
        publisher=_organization(record.publisher),
        datePublished=record.published,
        inLanguage=record.language,
        url=record.url,
        archivedAt=record.archived_url,
    )
    return {"@type": "CreativeWork", **found}


def pair(first: State, second: State, url: str) -> Thing:
    """What is recorded between two states: a page about both."""
    return {"@type": "WebPage", "url": url, "about": [country(first), country(second)]}


def _organization(name: str) -> Thing | None:
    return {"@type": "Organization", "name": name} if name else None


def _known(**values: Any) -> Thing:
    """Those that are recorded, as JSON knows them."""
    return {
        name: value if isinstance(value, list | dict) else str.__str__(value)
        for name, value in values.items()
        if value
    }
