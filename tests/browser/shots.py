"""Pictures of every kind of page, whole, into var/shots/: three widths, light and dark, and paper.

`make shots` takes them all; `make shots KINDS="home claims"` only those.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.kinds import KINDS, THEMES, Kind
from tests.browser.site import PROJECT, Site
from tests.browser.tab import Tab, chromium

SHOTS = PROJECT / "var" / "shots"
WIDTHS = [360, 768, 1280]
HIGHEST = 16_000  # Chromium paints no higher picture; what is below is cut off


def shoot(tab: Tab, path: Path) -> None:
    """The whole page, at the width that its tab has now."""
    height = tab.page.evaluate("document.documentElement.scrollHeight")
    width = tab.page.evaluate("innerWidth")
    tab.page.screenshot(
        path=path,
        full_page=True,
        clip={"x": 0, "y": 0, "width": width, "height": min(height, HIGHEST)},
    )


def shoot_kind(browser: Browser, address: str, kind: Kind) -> None:
    """Seven pictures of one kind."""
    for theme in THEMES:
        tab = Tab(browser, address, theme=theme)
        page = tab.open(kind.path, kind.status)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            shoot(tab, SHOTS / f"{kind.name}-{width}-{theme}.png")
        if theme == "light":
            page.emulate_media(media="print")
            shoot(tab, SHOTS / f"{kind.name}-print.png")
        tab.context.close()


def main(names: list[str]) -> None:
    """Take the pictures of the kinds named, or of all."""
    kinds = [kind for kind in KINDS if not names or kind.name in names]
    SHOTS.mkdir(parents=True, exist_ok=True)
    site = Site()
    try:
        with chromium() as browser:
            for kind in kinds:
                shoot_kind(browser, site.address, kind)
    finally:
        site.stop()
    print(f"{7 * len(kinds)} pictures in {SHOTS}")


if __name__ == "__main__":
    main(sys.argv[1:])
