"""Room 3: the words that a release carries: what it is, how far to trust it, whose it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from alliances.columns import SEPARATOR, Table
from alliances.exports import LICENCE, SITE, reaches

README = """\
# {site}, release {version}

Who has promised whom what degree of military support, by which clause, says which source, and what
came of it when it was tested. Every status holds on {day}. Data version {data_version}.

## Files

{files}

`dictionary.csv` says what each column means, `codes.csv` what each code means, `datapackage.json`
the same for programs (Frictionless Data Package). `SHA256SUMS` has the checksum of every file.
{dossier}
CSV is UTF-8 with a byte-order mark. An empty field says that nothing is recorded, never "no". Lists
are joined by "{separator}". Dates are as precise as their sources: 1998, 1998-08 or 1998-08-29.
A text that a spreadsheet could run as a formula has an apostrophe before it.

## How far to trust it

The evidence reaches {reaches}. After that silence proves nothing. Two states without a row in
`coverage.csv` were not researched. An undisclosed text, a level without a rank and an unknown
status are answers, not zeros. `confidence` and `cautions` say how far each clause can be leaned on.

## Whose it is, and how to cite it

See `LICENSE.md`. Cite: {site}, release {version}, data version {data_version}.
"""

DOSSIER = """
`dossier/` has the same records as YAML, from which the site can be built again.
"""
LEFT_OUT = """
Quotations and the codings of other data sets are left out of this release, and with them the
dossier's YAML files.
"""

LICENCE_TEXT = """\
Our data: {title} ({name}), {url}
Take them, say whose they are and what you changed.

Not ours, and not under this licence: {not_ours} Columns and tables that are not ours
are marked in dictionary.csv and in datapackage.json ("ours": false).
"""


def readme(
    version: str, day: date, data_version: str, tables: Iterable[Table], quotations: bool
) -> str:
    """The release's README.md."""
    files = "\n".join(f"- `data/{each.name}.csv`: {each.title}. {each.meaning}" for each in tables)
    return README.format(
        site=SITE,
        version=version,
        day=day,
        data_version=data_version,
        files=files,
        dossier=DOSSIER if quotations else LEFT_OUT,
        separator=SEPARATOR,
        reaches=_in_words(),
    )


def licence() -> str:
    """The release's LICENSE.md."""
    return LICENCE_TEXT.format(**LICENCE)


def _in_words() -> str:
    found = [f"to {each['researched_to']} for {len(each['pairs'])} pairs" for each in reaches()]
    return ", ".join(found) or "nowhere"
