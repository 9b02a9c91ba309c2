"""Pictures of the matrix as others see it, by Chromium's own simulation of colour vision.

Run once, with the site at the address given:
.venv/bin/python docs/colour/simulate.py http://127.0.0.1:8000/matrix/?on=2026-04-30
"""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
SIGHTS = {
    "full": "none",
    "protanopia": "protanopia",
    "deuteranopia": "deuteranopia",
    "tritanopia": "tritanopia",
    "greyscale": "achromatopsia",
}
WIDTH, COLOURS = 700, 48


def take(page: Page, name: str, sight: str) -> None:
    """Keep the matrix as it is seen, in few colours so that the file stays small."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setEmulatedVisionDeficiency", {"type": SIGHTS[sight]})
    image = Image.open(BytesIO(page.locator("table.matrix").screenshot())).convert("RGB")
    image = image.resize((WIDTH, image.height * WIDTH // image.width), Image.Resampling.LANCZOS)
    few = image.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(HERE / f"{name}-{sight}.png", optimize=True)


with sync_playwright() as play:
    browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    for scheme in ("light", "dark"):
        page = browser.new_page(viewport={"width": 900, "height": 760}, color_scheme=scheme)
        page.goto(sys.argv[1])
        for sight in SIGHTS:
            take(page, scheme, sight)
    page = browser.new_page(viewport={"width": 900, "height": 760})
    page.goto(sys.argv[1])
    page.emulate_media(media="print")
    take(page, "print", "greyscale")
    browser.close()
