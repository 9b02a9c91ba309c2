"""The reading pages count their rows from codes and read their files in SQL: both choose alike."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliances import queries
from alliances.filtersets import (
    ClaimParameters,
    EventParameters,
    RecordParameters,
    SourceParameters,
    by_name,
    select,
)
from alliances.models import Claim, Event, Source

pytestmark = pytest.mark.django_db


def of_states(form: Any, rows: list[dict[str, Any]]) -> Callable[[QueryDict], RecordParameters]:
    states = by_name((row["state__ref"], row["state__name"]) for row in rows)
    return lambda query: form(query, state=states)


@pytest.mark.parametrize("noun", ["events", "claims", "sources"])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_same_rows_are_chosen_in_the_same_order(noun: str, data: Any) -> None:
    records: Any
    if noun == "events":
        rows = queries.event_codes()
        form, records = of_states(EventParameters, rows), Event.objects.latest_first()
    elif noun == "claims":
        rows = queries.claim_codes()
        form = of_states(ClaimParameters, rows)
        records = Claim.objects.checked().in_the_articles_order()
    else:
        records = Source.objects.by_title()
        rows = list(records.values("pk", "kind", "seen", "language"))
        languages = by_name((row["language"], row["language"]) for row in rows)
        form = lambda query: SourceParameters(query, language=languages)  # noqa: E731
    query = QueryDict(mutable=True)
    for name, field in form(QueryDict()).fields.items():
        codes = [str(code) for code, _label in getattr(field, "choices", ())]
        if codes and data.draw(st.booleans()):
            query.setlist(name, data.draw(st.lists(st.sampled_from(codes), max_size=3)))
    parameters = form(query)
    assert parameters.is_valid()
    chosen = list(parameters.choose(records).values_list("pk", flat=True))
    assert chosen == select(rows, parameters.asked).rows
