"""The project's files, and the same with another name for every state."""

import shutil
from pathlib import Path

from django.conf import settings

DOSSIER = settings.BASE_DIR / "fixtures" / "dossier"


def changed_dossier(folder: Path) -> Path:
    """A load of it, over the project's own, writes some hundred rows."""
    dossier = Path(shutil.copytree(DOSSIER, folder / "dossier"))
    states = dossier / "states.yaml"
    text = states.read_text(encoding="utf-8")
    states.write_text(text.replace("\n  name: ", "\n  name: New "), encoding="utf-8")
    return dossier
