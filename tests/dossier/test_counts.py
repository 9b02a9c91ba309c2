"""Every record of the dossier is in, every key has a home, every state's codes are ISO's."""

from collections import Counter
from typing import Any

import pycountry
import pytest
import yaml
from django.conf import settings

from alliances import models
from alliances.dossier.schema import NOUNS

pytestmark = pytest.mark.django_db
FOLDER = settings.BASE_DIR / "fixtures" / "dossier"

# As counted in the vetted dossier; 675 sources and the article, which is a source too.
COUNTS = {
    "Agreement": 115,
    "Article": 1,
    "Claim": 56,
    "Coverage": 25,
    "DataSet": 4,
    "Difference": 70,
    "Event": 74,
    "EventAgreement": 111,
    "Evidence": 416,
    "ExternalCoding": 38,
    "MemberSpell": 26,
    "Obligation": 174,
    "ObligationLevel": 12,
    "ObligationSide": 103,
    "Omission": 22,
    "Participation": 274,
    "Source": 676,
    "State": 32,
}

KEYS = {
    "states.yaml": "id alpha2 m49 cow name slug official_name name_ru other_names region subregion "
    "exists_from exists_until continued_by",
    "obligation_levels.yaml": "id rank label definition requirement atop_mapping other_codings "
    "contested",
    "sources.yaml": "id title publisher url published kind language seen note",
    "articles.yaml": "id source section published_bounds not_before not_after file notes",
    "agreements.yaml": "id title short_title native_title kind force made_by succeeded_by signed "
    "signed_at in_force ended end_reason status term registration text_disclosure "
    "participations_known summary participations provisions citations confidence notes state stated "
    "joined left suspended_from ratified note article article_seen level atop_types trigger "
    "trigger_code mutual owes owed applies_from applies_until wording source supports locator",
    "coverage.yaml": "id promisor partner researched_to scope named_in_article",
    "events.yaml": "id date ended state title agreements threat request response summary citations "
    "confidence notes source",
    "claims.yaml": "id article n state quote quote_cut claim category stated_support level prospect "
    "verdict reasons evidence agreements events sources verdict_confidence notes",
    "omissions.yaml": "id article state what reasons evidence agreements events sources",
    "data_sets.yaml": "id title citation citation_note unit coverage note url",
    "external_codings.yaml": "id agreement dataset external_id phase begin end types facts "
    "codes_label_not_verified match note",
    "member_spells.yaml": "id agreement dataset external_id state entry exit participation",
    "differences.yaml": "id agreement dataset field ours theirs theirs_codes kind comment",
}


@pytest.mark.parametrize(("name", "count"), COUNTS.items())
def test_every_record_is_in(name: str, count: int) -> None:
    assert getattr(models, name).objects.count() == count


def test_nested_records_are_in() -> None:
    citations = models.Citation.objects
    assert citations.filter(agreement__isnull=False).count() == 526
    assert citations.filter(event__isnull=False).count() == 243
    assert models.Claim.objects.checked().count() == 40
    assert models.Participation.objects.filter(stated=True).count() == 39
    assert Counter(models.Obligation.objects.values_list("mutual", flat=True)) == {
        True: 127,
        False: 47,
    }


def keys_of(value: Any, foreign: frozenset[str]) -> set[str]:
    """Every key at any depth, but for what an outside data set holds."""
    if isinstance(value, list):
        return set().union(*(keys_of(item, foreign) for item in value))
    if not isinstance(value, dict):
        return set()
    deeper = (keys_of(item, foreign) for name, item in value.items() if name not in foreign)
    return set(value).union(*deeper)


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.file)
def test_every_key_that_the_files_hold_is_named_here(noun: Any) -> None:
    rows = yaml.load((FOLDER / noun.file).read_text(encoding="utf-8"), yaml.CSafeLoader)
    foreign = frozenset({"facts", "codes_label_not_verified", "ours", "theirs"})
    assert keys_of(rows, foreign) == set(KEYS[noun.file].split())


def test_the_codes_of_every_state_are_iso_s() -> None:
    for state in models.State.objects.exclude(ref="SUN"):
        country = pycountry.countries.get(alpha_3=state.ref)
        assert (state.alpha2, state.m49) == (country.alpha_2, country.numeric)
    former = pycountry.historic_countries.get(alpha_3="SUN")
    union = models.State.objects.get(ref="SUN")
    assert former is not None
    assert (union.alpha2, union.m49, union.exists_until) == (None, None, "1991-12-26")
