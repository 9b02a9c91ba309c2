"""What contradicts itself is refused in one line, and the database stays as it was."""

import re
from typing import Any

import pytest

from alliances.dossier.records import Change
from alliances.models import Agreement
from tests.dossier.conftest import Folder
from tests.every_row import every_row

pytestmark = pytest.mark.django_db
TOGO = "rus-tgo-military-cooperation-2025"


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda f: f.update(made_by="ZZZ"),
         f"{TOGO}: made_by: names ZZZ, which does not exist"),
        (lambda f: f["provisions"][0].pop("source"),
         f"{TOGO}/o1: wording, source: A wording needs its source."),
        (lambda f: f.update(in_force="2025-01-01"),
         f"{TOGO}: in_force: It cannot be in force before its signature."),
        (lambda f: f["participations"][0].update(joined="2025-01-01"),
         f"{TOGO}/rus-1: joined: No state takes part before the signature."),
        (lambda f: f["provisions"][0].update(mutual="false", owes=["RUS"], owed=["USA"]),
         f"{TOGO}/o1: owed: USA takes no part in this agreement."),
        (lambda f: f["provisions"][0].update(mutual="false", owes=["TGO", "RUS"], owed=["RUS"]),
         f"{TOGO}: owes: is a set: write it in alphabetical order"),
        (lambda f: f.update(participations=f["participations"][:1]),
         f"{TOGO}: participations: An agreement needs at least two parties."),
        (lambda f: f["participations"][0].update(state="SUN"),
         f"{TOGO}/rus-1: state: The state did not exist any more."),
        (lambda f: f["participations"][0].update(status="withdrawn"),
         f"{TOGO}/rus-1: left: A state that withdrew has left: say when."),
        (lambda f: f["participations"][0].update(status="member", left="2026-01"),
         f"{TOGO}/rus-1: status: A state that has left takes part no more."),
        (lambda f: f["participations"][0].update(ratified="2024"),
         f"{TOGO}/rus-1: ratified: No state ratifies before the signature."),
        (lambda f: f.update(made_by="RUS"),
         f"{TOGO}: made_by: Name a former state, or leave it blank."),
        (lambda f: f.update(end_reason="lapsed"),
         f"{TOGO}: end_reason: What has not ended has no reason to end."),
        (lambda f: f.update(succeeded_by=TOGO),
         f"{TOGO}: succeeded_by: names itself in a circle"),
        (lambda f: f.update(short_title="word " * 40),
         f"{TOGO}: short_title: Ensure this value has at most 150 characters (it has 200)."),
        (lambda f: f.update(ended="2026-01-01"),
         f"{TOGO}: status: With an end date the status is expired, terminated or superseded."),
    ],
)  # fmt: skip
def test_a_record_that_contradicts_itself_is_refused(
    folder: Folder, change: Any, line: str
) -> None:
    before = every_row()
    folder.change("agreements.yaml", TOGO, change)
    refused = folder.refusal()
    assert refused.replace(f"{TOGO}/o1: owes: is a set", f"{TOGO}: owes: is a set") == (
        f"agreements.yaml: {line}"
    )
    assert every_row() == before


def test_a_verdict_needs_its_reasons(folder: Folder) -> None:
    folder.change("claims.yaml", "c3-blr", lambda form: form.pop("reasons"))
    assert folder.refusal() == (
        "claims.yaml: c3-blr: verdict, reasons, verdict_confidence: "
        "A verdict needs its reasons and how sure it is."
    )


def test_a_quotation_is_short(folder: Folder) -> None:
    folder.change("claims.yaml", "c3-blr", lambda form: form.update(quote="word " * 25 + "more"))
    assert folder.refusal() == (
        "claims.yaml: c3-blr: quote: At most 25 words of a sentence are quoted."
    )


@pytest.mark.parametrize(
    ("file", "ref", "changes", "line"),
    [
        ("states.yaml", "TGO", {"name": "Mali"}, "name: State with this Name already exists."),
        ("states.yaml", "TGO", {"slug": "mali"}, "slug: State with this Address already exists."),
        ("states.yaml", "TGO", {"continued_by": "RUS"},
         "exists_until, continued_by: Only a state that has ended is continued by another."),
        ("coverage.yaml", "rus-aze", {"promisor": "ARM", "partner": "RUS"},
         "promisor, partner: This pair of states has a row already."),
        ("claims.yaml", "c3-blr", {"n": "1", "state": "RUS"},
         "article, n, state: This sentence is checked for this state already."),
        ("articles.yaml", None, {"published_bounds": {"not_before": "2026", "not_after": "2025"}},
         "not_before, not_after: The bounds are reversed."),
        ("external_codings.yaml", None, {"begin": "1999", "end": "1998"},
         "begin, end: It cannot end before it begins."),
        ("member_spells.yaml", None, {"entry": "1999", "exit": "1998"},
         "entry, exit: A state cannot leave before it joins."),
        ("member_spells.yaml", None, {"participation": f"{TOGO}/rus-1"},
         "participation: It is of another agreement or state than this spell."),
    ],
)  # fmt: skip
def test_a_rule_is_named_with_the_keys_that_it_is_about(
    folder: Folder, file: str, ref: str | None, changes: dict[str, Any], line: str
) -> None:
    before = every_row()
    named = folder.change(file, ref, lambda form: form.update(changes))
    assert folder.refusal() == f"{file}: {named}: {line}"
    assert every_row() == before


def test_a_state_that_would_end_too_early_is_refused_with_what_it_takes_part_in(
    folder: Folder,
) -> None:
    """Only the state's row is written; its agreements are judged all the same."""
    folder.change("states.yaml", "SUN", lambda form: form.update(exists_until="1985"))
    assert re.fullmatch(
        r"agreements\.yaml: (?:sun|ussr)-[a-z0-9-]+/sun-1: "
        r"left: A state leaves at the latest when it ceases to exist\.",
        folder.refusal(),
    )


def test_a_circle_that_only_an_editor_s_change_closes_is_refused(folder: Folder) -> None:
    earlier = Agreement.objects.exclude(succeeded_by=None).earliest("pk")
    later = earlier.succeeded_by
    assert later is not None
    other = Agreement.objects.get(ref=TOGO)
    other.succeeded_by = earlier
    Change("found one").mark(other).save()
    folder.change("agreements.yaml", later.ref, lambda form: form.update(succeeded_by=TOGO))
    assert folder.refusal() == (
        f"agreements.yaml: {later.ref}: succeeded_by: "
        f"It leads back to itself: {later.ref} → {TOGO} → {earlier.ref}."
    )
