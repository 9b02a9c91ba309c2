"""Each refusal is one line that names file, record, field and reason; the database stays as it was."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliances.dossier.errors import DossierError
from alliances.dossier.exporter import as_text
from alliances.dossier.reader import read_dossier, read_file
from alliances.dossier.records import Change, export_record, export_records
from alliances.dossier.schema import AGREEMENT, CLAIM, NOUNS, SOURCE
from alliances.dossier.writing import Unfit, Writing
from tests.dossier.conftest import Folder

pytestmark = pytest.mark.django_db
TOGO = "rus-tgo-military-cooperation-2025"


def everything() -> dict[str, str]:
    return {noun.file: as_text(noun, export_records(noun, noun.all())) for noun in NOUNS}


def test_a_whole_dossier_is_read(folder: Folder) -> None:
    assert {noun: len(forms) for noun, forms in read_dossier(folder.path).items()}["claim"] == 56


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("  kind: military_cooperation\n", "  kind: pact\n",
         "kind: “pact” is not one of collective_defence_treaty, alliance_treaty, friendship_treaty, "
         "strategic_partnership_treaty, declaration, military_cooperation, "
         "military_technical_cooperation, basing_or_transit, security_guarantee, logistics"),
        ("  signed: '2025-04-03'\n", "  signed: '2025-02-30'\n",
         "signed: “2025-02-30” is not a possible date"),
        ("  signed: '2025-04-03'\n", "  signed: 3 April 2025\n",
         "signed: “3 April 2025” is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD"),
        ("  signed: '2025-04-03'\n", "  signd: '2025-04-03'\n", "signd: is not a key here"),
        ("  kind: military_cooperation\n", "", "kind: is missing"),
        ("  kind: military_cooperation\n", "  kind: military_cooperation\n  citations: []\n",
         None),
    ],
)  # fmt: skip
def test_a_broken_value_is_refused(folder: Folder, old: str, new: str, line: str | None) -> None:
    path = folder.path / "agreements.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index(f"- id: {TOGO}\n")
    folder.write("agreements.yaml", text[:start] + text[start:].replace(old, new, 1))
    before = everything()
    refused = folder.refusal()
    if line is None:
        assert refused == f"agreements.yaml: {TOGO}: citations: stands twice"
    else:
        assert refused == f"agreements.yaml: {TOGO}: {line}"
    assert everything() == before


def test_files_that_cannot_be_read_are_refused(folder: Folder) -> None:
    cases = {
        "states.yaml": [
            ("- id: ARM\n  id: ARM\n", "states.yaml: ARM: id: stands twice"),
            (
                "- &a {id: ARM}\n- *a\n",
                "states.yaml: ARM: stands elsewhere too; aliases are not allowed",
            ),
            ("- id: ARM\n  name:\n", "states.yaml: ARM: name: has no value; leave the key out"),
            ("- id: ARM\n  name: null\n", "states.yaml: ARM: name: has no value; leave the key out"),
            ("- [\n", "states.yaml: line 2: is not YAML: did not find expected node content"),
            ("id: ARM\n", "states.yaml: must be a list of records"),
            ("- name: Armenia\n", "states.yaml: record 1: id: is missing or no id"),
        ]
    }
    for file, texts in cases.items():
        for text, line in texts:
            folder.write(file, text)
            assert folder.refusal() == line


def test_other_encodings_missing_and_strange_files_are_refused(folder: Folder) -> None:
    states = folder.path / "states.yaml"
    text = states.read_text(encoding="utf-8")
    states.write_bytes(text.encode("utf-16"))
    assert folder.refusal() == "states.yaml: is not UTF-8"
    states.unlink()
    assert folder.refusal() == "states.yaml: is missing"
    folder.write("states.yaml", text)
    folder.write("extra.yaml", "[]")
    assert folder.refusal() == "extra.yaml: is not a file of a dossier"


def test_an_id_stands_once(folder: Folder) -> None:
    folder.replace("coverage.yaml", "- id: rus-aze\n", "- id: rus-arm\n")
    assert folder.refusal() == "coverage.yaml: rus-arm: id: stands twice"


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
        (lambda f: f.update(ended="2026-01-01"),
         f"{TOGO}: status: With an end date the status is expired, terminated or superseded."),
    ],
)  # fmt: skip
def test_a_record_that_contradicts_itself_is_refused(
    folder: Folder, change: Any, line: str
) -> None:
    before = everything()
    folder.change("agreements.yaml", TOGO, change)
    refused = folder.refusal()
    assert refused.replace(f"{TOGO}/o1: owes: is a set", f"{TOGO}: owes: is a set") == (
        f"agreements.yaml: {line}"
    )
    assert everything() == before


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


SCALARS = st.one_of(
    st.sampled_from(["", "null", "2012-06", "1", "true", "x" * 700, "a\nb", "é"]),
    st.text(max_size=20),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
)


def outcome(noun: Any, form: Any, path: Path) -> str:
    """Read and apply one form, then undo it: what refused it, or nothing."""
    path.write_text(as_text(noun, [form]), encoding="utf-8")
    try:
        with transaction.atomic():
            (read,) = read_file(noun, path)
            record = noun.model.objects.get(ref=read["id"])
            Writing(Change("mangled")).apply(noun, read, record)
            transaction.set_rollback(True)
    except (DossierError, Unfit) as refusal:
        return str(refusal) or refusal.reason
    return ""


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), noun=st.sampled_from([AGREEMENT, CLAIM, SOURCE]))
def test_a_mangled_record_is_applied_or_refused_and_never_an_accident(
    tmp_path: Path, data: st.DataObject, noun: Any
) -> None:
    record = noun.all().order_by("ref")[data.draw(st.integers(0, 20))]
    form = export_record(noun, record)
    key = data.draw(st.sampled_from([k.name for k in noun.keys if k.name != "id"]))
    form[key] = data.draw(SCALARS)
    assert len(outcome(noun, form, tmp_path / "mangled.yaml").splitlines()) <= 1
    again = noun.all().get(pk=record.pk)
    assert export_record(noun, again) == export_record(noun, record)
