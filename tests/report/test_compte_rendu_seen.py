"""The report in a real browser: no fault for who sees little, each text to copy selected whole by a touch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from given_report import due, passage

from avis.report.compose import compose
from avis.report.html.page import render_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    written = (passage("resume", "Une porte ouverte."), passage("implementation", "Un accueil."))
    document = compose("compte-rendu", due(), written, "fr", "funder", variant="ville")
    file = tmp_path / "compte-rendu.html"
    file.write_text(render_html(document), encoding="utf-8")
    opened = browser.new_page(color_scheme=request.param, viewport={"width": 360, "height": 800})
    opened.goto(file.as_uri())
    yield opened
    opened.close()


def test_axe_finds_no_fault_and_nothing_runs_over_the_side(page: Page) -> None:
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_touch_selects_all_of_a_text_to_copy_and_no_more(page: Page) -> None:
    copied = page.locator("#field-resume .copied")
    copied.click()
    assert page.evaluate("getSelection().toString()").strip() == "Une porte ouverte."
