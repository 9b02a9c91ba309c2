"""Every kind of page that a reader meets, once: the tests and the screenshots take them from here.

To add one, add a line to KINDS: its name, one address of that kind, and, where they are not the
usual ones, the status it answers and what its first view may send. Nothing else has to be told.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of page: its name in the reports, and an address of that kind."""

    name: str
    path: str
    status: int = 200
    kilobytes: int = 100  # document, styles, scripts and pictures of the first view, as sent
    ours: bool = True  # False: Django's style sheet, which knows nothing of paper or of our targets
    excused: tuple[str, ...] = ()  # axe rules that a page not of ours breaks


KINDS = [
    Kind("home", "/"),
    Kind("partners", "/states/"),
    Kind("state", "/states/armenia/"),
    Kind("focus-state", "/states/russia/"),
    Kind("commitments", "/commitments/"),
    Kind("agreements", "/agreements/"),
    Kind("agreement", "/agreements/csto-collective-security-treaty-1992/"),
    Kind("undisclosed-agreement", "/agreements/rus-lby-arms-contract-2010/"),
    Kind("matrix", "/matrix/"),
    Kind("map", "/map/", kilobytes=160),
    Kind("timeline", "/timeline/"),
    Kind("pair", "/pairs/armenia/russia/"),
    Kind("compare", "/compare/?state=PRK&state=IRN&state=VEN"),
    Kind("compare-form", "/compare/"),
    Kind("events", "/events/"),
    Kind("event", "/events/arm-2022-09-csto-appeal/"),
    Kind("claims", "/claims/"),
    Kind("claim", "/claims/c15-irn/"),
    Kind("sources", "/sources/"),
    Kind("source", "/sources/csto-treaty-gibler/"),
    Kind("obligations", "/obligations/"),
    Kind("changes", "/changes/"),
    Kind("record-changes", "/agreements/csto-collective-security-treaty-1992/changes/"),
    Kind("data", "/data/"),
    Kind("dictionary", "/data/dictionary/"),
    Kind("about", "/about/"),
    Kind("correction", "/corrections/new/?record=claim/c15-irn&fact=verdict"),
    Kind("corrections", "/corrections/"),
    Kind("not-found", "/nowhere/", status=404),
    Kind("refused", "/states/?on=nonsense", status=400),
    Kind("empty", "/commitments/?q=zzzz"),
    Kind("sign-in", "/admin/login/", ours=False, excused=("page-has-heading-one",)),
    Kind("password-reset", "/admin/password-reset/", ours=False, excused=("link-in-text-block",)),
]
THEMES = ["light", "dark"]
WIDTHS = [320, 360, 768, 1280]
