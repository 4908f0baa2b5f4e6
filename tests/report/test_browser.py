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
    page.click(".menu")
    heights = page.evaluate("""[...document.querySelectorAll('.menu, nav a, summary, .back a, .here')]
        .map(one => one.getBoundingClientRect().height)""")
    assert min(heights) >= 32


def test_the_keyboard_reaches_the_text_first(page: Page) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#text"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.fixture(params=[320, 1280])
def quiet(request: pytest.FixtureRequest, browser: Browser, file: Path) -> Iterator[Page]:
    """The page where no script may run."""
    size = {"width": request.param, "height": 700}
    context = browser.new_context(viewport=size, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(file.as_uri())
    yield page
    context.close()


def test_pressing_a_figure_shows_where_it_comes_from_in_its_place_without_script(quiet: Page) -> None:
    figure, note = quiet.locator("main .count").first, quiet.locator("#n-activites")
    figure.scroll_into_view_if_needed()
    before, box = quiet.evaluate("scrollY"), figure.bounding_box()
    assert box
    quiet.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    shown = note.bounding_box()
    assert quiet.evaluate("document.querySelector(':popover-open').id") == "n-activites"
    assert shown and shown["y"] >= 0 and shown["y"] + shown["height"] <= 701 and shown["x"] >= 0
    assert quiet.evaluate("scrollY") == before and shown["x"] + shown["width"] <= quiet.viewport_size["width"]  # type: ignore[index]
    note.locator(".back a").first.click()
    assert quiet.evaluate("document.querySelector(':target').classList.contains('count')")
    note.locator(".close").click()
    assert quiet.locator(":popover-open").count() == 0


@pytest.mark.parametrize("page", ["light"], indirect=True)
def test_the_keyboard_opens_a_note_goes_on_inside_it_and_comes_back(page: Page) -> None:
    page.focus("main .count .why >> nth=0")
    page.keyboard.press("Enter")
    assert page.locator("#n-activites:popover-open").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('li')?.id") == "n-activites"
    page.keyboard.press("Escape")
    assert page.locator(":popover-open").count() == 0
    assert page.evaluate("document.activeElement.className") == "why"


@pytest.mark.parametrize("page", ["light"], indirect=True)
def test_a_screen_reader_is_told_what_the_button_beside_a_figure_does(page: Page) -> None:
    button = page.get_by_role("button", name="D’où vient ceci (note 1)").first
    button.focus()
    page.keyboard.press("Enter")
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    (focused,) = [
        n
        for n in tree
        if any(p["name"] == "focused" and p["value"]["value"] for p in n.get("properties", []))
        and n["role"]["value"] == "button"
    ]
    assert {p["name"]: p["value"].get("value") for p in focused["properties"]}["expanded"] is True


def test_a_browser_that_cannot_put_a_note_over_the_page_shows_a_link_to_it(
    browser: Browser, file: Path
) -> None:
    old = file.with_name("old.html")
    old.write_text(
        file.read_text(encoding="utf-8").replace(":popover-open", ":no-such-thing"), encoding="utf-8"
    )
    context = browser.new_context(viewport={"width": 360, "height": 700}, bypass_csp=True)
    page = context.new_page()
    page.goto(old.as_uri())
    assert not page.is_visible(".why >> nth=0") and not page.is_visible(".close >> nth=0")
    page.click("main .count .ref >> nth=0")
    assert page.evaluate("location.hash") == "#n-activites" and page.is_visible("#n-activites")
    page.click(":target .back a >> nth=0")
    assert page.evaluate("document.querySelector(':target').classList.contains('count')")
    context.close()


def test_a_phone_opens_the_contents_where_the_reader_is_and_puts_them_away(quiet: Page) -> None:
    if quiet.viewport_size == {"width": 1280, "height": 700}:
        assert quiet.is_visible("nav.contents") and not quiet.is_visible(".menu")
        return
    assert not quiet.is_visible("nav.contents")
    quiet.mouse.wheel(0, 3000)
    quiet.wait_for_function("scrollY > 2000")
    before = quiet.evaluate("scrollY")
    quiet.click(".menu")
    assert quiet.is_visible("nav.contents")
    quiet.click(".shut")
    assert not quiet.is_visible("nav.contents") and quiet.evaluate("scrollY") == before
    quiet.click(".menu")
    quiet.click("nav.contents li a >> nth=2")
    assert not quiet.is_visible("nav.contents") and quiet.evaluate("scrollY") != before


@pytest.mark.parametrize("page", ["light"], indirect=True)
def test_tables_keep_their_roles_where_a_phone_lays_them_out_as_blocks(page: Page) -> None:
    counted = []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        roles = [n["role"]["value"] for n in tree if not n["ignored"]]
        counted.append({name: roles.count(name) for name in ("table", "row", "rowheader", "columnheader")})
    assert counted[0] == counted[1] and counted[0]["table"] == 8


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
    assert page.is_visible(".count .ref >> nth=0")
    assert not page.locator(".why:visible, .here:visible, .menu:visible").count()
    panels = "[...document.querySelectorAll('.panel')].filter(one => one.getClientRects().length).length"
    shown = page.evaluate(panels)
    assert shown == 6
