"""The statement with which the site reads all commitments for CSV. Runs in Django."""

import json
from unittest.mock import patch

from django.http import QueryDict

from alliances.columns import COMMITMENTS, column
from alliances.filtersets import CommitmentFilters
from tests.benchmarks.data import DAY


def statement() -> str:
    """SQL and parameters, as JSON."""
    filters = CommitmentFilters(QueryDict(f"on={DAY}"))
    assert filters.is_valid()
    asked = []
    with patch.object(column, "raw_rows", lambda values: asked.append(values) or iter(())):
        list(COMMITMENTS.rows(filters.ordered))
    sql, parameters = asked[0].query.sql_with_params()
    return json.dumps(
        [
            sql.replace("%s", "?").replace("%%", "%"),
            [str(p) if not isinstance(p, int) else p for p in parameters],
        ]
    )
