"""Room 4: the sources of one page, numbered as the page first names them, and its cautions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Model

from alliances.models import Citation, Source
from alliances.vocabulary import Caution


@dataclass
class Footnote:
    """A source with its number on the page and the citations by which the page named it."""

    number: int
    source: Source
    citations: list[Citation] = field(default_factory=list)


class Footnotes:
    """Filled while a page is rendered, read by the list at its end; asks the database nothing.

    `citations` are those of every record that the page shows, with their sources. Beyond
    `at_most` sources of one fact the page points to the agreement's own, which has them all.
    """

    def __init__(self, citations: Iterable[Citation], at_most: int | None = None) -> None:
        self._at_most = at_most
        self._of_record: dict[tuple[str, int | None], list[Citation]] = {}
        self._notes: dict[int, Footnote] = {}
        self._cautions: set[Caution] = set()
        for citation in citations:
            kind = "agreement" if citation.agreement_id else "event"
            key = (kind, citation.agreement_id or citation.event_id)
            self._of_record.setdefault(key, []).append(citation)

    def __iter__(self) -> Iterator[Footnote]:
        """The footnotes by number."""
        return iter(self._notes.values())

    def __bool__(self) -> bool:
        return bool(self._notes)

    def of(self, record: Model, *facts: str) -> tuple[list[int], int]:
        """Numbers of the sources that bear on one of these facts (without facts: on the record),
        and how many more there are.
        """
        kind = str(record._meta.model_name)
        rows = self._of_record.get((kind, record.pk), [])
        found = [row for row in rows if not facts or any(fact in row.supports for fact in facts)]
        sources = list({row.source_id: None for row in found})
        shown = set(sources[: self._at_most] if facts else sources)
        numbers = {self._named(row.source, row) for row in found if row.source_id in shown}
        return sorted(numbers), len(sources) - len(shown)

    def of_source(self, source: Source) -> int:
        """The number of a source that a record names by itself."""
        return self._named(source, None)

    def warn(self, cautions: Iterable[Caution]) -> None:
        """Remember which cautions the page has to explain."""
        self._cautions.update(cautions)

    @property
    def cautions(self) -> list[Caution]:
        """Those that the page shows, in the vocabulary's order."""
        return [caution for caution in Caution if caution in self._cautions]

    def _named(self, source: Source, citation: Citation | None) -> int:
        note = self._notes.setdefault(source.pk, Footnote(len(self._notes) + 1, source))
        if citation and citation not in note.citations:
            note.citations.append(citation)
        return note.number
