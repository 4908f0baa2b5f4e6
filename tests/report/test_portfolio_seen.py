"""The portfolio as it is read: by a screen reader on a phone, on paper, in Word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import page as checker
import pytest
from axe_playwright_python.sync_playwright import Axe
from given_portfolio import ALL, THEMES
from playwright.sync_api import Browser
from pypdf import PdfReader

from avis.i18n import LANGUAGES, Language
from avis.report.compose.portfolio import compose_portfolio
from avis.report.compose.portfolio_projects import Listing
from avis.report.document import Document
from avis.report.docx.document import render_docx
from avis.report.html.page import render_html
from avis.report.pdf.paper import render_pdf

SHEETS = {one.setting.slug: f"fiches/{one.setting.slug}.public.fr.html" for one in ALL}


def made(language: Language) -> Document:
    return compose_portfolio(ALL, language, "public", Listing(THEMES, sheets=SHEETS))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_passes_the_accessibility_standard_and_leads_to_no_file(language: Language) -> None:
    pdf = render_pdf(made(language))
    report = checker.validate_pdf_bytes(pdf, profile=checker.ValidationProfile.PDF_UA_1)
    assert report.is_compliant and not report.failures
    told = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "88" in told and "32" in told and "120" not in told
    assert b"fiches/" not in pdf


def test_word_holds_the_same_titles_without_links_to_files() -> None:
    with zipfile.ZipFile(io.BytesIO(render_docx(made("fr")))) as package:
        held = {
            name: package.read(name).decode("utf-8")
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        }
    assert all("fiches/" not in text for text in held.values())
    assert all(f"Projet {one.setting.slug}" in held["word/document.xml"] for one in ALL)


@pytest.mark.slow
def test_both_pages_are_valid(tmp_path: Path, faults_of: Callable[[Iterable[Path]], list[str]]) -> None:
    pages = [tmp_path / f"portefeuille.{language}.html" for language in LANGUAGES]
    for page, language in zip(pages, LANGUAGES, strict=True):
        page.write_text(render_html(made(language)), encoding="utf-8")
    assert faults_of(pages) == []


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_axe_finds_no_fault_and_nothing_runs_over_the_side(
    browser: Browser, tmp_path: Path, width: int, scheme: str
) -> None:
    path = tmp_path / "portefeuille.html"
    path.write_text(render_html(made("fr")), encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()
    page.close()
