"""The databases that are measured: the dossier, 1 and more times, and its commitments as one table."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.benchmarks.multiplied import multiply

DAY = "2026-04-30"
# What the commitments' page shows or filters by, as the exports name it.
COLUMNS = [
    "id",
    "promisor",
    "promisor_name",
    "partner",
    "partner_name",
    "region",
    "level",
    "level_label",
    "rank",
    "family",
    "agreement",
    "agreement_title",
    "kind",
    "force",
    "text_disclosure",
    "clause",
    "article",
    "trigger_code",
    "confidence",
    "status",
    "suspended",
    "suspended_since",
    "tested",
    "signed",
    "page",
]
FACETS = [
    "promisor",
    "partner",
    "family",
    "level",
    "status",
    "region",
    "suspended",
    "tested",
    "trigger_code",
    "kind",
    "force",
    "text_disclosure",
    "confidence",
]


def prepare(folder: Path, times: int) -> tuple[Path, Path]:
    """A site's database with `times` the dossier, and its commitments on DAY as one flat table."""
    site, flat = folder / f"site-{times}.sqlite3", folder / f"flat-{times}.db"
    for command in (["migrate", "-v0"], ["load_dossier"], ["collectstatic", "-v0", "--noinput"]):
        manage(folder, site, *command)
    if times > 1:
        multiply(str(site), times)
    manage(
        folder,
        site,
        "shell",
        "-v0",
        "-c",
        f"from tests.benchmarks.data import flatten; flatten({str(flat)!r})",
    )
    return site, flat


def manage(folder: Path, site: Path, *arguments: str) -> None:
    """One of the project's commands on that database."""
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        env={"DATA_DIR": str(folder), "DATABASE_URL": f"sqlite:///{site}"},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def flatten(path: str) -> None:
    """Write the day's commitments as one table, with an index for each facet. Runs in Django."""
    from django.http import QueryDict

    from alliances.columns import COMMITMENTS
    from alliances.filtersets import CommitmentFilters

    filters = CommitmentFilters(QueryDict(f"on={DAY}"))
    assert filters.is_valid()
    table = COMMITMENTS.only(COLUMNS)
    with closing(sqlite3.connect(path)) as connection, connection:
        names = ", ".join(f'"{name}"' for name in table.names)
        connection.execute(f"CREATE TABLE commitments ({names})")
        marks = ", ".join("?" * len(table.names))
        rows = (
            [None if v is None else v if isinstance(v, int) else str(v) for v in row]
            for row in table.rows(filters.ordered)
        )
        connection.executemany(f"INSERT INTO commitments VALUES ({marks})", rows)
        for name in [*FACETS, "rank"]:
            connection.execute(f'CREATE INDEX "by_{name}" ON commitments ("{name}")')
        connection.execute("ANALYZE")
