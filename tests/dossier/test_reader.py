"""Each refusal is one line that names file, record, field and reason; the database stays as it was."""

from typing import Any

import pytest
from django.conf import settings

from alliances.dossier.exporter import as_text
from alliances.dossier.reader import read_dossier, read_file
from alliances.dossier.records import export_records
from alliances.dossier.schema import CODING as CODINGS
from alliances.dossier.schema import NOUNS
from tests.dossier.conftest import Folder

pytestmark = pytest.mark.django_db
TOGO = "rus-tgo-military-cooperation-2025"
CODING = next(
    row["id"]
    for row in read_file(CODINGS, settings.BASE_DIR / "fixtures" / "dossier" / CODINGS.file)
)


def everything() -> dict[str, str]:
    return {noun.file: as_text(noun, export_records(noun, noun.all())) for noun in NOUNS}


_as_loaded: list[dict[str, str]] = []


@pytest.fixture
def as_loaded(db: None) -> dict[str, str]:
    """All records as the suite's database holds them, which every test rolls back to."""
    if not _as_loaded:
        _as_loaded.append(everything())
    return _as_loaded[0]


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
def test_a_broken_value_is_refused(
    folder: Folder, as_loaded: dict[str, str], old: str, new: str, line: str | None
) -> None:
    path = folder.path / "agreements.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index(f"- id: {TOGO}\n")
    folder.write("agreements.yaml", text[:start] + text[start:].replace(old, new, 1))
    refused = folder.refusal()
    if line is None:
        assert refused == f"agreements.yaml: {TOGO}: citations: stands twice"
    else:
        assert refused == f"agreements.yaml: {TOGO}: {line}"
    assert everything() == as_loaded


def test_files_that_cannot_be_read_are_refused(folder: Folder) -> None:
    cases = {
        "states.yaml": [
            ("- id: ARM\n  id: ARM\n", "states.yaml: ARM: id: stands twice"),
            (
                "- &a {id: ARM}\n- *a\n",
                "states.yaml: ARM: stands elsewhere too; aliases are not allowed",
            ),
            ("- id: ARM\n  name:\n", "states.yaml: ARM: name: has no value; leave the key out"),
            (
                "- id: ARM\n  name: null\n",
                "states.yaml: ARM: name: has no value; leave the key out",
            ),
            (
                "- id: ARM\n  name: A\x01\n",
                "states.yaml: line 2: is not YAML: control characters are not allowed",
            ),
            (
                "- id: ARM\n  name: !!binary QQ==\n  name: B\n",
                "states.yaml: ARM: name: stands twice",
            ),
            (
                "- id: ARM\n  name: !name A\n",
                "states.yaml: ARM: name: has a tag, !name; tags are not allowed",
            ),
            ("- id: ARM\n  [a]: b\n", "states.yaml: ARM: has a key that is not a text"),
            (
                "- id: ARM\n  other_names: [A,]\n  <<: {a: b}\n",
                "states.yaml: ARM: <<: is not a key here",
            ),
            ("- " + "[" * 700 + "]" * 700 + "\n", "states.yaml: is nested too deeply"),
            (
                "[" * 5000,
                "states.yaml: line 1: is not YAML: exceeded maximum nesting depth",
            ),
            ("- id: ARM\n--- 1\n", "states.yaml: line 2: is not YAML: but found another document"),
            ("- id: []\n", "states.yaml: record 1: id: is missing or no id"),
            ('- id: "A\\0"\n', "states.yaml: record 1: id: is missing or no id"),
            ("", "states.yaml: must be a list of records"),
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
    states.mkdir()
    assert folder.refusal() == "states.yaml: cannot be read: Is a directory"
    states.rmdir()
    folder.write("states.yaml", text)
    folder.write("extra.yaml", "[]")
    assert folder.refusal() == "extra.yaml: is not a file of a dossier"


def test_an_id_stands_once(folder: Folder) -> None:
    folder.replace("coverage.yaml", "- id: rus-aze\n", "- id: rus-arm\n")
    assert folder.refusal() == "coverage.yaml: rus-arm: id: stands twice"


def test_an_id_of_a_nested_record_stands_once_in_the_whole_file(folder: Folder) -> None:
    def change(form: dict[str, Any]) -> None:
        form["provisions"][1]["id"] = form["provisions"][0]["id"]

    folder.change("agreements.yaml", TOGO, change)
    assert folder.refusal() == f"agreements.yaml: {TOGO}/o1: id: stands twice"


@pytest.mark.parametrize("text", ["a\0b", "\x1b[0m", "line\rend", "\x85"])
def test_control_characters_are_refused_where_they_stand(folder: Folder, text: str) -> None:
    held = f"holds the character U+{ord(next(c for c in text if not c.isprintable())):04X}"
    for file, ref, change, place in (
        ("agreements.yaml", TOGO, lambda form: form.update(summary=text), f"{TOGO}: summary"),
        ("agreements.yaml", TOGO, lambda form: form["provisions"][0].update(note=text),
         f"{TOGO}/o1: note"),
        ("states.yaml", "TGO", lambda form: form.update(other_names=["a", text]),
         "TGO: other_names"),
        ("external_codings.yaml", CODING, lambda form: form.update(facts={"a": [text]}),
         f"{CODING}: facts"),
        ("external_codings.yaml", CODING, lambda form: form.update(facts={text: "a"}),
         f"{CODING}: facts"),
    ):  # fmt: skip
        kept = (folder.path / file).read_text(encoding="utf-8")
        folder.change(file, ref, change)
        assert folder.refusal() == f"{file}: {place}: {held}, which no text may"
        folder.write(file, kept)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("32768", "“32768” is more than 32767"),
        ("99999", "“99999” is more than 32767"),
        ("9" * 5000, f"“{'9' * 5000}” is more than 32767"),
        ("-1", "“-1” is not a whole number"),
        ("٣", "“٣” is not a whole number"),
    ],
)
def test_a_number_fits_a_small_integer_on_every_database(
    folder: Folder, number: str, reason: str
) -> None:
    folder.change("states.yaml", "TGO", lambda form: form.update(cow=number))
    assert folder.refusal() == f"states.yaml: TGO: cow: {reason}"
