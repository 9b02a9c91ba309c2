"""What a newer dossier changes in a record that an editor changed too: merged, and proposed."""

from __future__ import annotations

from alliances.dossier.loader import ThreeWays
from alliances.proposals.keeping import keep
from alliances.proposals.merging import merge

REASON = "The files changed what an editor had changed here"


def propose(found: ThreeWays) -> None:
    """Put into review what the file changed, laid on the record as the editor left it.

    Where both touched the same place, the file's change as it is: somebody takes it up and chooses.
    Nothing, where the record has all that the file changed.
    """
    merged = merge(found.base, found.theirs, found.ours)
    base, form = found.ours, merged.form
    if merged.conflicts:
        base, form = found.base, found.theirs
    if form != base:
        title = str(found.record or found.theirs.get("title") or found.theirs["id"])
        keep(found.noun, base, form, author=None, reason=REASON, title=title)
