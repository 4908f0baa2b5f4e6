"""The page of notebook 40: an evaluator sees what to do; nothing of it reaches what is handed over."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

from avis.disclosure.audit import Interval
from avis.folders import Folders
from avis.steps.protecting_page import write_html, write_text
from avis.steps.protecting_view import Line, Masked, Offer, Told, _guess
from avis.steps.protection import Shielded, hand_exhibits_over, protect_together

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_what_to_do_comes_before_all_details_in_both_forms(shielded: Shielded) -> None:
    for page in (shielded._repr_html_(), repr(shielded)):
        lower = page.casefold()
        assert lower.index("privé") < lower.index("que faire maintenant") < lower.index("ce qui empêche")
    assert "lancez la cellule suivante" in repr(shielded).replace("\n   ", " ")


def test_every_hidden_line_says_why_and_what_could_be_guessed(shielded: Shielded) -> None:
    hidden = sum(cell.status == "hidden" for t in (*shielded.tables, *shielded.reactions) for cell in t.cells)
    lines = [line for table in shielded.told.masked for line in table.lines]
    assert len(lines) == hidden > 0
    for line in lines:
        assert (
            (line.why.endswith(".") and "moins de" in line.why)
            or "trahirait" in line.why
            or "calculer" in line.why
        )
        assert re.search(r"entre 0 et \d|ou plus|rien|entre \d", line.guess)
        assert "communiqué" in line.instead


def test_tables_have_captions_and_header_cells_and_no_colour_speaks(shielded: Shielded) -> None:
    page = shielded._repr_html_()
    tags = Tags()
    tags.feed(page)
    names = [name for name, _ in tags.seen]
    assert names.count("caption") == names.count("table") == len(shielded.told.masked)
    assert {attrs.get("scope") for name, attrs in tags.seen if name == "th"} == {"col", "row"}
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb|\bcolor:", page)
    assert "style=" not in page and "http" not in page and "<script" not in page


def test_the_lines_to_copy_are_yaml_that_the_evaluation_takes(
    shielded: Shielded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "exemple-fictif"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("build"))
    monkeypatch.setenv("AVIS_BUILD", str(tmp_path / "build"))
    monkeypatch.setenv("AVIS_AS_OF", "2026-01-01")
    monkeypatch.setenv("AVIS_LANG", "fr")
    path = folder / "evaluation.yaml"
    offer = shielded.told.offers[0]
    path.write_text(
        path.read_text(encoding="utf-8").replace("disclosure: {threshold: 11}", offer.lines), encoding="utf-8"
    )
    assert yaml.safe_load(offer.lines)["disclosure"]["threshold"] == 11
    again = protect_together(str(folder))
    gained = again.protected.cells - again.protected.hidden
    gained -= shielded.protected.cells - shielded.protected.hidden
    assert gained >= 1 and str(gained) in offer.gives
    assert again.told.combined


def test_nothing_of_the_page_is_handed_over(shielded: Shielded) -> None:
    told = shielded.told
    hand_exhibits_over(shielded)
    sealed = Folders(shielded.evaluation.folders.root).exhibits.read_text(encoding="utf-8")
    for table in told.masked:
        for line in table.lines:
            assert line.why not in sealed and line.guess not in sealed
    for word in ("reckoned", "few_behind", "given_back", "entre 0 et", "trahirait", "intervals"):
        assert f'"{word}' not in sealed and f" {word} " not in sealed


def test_big_sets_of_tables_stay_short_and_closed_until_they_are_opened() -> None:
    table = Masked("T", 100, 120, tuple(Line("<b>", "w", "g", "i") for _ in range(12)))
    told = Told("v", (), ("a",), (table,) * 40, (), (Offer("o", "g", "l"),), ())
    page = write_html(told)
    assert "<details open><summary><strong>o" in page and "<details open><summary><strong>T" not in page
    assert "<b>" not in page and len(page) < 150_000
    assert "88" in page and write_text(told).count("88") == 40


@pytest.mark.parametrize(
    ("interval", "measure", "words"),
    [
        (Interval(-0.0, 12.0), "people", "entre 0 et 12"),
        (Interval(3.0, float("inf")), "people", "3 ou plus"),
        (Interval(0.0, 150.0), "hours", "entre 0 et 2,5"),
    ],
)
def test_what_could_be_guessed_is_said_in_the_unit_that_is_printed(
    interval: Interval, measure: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AVIS_LANG", "fr")
    assert _guess(interval, measure) == words


@pytest.mark.parametrize("width", [320, 1000])
def test_the_page_fits_a_narrow_screen_in_light_and_dark(
    shielded: Shielded, browser: Browser, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(f"<body style='background:#111;color:#eee'>{shielded._repr_html_()}</body>")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.querySelector('td')).color") == "rgb(238, 238, 238)"
    page.close()
