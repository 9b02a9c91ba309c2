"""Room 3: a page or an export as a work that is cited: CSL-JSON and BibTeX (docs/decisions/0012).

The reference in the words of a style is beside, in apa.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import orjson

from alliances.exports.ours import SITE
from alliances.models import DataVersion
from alliances.vocabulary import CitationFormat

# What TeX takes for a command. Letters of every script stay: BibTeX files are UTF-8 today.
TEX = str.maketrans(
    {character: rf"\{character}" for character in "&%$#_"}
    | {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
ENDS_A_SENTENCE = (".", "?", "!", "…")


def in_format(address: str, form: str) -> str:
    """A page's address with this format asked for, once."""
    query = urlsplit(address).query
    if f"format={form}" in query.split("&"):
        return address
    return f"{address}{'&' if query else '?'}format={form}"


@dataclass(frozen=True)
class Work:
    """What is cited: a record's page, or the rows of a view. `url` is its address for good, `day`
    the day it holds on (None: it has none), `version` that of the data it was made from.
    """

    title: str
    url: str
    day: date | None
    version: DataVersion
    accessed: date
    is_record: bool

    @property
    def title_with_day(self) -> str:
        """The title as cited: the same page says something else on another day."""
        if self.day is None:
            return self.title
        joint = " As of" if self.title.endswith(ENDS_A_SENTENCE) else ", as of"
        return f"{self.title}{joint} {self.day}"

    def in_format(self, form: str) -> str:
        """The address of its rows, or of its citation, in this format."""
        return in_format(self.url, form)

    @property
    def key(self) -> str:
        """Its name in a bibliography: the same for the same address and version on every host."""
        address = urlsplit(self.url)
        marks = f"{address.path}?{address.query} {self.version.label}"
        words = [part for part in address.path.split("/") if part]
        return "-".join(["commitments", *words, sha256(marks.encode()).hexdigest()[:8]])


def csl_item(work: Work) -> dict[str, Any]:
    """The work as an item of CSL-JSON; issued when its data last changed."""
    item = {
        "id": work.key,
        "type": "entry" if work.is_record else "dataset",
        "author": [{"literal": SITE}],
        "title": work.title_with_day,
        "issued": _date(work.version.day),
        "version": work.version.label,
        "URL": work.url,
        "accessed": _date(work.accessed),
        "language": "en",
    }
    # A whole has no container: it would be its own.
    return item | ({"container-title": SITE} if work.is_record else {})


def csl(work: Work) -> str:
    """A file of CSL-JSON with this one item."""
    return orjson.dumps([csl_item(work)], option=orjson.OPT_INDENT_2).decode() + "\n"


def bibtex(work: Work) -> str:
    """An entry that BibTeX and biblatex both know; the address stays raw, as both expect."""
    issued = work.version.day
    fields = {
        "author": f"{{{SITE}}}",
        "title": f"{{{work.title_with_day.translate(TEX)}}}",
        "year": f"{issued:%Y}",
        "month": f"{issued:%m}".lstrip("0"),
        "note": f"Data version {work.version.label}, accessed {work.accessed}",
        "url": work.url,
        "urldate": f"{work.accessed}",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{work.key},\n{lines}}}\n"


CITATION_WRITERS = {CitationFormat.BIBTEX: bibtex, CitationFormat.CSL: csl}


def _date(day: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}
