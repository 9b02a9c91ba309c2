"""Room 3: the releases that there are: each a zip and a card that describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from alliances.columns import Computed, ComputedTable
from alliances.vocabulary import ValueKind

NAME = "military-commitments"


@dataclass(frozen=True)
class Release:
    """One release. `rows`: how many, by table. `size` in bytes."""

    version: str
    day: date
    data_version: str
    quotations: bool
    rows: Mapping[str, int]
    size: int
    sha256: str

    @property
    def file(self) -> Path:
        """The zip."""
        return file_of(self.version)

    def describe(self) -> None:
        """Write the card beside the zip; only a release with its card counts."""
        self.file.with_suffix(".json").write_bytes(orjson.dumps(asdict(self)))


def file_of(version: str) -> Path:
    """Where the zip of a version is kept."""
    folder: Path = settings.RELEASES_DIR
    return folder / f"{NAME}-{version}.zip"


def released() -> list[Release]:
    """Every release, the latest first."""
    cards = sorted(settings.RELEASES_DIR.glob(f"{NAME}-*.json"), reverse=True)
    return [_read(orjson.loads(card.read_bytes())) for card in cards]


def _read(card: dict[str, Any]) -> Release:
    return Release(**{**card, "day": date.fromisoformat(card["day"])})


RELEASES = ComputedTable(
    name="releases",
    title=_("Releases"),
    meaning=_("One dated edition of all the data, which never changes."),
    key="version",
    columns=(
        Computed(
            name="version",
            label=_("Version"),
            meaning=_("The release's day, year first."),
            get=lambda release: release.version,
        ),
        Computed(
            name="day",
            label=_("Day"),
            meaning=_("The day on which every status in it holds."),
            kind=ValueKind.DAY,
            get=lambda release: release.day.isoformat(),
        ),
        Computed(
            name="data_version",
            label=_("Data version"),
            meaning=_("The state of the records that it was made from."),
            get=lambda release: release.data_version,
        ),
        Computed(
            name="quotations",
            label=_("With quotations"),
            meaning=_("Whether it holds quotations and the codings of other data sets."),
            kind=ValueKind.YES_NO,
            get=lambda release: release.quotations,
        ),
        Computed(
            name="rows",
            label=_("Rows"),
            meaning=_("How many rows its tables have together."),
            kind=ValueKind.NUMBER,
            unit=_("rows"),
            get=lambda release: sum(release.rows.values()),
        ),
        Computed(
            name="size",
            label=_("Size"),
            meaning=_("How large the file is."),
            kind=ValueKind.NUMBER,
            unit=_("bytes"),
            get=lambda release: release.size,
        ),
        Computed(
            name="sha256",
            label=_("Checksum"),
            meaning=_("By which a copy is known to be whole."),
            unit=_("SHA-256, hexadecimal"),
            get=lambda release: release.sha256,
        ),
        Computed(
            name="file",
            label=_("File"),
            meaning=_("Where to download it."),
            kind=ValueKind.ADDRESS,
            get=lambda release: f"/data/{release.file.name}",
        ),
    ),
)
