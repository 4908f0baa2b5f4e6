"""Take the picture of the README again, from the draft that `make avis` makes.

.venv/bin/python docs/images/prendre.py   (needs `make test`'s tools and a Chromium)
"""

from __future__ import annotations

import os
import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "evaluations" / "exemple-fictif" / "build" / "brouillon" / "avis.public.fr.html"
PICTURE = Path(__file__).with_name("avis.png")
PART = "part-question-q1-answer"
SIZE = {"width": 860, "height": 1420}
COLOURS = 128
"""Enough for text and charts, and the file stays small."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def take() -> bytes:
    """Open the page at the answer to the first question, as a reader would, and take what is seen."""
    browser = os.environ.get("AVIS_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browser, args=quiet)
        page = opened.new_page(viewport=SIZE)
        page.goto(f"{PAGE.as_uri()}#{PART}")
        seen = page.screenshot()
        opened.close()
    return seen


if __name__ == "__main__":
    picture = Image.open(BytesIO(take())).convert("RGB").quantize(COLOURS)
    picture.save(PICTURE, optimize=True)
