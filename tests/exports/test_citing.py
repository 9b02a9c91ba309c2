"""A work as it is cited: BibTeX and CSL-JSON as independent readers read them, APA as the library
writes it from the whole item.
"""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
from string import ascii_letters, digits

import pytest
from django.utils.html import strip_tags
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import Entry, parse_string

from alliances.exports.apa import reference, reference_html, written_by_citeproc
from alliances.exports.citing import Work, bibtex, csl, csl_item
from alliances.models import DataVersion

VERSION = DataVersion(number=1204, moved_at=datetime(2026, 11, 24, 23, 59, tzinfo=UTC))
ADDRESS = "https://x.example/states/?on=2026-04-30&promisor=RUS&q=%D1%8F%25"
ROWS = Work(
    "Partners of Russia", ADDRESS, date(2026, 4, 30), VERSION, date(2026, 11, 25), is_record=False
)
TREATY = Work(
    "Collective Security Treaty (1992)",
    "https://x.example/agreements/csto-collective-security-treaty-1992/?on=2026-04-30",
    date(2026, 4, 30),
    VERSION,
    date(2026, 11, 25),
    is_record=True,
)

TITLES = st.text(
    ascii_letters + digits + " .,:;?!&%$#_~^\\{}()[]'\"<>–—“”’«»ёЖ全é", min_size=1
).map(lambda text: "A" + " ".join(text.split()))
WORKS = st.builds(
    Work,
    title=TITLES,
    url=st.just(ADDRESS),
    day=st.none() | st.dates(date(1900, 1, 1)),
    version=st.just(VERSION),
    accessed=st.dates(date(2026, 1, 1)),
    is_record=st.booleans(),
)


TYPESET = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
}


def as_typeset(command: re.Match[str]) -> str:
    """What TeX sets for a command or an escaped sign."""
    return TYPESET[command[1]] if command[1] else command[2]


def read(work: Work) -> Entry:
    (entry,) = parse_string(bibtex(work), "bibtex").entries.values()
    return entry


def test_rows_are_a_data_set_and_a_record_an_entry_of_the_whole() -> None:
    assert json.loads(csl(ROWS)) == [
        {
            "id": "commitments-states-4979d4c6",
            "type": "dataset",
            "author": [{"literal": "Military commitments"}],
            "title": "Partners of Russia, as of 2026-04-30",
            "issued": {"date-parts": [[2026, 11, 24]]},
            "version": "2026-11-24.1204",
            "URL": ADDRESS,
            "accessed": {"date-parts": [[2026, 11, 25]]},
            "language": "en",
        }
    ]
    assert (csl_item(TREATY)["type"], csl_item(TREATY)["container-title"]) == (
        "entry",
        "Military commitments",
    )


def test_the_reference_in_apa() -> None:
    assert reference(ROWS) == (
        "Military commitments. (2026). Partners of Russia, as of 2026-04-30 "
        f"(Version 2026-11-24.1204) [Dataset]. {ADDRESS}"
    )
    assert reference(TREATY) == (
        "Military commitments. (2026). Collective Security Treaty (1992), as of 2026-04-30. In "
        f"Military commitments (Version 2026-11-24.1204). {TREATY.url}"
    )
    assert "<i>Partners of Russia, as of 2026-04-30</i> (Version" in reference_html(ROWS)


def test_bibtex_as_another_reader_has_it() -> None:
    entry = read(TREATY)
    assert (entry.type, entry.key) == (
        "misc",
        "commitments-agreements-csto-collective-security-treaty-1992-bb6dfce1",
    )
    assert [str(person) for person in entry.persons["author"]] == ["{Military commitments}"]
    assert dict(entry.fields) == {
        "title": "{Collective Security Treaty (1992), as of 2026-04-30}",
        "year": "2026",
        "month": "11",
        "note": "Data version 2026-11-24.1204, accessed 2026-11-25",
        "url": TREATY.url,
        "urldate": "2026-11-25",
    }


@given(WORKS)
def test_no_title_breaks_bibtex_and_each_is_read_back(work: Work) -> None:
    entry = read(work)
    assert entry.fields["url"] == ADDRESS
    title = entry.fields["title"].removeprefix("{").removesuffix("}")
    assert re.sub(r"\\(text\w+)\{\}|\\(.)", as_typeset, title) == work.title_with_day


@settings(max_examples=25)
@given(WORKS)
def test_the_filled_in_form_is_what_the_library_writes_of_the_whole_item(work: Work) -> None:
    # With hyphens the style takes a version for several: here, and in the form, it has none.
    number = "123456789"
    whole = written_by_citeproc(csl_item(work) | {"version": number})
    assert reference(work) == whole.replace(number, VERSION.label).replace("<i>", "").replace(
        "</i>", ""
    )


@given(WORKS)
def test_the_reference_in_html_is_the_same_text_and_escaped(work: Work) -> None:
    html = reference_html(work)
    assert html.count("<") == html.count(">") == 2
    assert unescape(strip_tags(html)) == reference(work)


def test_a_title_that_ends_its_sentence_takes_the_day_as_another() -> None:
    question = replace(ROWS, title="What has Russia promised?")
    assert question.title_with_day == "What has Russia promised? As of 2026-04-30"
    assert replace(question, day=None).title_with_day == "What has Russia promised?"


@pytest.mark.parametrize(
    "change",
    [
        {"url": f"{ADDRESS}x"},
        {"version": DataVersion(number=1205, moved_at=VERSION.moved_at)},
    ],
)
def test_another_address_or_version_has_another_key(change: dict[str, object]) -> None:
    assert replace(ROWS, **change).key != ROWS.key


def test_the_key_is_the_same_on_every_host_and_day_of_access() -> None:
    elsewhere = replace(ROWS, url=ADDRESS.replace("https://x.example", "http://127.0.0.1:8000"))
    assert replace(elsewhere, accessed=date(2027, 1, 1)).key == ROWS.key
