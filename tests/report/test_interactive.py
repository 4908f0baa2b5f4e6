"""The page whose charts answer a finger: the same words, one script, nothing beyond the protected tables."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from pathlib import Path

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from given_document import all_charts, sample_document
from playwright.sync_api import Browser

from avis.exhibits import Cell
from avis.report.charts.data import read_plot
from avis.report.document import Document, Picture
from avis.report.html.interactive import LIBRARY, render_interactive
from avis.report.html.page import render_html


def figures(page: str) -> list[dict[str, object]]:
    """What the script draws, read back."""
    found = re.search(r"var charts = (\[.*?\]);\n", page)
    assert found
    read: list[dict[str, object]] = json.loads(found[1])
    return read


@pytest.fixture(scope="module")
def document() -> Document:
    return sample_document("fr")


@pytest.fixture(scope="module")
def page(document: Document) -> str:
    return render_interactive(document)


def test_the_policy_allows_one_script_by_its_hash_and_the_page_stays_out_of_search(page: str) -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.S)
    digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'sha256-" in page
    assert (
        "unsafe" not in page.split("</head>", maxsplit=1)[0]
        and '<meta name="robots" content="noindex">' in page
    )
    assert page.count("plotly.js v") == LIBRARY.read_text(encoding="utf-8").count("plotly.js v")


def test_without_its_script_it_is_the_page_that_everybody_has(page: str, document: Document) -> None:
    bare = re.sub(r"<script>.*?</script>\n", "", page, flags=re.S)
    policy = r"script-src '[^']+'; | 'sha256-47DEQpj8HBSa\+/TImW\+5JCeuQeRkm5NMpJWZG3hSuFU='"
    assert re.sub(policy, "", bare) == render_html(document)


def test_each_chart_has_its_place_and_its_words(page: str, document: Document) -> None:
    pictures = [block for block in document.blocks if isinstance(block, Picture)]
    drawn = figures(page)
    assert [f'id="{one["id"]}"' in page for one in drawn] == [True] * len(pictures)
    assert [one["told"] for one in drawn] == [f"{p.title}. {p.description}" for p in pictures]


def test_no_number_beyond_the_protected_tables_and_no_packed_array(page: str) -> None:
    told = json.dumps([one["figure"] for one in figures(page)])
    assert "bdata" not in told and "dtype" not in told
    shown = {
        number
        for chart, tables in all_charts()
        for row in read_plot(chart, tables, "fr").rows
        for mark in row.marks
        for number in (mark.value, mark.share)
        if number is not None
    }
    lengths = [
        value
        for one in figures(page)
        for trace in one["figure"]["data"]  # type: ignore[index]
        for value in trace.get("y" if trace.get("orientation") != "h" else "x", [])
        if isinstance(value, int | float)
    ]
    whole = {round(number, 6) for number in shown} | {0, 1}
    parts = [value for value in lengths if round(value, 6) not in whole]
    assert all(0 < value < 1 for value in parts) and len(parts) <= 3  # of a planned row, on its own scale


def test_a_hidden_figure_never_reaches_the_script(document: Document) -> None:
    chart, tables = all_charts()[0]
    hidden = [
        msgspec.structs.replace(one, cells=tuple(Cell(where=c.where, status="hidden") for c in one.cells))
        for one in tables
    ]
    picture = next(block for block in document.blocks if isinstance(block, Picture))
    blocks = (msgspec.structs.replace(picture, chart=chart, tables=tuple(hidden), note=""),)
    drawn = figures(render_interactive(msgspec.structs.replace(document, blocks=blocks)))
    assert [trace["x"] for trace in drawn[0]["figure"]["data"] if trace["type"] == "bar"] == [[None] * 6]  # type: ignore[index]


@pytest.mark.browser
@pytest.mark.slow
def test_in_a_browser_it_draws_asks_for_nothing_and_axe_finds_no_fault(
    browser: Browser, page: str, tmp_path: Path
) -> None:
    file, told = tmp_path / "avis.interactif.html", list[str]()
    file.write_text(page, encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.on("console", lambda message: told.append(message.text))
    tab.on("pageerror", lambda error: told.append(str(error)))
    tab.on(
        "request", lambda asked: None if asked.url.startswith(("file:", "data:")) else told.append(asked.url)
    )
    tab.goto(file.as_uri())
    charts = len(all_charts())
    tab.wait_for_function(f"document.querySelectorAll('.live .main-svg').length >= {charts}")
    assert tab.locator(".panel.large:visible").count() == 0 and told == []
    assert Axe().run(tab).violations_count == 0
    tab.emulate_media(media="print")
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert tab.locator(".panel.large:visible").count() == charts
    context.close()
