"""Room 3: every published column once: its name, its words, its kind and how to get it.

CSV, XLSX, JSON, the API's schema and the data dictionary all read these tables. A published name
never changes.
"""

from alliances.columns.agreements import AGREEMENTS, OBLIGATIONS, PARTICIPATIONS
from alliances.columns.changes import CHANGES
from alliances.columns.column import (
    Column,
    Computed,
    ComputedTable,
    Plain,
    PlainRow,
    Stored,
    StoredTable,
    Table,
)
from alliances.columns.commitments import COMMITMENTS
from alliances.columns.external import CODINGS, DATASETS, DIFFERENCES, SPELLS
from alliances.columns.figures import MATRIX, STRETCHES
from alliances.columns.partners import PARTNERS
from alliances.columns.records import ARTICLES, CITATIONS, CLAIMS, EVENTS, OMISSIONS, SOURCES
from alliances.columns.sql import SEPARATOR
from alliances.columns.states import COVERAGE, SCALE, STATES

TABLES: tuple[Table, ...] = (
    STATES,
    AGREEMENTS,
    PARTICIPATIONS,
    OBLIGATIONS,
    COMMITMENTS,
    PARTNERS,
    MATRIX,
    STRETCHES,
    EVENTS,
    CLAIMS,
    OMISSIONS,
    ARTICLES,
    SOURCES,
    CITATIONS,
    SCALE,
    COVERAGE,
    DATASETS,
    CODINGS,
    SPELLS,
    DIFFERENCES,
    CHANGES,
)

__all__ = [
    "AGREEMENTS",
    "ARTICLES",
    "CHANGES",
    "CITATIONS",
    "CLAIMS",
    "CODINGS",
    "COMMITMENTS",
    "COVERAGE",
    "DATASETS",
    "DIFFERENCES",
    "EVENTS",
    "MATRIX",
    "OBLIGATIONS",
    "OMISSIONS",
    "PARTICIPATIONS",
    "PARTNERS",
    "SCALE",
    "SEPARATOR",
    "SOURCES",
    "SPELLS",
    "STATES",
    "STRETCHES",
    "TABLES",
    "Column",
    "Computed",
    "ComputedTable",
    "Plain",
    "PlainRow",
    "Stored",
    "StoredTable",
    "Table",
]
