"""Any text as any parameter of the reading pages: an answer, a refusal or a missing page, no fault."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliances.vocabulary import ClaimCategory, Request, Response, Seen, SourceKind, Verdict

pytestmark = pytest.mark.django_db
KNOWN = {
    "/events/": {
        "request": set(Request),
        "response": set(Response),
        "tested": {"yes", "no"},
        "state": {"ARM", "BLR"},
    },
    "/claims/": {"verdict": set(Verdict), "category": set(ClaimCategory), "state": {"ARM"}},
    "/sources/": {"kind": set(SourceKind), "seen": set(Seen), "language": {"en", "ru"}},
}
NAMES = sorted({name for names in KNOWN.values() for name in names} | {"page", "colour", "utm_x"})
TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["", "\0", "ARM\0", "x" * 10_000, "ARM,BLR", "0", "-1", "1e3", "9" * 5_000]),
    st.sampled_from(
        [str(code) for names in KNOWN.values() for codes in names.values() for code in codes]
    ),
)


@pytest.mark.parametrize("address", KNOWN)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.dictionaries(st.sampled_from(NAMES), st.lists(TEXTS, max_size=2), max_size=3))
def test_no_text_is_a_fault_and_none_is_quietly_taken_for_another(
    client: Client, address: str, asked: dict[str, list[str]]
) -> None:
    known = KNOWN[address]
    wrong = [
        name
        for name, codes in known.items()
        if any(code and code not in known[name] for code in asked.get(name, []))
    ]
    response = client.get(address, asked)
    page = response.content.decode()
    assert response.status_code in (200, 400, 404)
    if wrong:
        assert response.status_code == 400
        assert "cannot be read" in page
        assert '<article class="entry"' not in page
    elif "page" not in asked:
        assert response.status_code == 200
    if response.status_code == 200:
        strange = sorted(
            name for name in asked if asked[name] and name not in {*known, "page", "utm_x"}
        )
        assert ("Ignored, because this page does not know them:" in page) == bool(strange)


@pytest.mark.parametrize("address", KNOWN)
@pytest.mark.parametrize("number", ["0", "-1", "1.5", "two", "\0", "9" * 10_000])
def test_no_page_number_is_a_fault(client: Client, address: str, number: str) -> None:
    response = client.get(address, {"page": number})
    assert response.status_code == 400
    assert "Page: Write a page number, for example 2." in response.content.decode()
