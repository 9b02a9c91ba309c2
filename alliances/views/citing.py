"""Room 4: a page's citation as a file, and the addresses that its headers name for machines.

What is cited is what the page says of itself while it is made (templatetags/citing.py).
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from alliances.exports import CITATION_WRITERS, LICENCE, MEDIA_TYPES, Work, in_format
from alliances.vocabulary import CitationFormat, Format

# All headers together must fit into the few kilobytes that proxies take.
LONGEST_HEADER = 3_000


def citation(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """The citation of a page that was made for this request; where the page sends elsewhere, the
    address of the citation there.
    """
    form = CitationFormat(request.GET["format"])
    if page.has_header("Location"):
        return redirect(in_format(page["Location"], form), permanent=page.status_code == 301)
    work: Work = request.work  # type: ignore[attr-defined]
    response = HttpResponse(CITATION_WRITERS[form](work), content_type=MEDIA_TYPES[form])
    ending = "bib" if form == CitationFormat.BIBTEX else "json"
    response["Content-Disposition"] = f'attachment; filename="{work.key}.{ending}"'
    return response


def links(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """The page with a Link header (RFC 8288; the relations as signposting.org has them)."""
    work: Work | None = getattr(request, "work", None)
    if work is None or page.status_code != 200:
        return page
    found = [
        f'<{work.url}>; rel="cite-as"',
        f'<{request.canonical}>; rel="canonical"',  # type: ignore[attr-defined]
        f'<{LICENCE["url"]}>; rel="license"',
        *(_link(work, form, "alternate") for form in Format),
        *(_link(work, form, "describedby") for form in CitationFormat),
    ]
    header = ", ".join(found)
    if len(header) <= LONGEST_HEADER:
        page["Link"] = header
    return page


def _link(work: Work, form: Format | CitationFormat, relation: str) -> str:
    media = MEDIA_TYPES[form].partition(";")[0]
    return f'<{work.in_format(form)}>; rel="{relation}"; type="{media}"'
