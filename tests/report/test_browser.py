"""The page in a real browser: on a phone, in the dark, on paper, under its own policy."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from given_document import sample_document
from PIL import Image
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from avis.report.html.page import render_html

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "avis.html"
    path.write_text(render_html(sample_document("fr")), encoding="utf-8")
    return path


def dense(text: str) -> str:
    """Words without spaces and ligatures, as a line of a page may cut and join them."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@pytest.fixture
def told() -> list[str]:
    """What the browser complains of, and what it asks of the network."""
    return []


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, file: Path, told: list[str]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme=request.param)
    page = context.new_page()
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on(
        "request", lambda asked: None if asked.url.startswith(("file:", "data:")) else told.append(asked.url)
    )
    page.goto(file.as_uri())
    yield page
    context.close()


def test_no_request_leaves_and_the_browser_complains_of_nothing(page: Page, told: list[str]) -> None:
    page.wait_for_load_state("networkidle")
    assert told == []


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_fault(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


@pytest.mark.parametrize("width", [320, 390, 640, 1280])
def test_nothing_runs_over_the_side(page: Page, width: int) -> None:
    """640 is a screen of 1280 at 200 %, 320 at 400 %."""
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    over = """[...document.querySelectorAll('main *:not(svg *)')]
        .filter(one => !one.closest('.scroll') && one.getClientRects().length)
        .filter(one => one.getBoundingClientRect().right > innerWidth + 1).map(one => one.className)"""
    assert page.evaluate(over) == []


def test_words_of_charts_are_never_smaller_than_ten_pixels(page: Page) -> None:
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        sizes = page.evaluate("""[...document.querySelectorAll('.panel svg')]
            .filter(s => s.getClientRects().length)
            .map(s => 11.5 * s.getBoundingClientRect().width / s.viewBox.baseVal.width)""")
        assert len(sizes) == 6
        assert min(sizes) >= 10


def test_links_that_stand_alone_are_large_enough_for_a_thumb(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    heights = page.evaluate("""[...document.querySelectorAll('nav a, summary, .back a')]
        .map(one => one.getBoundingClientRect().height)""")
    assert min(heights) >= 32


def test_the_keyboard_reaches_the_text_first(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#text"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_figure_leads_to_its_note_and_back(page: Page) -> None:
    page.click("main .count >> nth=0")
    assert page.evaluate("location.hash") == "#n-activites"
    page.click(":target .back a >> nth=0")
    assert page.evaluate("document.querySelector(':target').classList.contains('count')")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_policy_takes_nothing_from_the_page(browser: Browser, file: Path, width: int) -> None:
    shots = []
    for bypass in (False, True):
        context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=bypass)
        page = context.new_page()
        if bypass:
            free = file.with_name("free.html")
            policy = 'http-equiv="Content-Security-Policy"'
            free.write_text(file.read_text(encoding="utf-8").replace(policy, 'name="none"'), encoding="utf-8")
        page.goto((free if bypass else file).as_uri())
        shots.append(np.asarray(Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")))
        context.close()
    assert shots[0].shape == shots[1].shape and np.array_equal(shots[0], shots[1])
    blue = np.all(np.abs(shots[0].astype(int) - (0x1F, 0x5A, 0x96)) < 6, axis=-1)
    assert blue.sum() > 5000  # the bars have their colour: nothing turned black


def test_every_printed_page_carries_the_banners(page: Page) -> None:
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    banners = sample_document("fr").banners
    assert len(printed.pages) > 3
    for number, sheet in enumerate(printed.pages, start=1):
        text = dense(sheet.extract_text())
        assert f"{number}/{len(printed.pages)}" in text
        assert all(dense(banner) in text for banner in banners)
    assert {round(sheet.mediabox.width) for sheet in printed.pages} <= {595, 596}


def test_paper_shows_note_numbers_and_the_figures_of_each_chart_once(page: Page) -> None:
    page.emulate_media(media="print")
    assert page.is_visible(".count sup >> nth=0")
    panels = "[...document.querySelectorAll('.panel')].filter(one => one.getClientRects().length).length"
    shown = page.evaluate(panels)
    assert shown == 6
