"""Room 3: the columns of what is read beside the agreements: events, the article, the sources."""

from __future__ import annotations

from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from alliances.columns import pieces
from alliances.columns.column import Stored, StoredTable, Words
from alliances.columns.declared import of, several
from alliances.models import (
    Article,
    Citation,
    Claim,
    Event,
    EventAgreement,
    Evidence,
    Omission,
    Source,
)
from alliances.queries import TESTED_ANY
from alliances.vocabulary import ValueKind

EVENTS = StoredTable(
    name="events",
    title=_("Promises tested"),
    meaning=_("One day or stretch on which a state needed help."),
    columns=(
        pieces.permanent_id(Event, _("The last part of its page's address.")),
        of(Event, "date", label=_("From"), meaning=_("As precisely as the sources say.")),
        of(Event, "ended", label=_("To"), meaning=_("Nothing: a single day, or not known.")),
        *pieces.state("state", _("Who needed help"), _("The state that needed help.")),
        of(Event, "title", meaning=_("In our words.")),
        of(Event, "threat", meaning=_("From what it needed help, in our words.")),
        of(Event, "request", meaning=_("What the state asked of those who had promised.")),
        of(Event, "response", meaning=_("What those who had promised did.")),
        of(Event, "summary", meaning=_("In our words.")),
        several(
            "agreements",
            EventAgreement.objects.filter(event=OuterRef("pk")),
            "agreement__ref",
            label=_("Agreements"),
            meaning=_("The agreements linked to it, tested or only related."),
        ),
        Stored(
            name="tested",
            label=_("Tested"),
            meaning=_("Whether it put a promise to the test that held, or may have held, then."),
            kind=ValueKind.YES_NO,
            expression=TESTED_ANY,
        ),
        several(
            "sources",
            Citation.objects.filter(event=OuterRef("pk")),
            "source__ref",
            label=_("Sources"),
            meaning=_("The permanent ids of the sources that it rests on."),
        ),
        of(Event, "confidence", meaning=_("How sure we are of the record.")),
        of(Event, "notes"),
        pieces.page(("ref",), "/events/{}/".format),
    ),
)


def _evidence(owner: str, kind: str, label: Words) -> Stored:
    rows = Evidence.objects.filter(**{owner: OuterRef("pk"), f"{kind}__isnull": False})
    meaning = _("What the reasons rest on, by permanent id.")
    return several(f"evidence_{kind}s", rows, f"{kind}__ref", label=label, meaning=meaning)


def _rests_on(owner: str) -> tuple[Stored, ...]:
    return (
        _evidence(owner, "agreement", _("Evidence: agreements")),
        _evidence(owner, "event", _("Evidence: events")),
        _evidence(owner, "source", _("Evidence: sources")),
    )


CLAIMS = StoredTable(
    name="claims",
    title=_("The article checked"),
    meaning=_("One sentence of the article as it bears on one state."),
    columns=(
        pieces.permanent_id(Claim, _("The last part of its page's address.")),
        of(Claim, "number", label=_("Passage"), meaning=_("Its place in the article.")),
        *pieces.state("state", _("About the state"), _("The state that it speaks of.")),
        of(Claim, "claim"),
        of(Claim, "quote", unit=_("words of the article's author, not ours"), ours=False),
        of(Claim, "quote_cut", meaning=_("Whether the sentence goes on after the quotation.")),
        of(Claim, "category", meaning=_("How the article files the state.")),
        of(Claim, "stated_support", meaning=_("What help the sentence speaks of, in our words.")),
        *pieces.level(meaning=_("The level that the sentence asserts. Nothing: none.")),
        of(Claim, "prospect"),
        of(Claim, "verdict"),
        of(Claim, "reasons", meaning=_("Why we judge so.")),
        of(Claim, "verdict_confidence", meaning=_("Nothing: it is not judged.")),
        *_rests_on("claim"),
        of(Claim, "notes", meaning=_("Caveats.")),
        pieces.page(("ref",), "/claims/{}/".format),
    ),
)

OMISSIONS = StoredTable(
    name="omissions",
    title=_("What the article leaves out"),
    meaning=_("One fact about a state that the article does not mention."),
    columns=(
        pieces.permanent_id(Omission, _("Names the row for good.")),
        *pieces.state("state", _("About the state"), _("The state that it speaks of.")),
        of(Omission, "what", meaning=_("In our words.")),
        of(Omission, "reasons", meaning=_("Why it matters.")),
        *_rests_on("omission"),
    ),
)

SOURCES = StoredTable(
    name="sources",
    title=_("Sources"),
    meaning=_("One work that records rest on."),
    columns=(
        pieces.permanent_id(Source, _("The last part of its page's address.")),
        of(Source, "title"),
        of(Source, "publisher", meaning=_("Nothing: not recorded.")),
        of(Source, "url", meaning=_("Where it was published. Nothing: none.")),
        of(Source, "archived_url"),
        of(Source, "published"),
        of(Source, "kind", meaning=_("What sort of work it is.")),
        of(Source, "language"),
        of(
            Source,
            "seen",
            meaning=_("Whether it was read, or is cited from memory, which is less."),
        ),
        of(Source, "note", meaning=_("Caveats.")),
        pieces.page(("ref",), "/sources/{}/".format),
    ),
)

ARTICLES = StoredTable(
    name="articles",
    title=_("Articles that are checked"),
    meaning=_("One article whose sentences are checked against the record."),
    columns=(
        pieces.permanent_id(Article, _("Names the row for good.")),
        Stored(
            name="source",
            label=_("Source"),
            meaning=_("The permanent id of the article as a source."),
            paths=("source__ref",),
        ),
        of(Article, "section", meaning=_("The part of the site that it appeared in.")),
        of(Article, "author"),
        of(Article, "not_before"),
        of(Article, "not_after"),
        of(Article, "notes", meaning=_("Caveats.")),
    ),
)

CITATIONS = StoredTable(
    name="citations",
    title=_("Citations"),
    meaning=_("One use of a source by a record: for which facts, and where in the source."),
    columns=(
        pieces.permanent_id(Citation, _("Names the row for good.")),
        Stored(
            name="source",
            label=_("Source"),
            meaning=_("The source's permanent id."),
            paths=("source__ref",),
        ),
        Stored(
            name="agreement",
            label=_("Agreement"),
            meaning=_("The agreement that rests on it. Nothing: an event does."),
            paths=("agreement__ref",),
        ),
        Stored(
            name="event",
            label=_("Event"),
            meaning=_("The event that rests on it. Nothing: an agreement does."),
            paths=("event__ref",),
        ),
        of(Citation, "supports", meaning=_("Which facts of the record rest on it.")),
        of(Citation, "locator"),
    ),
)
